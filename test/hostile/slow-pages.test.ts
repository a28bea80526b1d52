/**
 * No page of up to a mebibyte costs more than two CPU seconds, whatever is in it.
 */
import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../../src/page/page.ts'
import { parsePage } from '../../src/page/parse-page.ts'
import { satteriEngine } from '../../src/page/satteri-engine.ts'
import { mebibyte, nastyBodies, nastyFields, page } from './nasty-texts.ts'

/** CPU seconds of this thread's process; a busy machine slows the clock on the wall, not this one. */
function cost(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000_000
}

const room = mebibyte - 400

describe('a page of a mebibyte is read in two CPU seconds', () => {
  test.each(Object.entries(nastyBodies))('%s', (_, body) => {
    const text = page(body(room))
    expect(cost(() => parsePage(text, satteriEngine, defaultLimits))).toBeLessThan(2)
  })

  test.each(Object.entries(nastyFields))('%s', (_, field) => {
    const text = page('', field(room))
    expect(cost(() => parsePage(text, satteriEngine, defaultLimits))).toBeLessThan(2)
  })
})
