import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NearestIds } from './nearest-ids.ts'
import { TextList } from './text-list.ts'

const near = (id: string, ...known: string[]): string =>
  new NearestIds(TextList.of([...known].sort())).near(id).join(' ')

test('ids a letter away are suggested, nearest first, at most three', () => {
  expect(near('1C1I7A6T', '1C1I7A6R', 'Z063OYW0', '1C9I7C6X')).toBe('1C1I7A6R')
  expect(near('D-017', 'D-117', 'D-018', 'D-019', 'D-027', 'E-999')).toBe('D-018 D-019 D-027')
})

test('an id in other letters, or with a letter for a digit, is the nearest of all', () => {
  expect(near('1ciia6r0', '1C1IA6RO', '1C1IA6R7')).toBe('1C1IA6RO 1C1IA6R7')
  expect(near('d_17', 'D-17', 'D-18')).toBe('D-17 D-18')
})

test('leading zeros and separators may be missing', () => {
  expect(near('D17', 'D-0017', 'X-99')).toBe('D-0017')
  expect(near('7', '0007', '8888')).toBe('0007')
})

test('two characters exchanged are one mistake', () => {
  expect(near('ABDC', 'ABCD', 'XYZW')).toBe('ABCD')
})

test('the first fifteen characters of a Salesforce id find the eighteen', () => {
  expect(near('006f4000002NAbG', '006f4000002NAbGAAW', '006f4000009ZZzZAAW')).toBe('006f4000002NAbGAAW')
})

test('what is near nothing has no suggestion', () => {
  expect(near('the deal with Bramble', 'D-17', 'D-18')).toBe('')
  expect(near('', 'D-17')).toBe('')
  expect(near('x'.repeat(1_000_000), 'D-17')).toBe('')
  expect(near('D-17')).toBe('')
})

/** Edits with exchanged neighbours, as in a textbook. */
function edits(a: string, b: string): number {
  const at = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j
    const options = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)]
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) options.push(at(i - 2, j - 2) + 1)
    return Math.min(...options)
  }
  return at(a.length, b.length)
}

test('walking the sorted ids finds what comparing each of them finds', () => {
  // Letters without look-alikes and no digits, so that edits alone decide.
  const id = fc.string({ unit: fc.constantFrom('a', 'c', 'd'), minLength: 1, maxLength: 7 })
  const property = fc.property(fc.uniqueArray(id, { maxLength: 30 }), id, (ids, wanted) => {
    const known = [...ids].sort()
    const limit = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)))
    const within = known.map((one) => ({ one, far: edits(wanted, one) })).filter(({ far }) => far <= limit)
    // The same id is found by what is left of it, before edits are counted.
    const expected = within
      .map(({ one, far }) => ({ one, far: far === 0 ? 0.5 : far }))
      .sort((a, b) => a.far - b.far || (a.one < b.one ? -1 : 1))
    expect(new NearestIds(TextList.of(known)).near(wanted)).toEqual(expected.slice(0, 3).map(({ one }) => one))
  })
  fc.assert(property, { numRuns: 300 })
})

test('a hundred unknown ids among a hundred thousand are no wait', () => {
  const ids = Array.from({ length: 100_000 }, (_, i) => `D-${String(i).padStart(6, '0')}`)
  const started = process.cpuUsage().user
  const known = new NearestIds(TextList.of(ids))
  for (let i = 0; i < 100; i++) expect(known.near(`D-0${i * 97}x`).length).toBeLessThanOrEqual(3)
  expect((process.cpuUsage().user - started) / 1_000).toBeLessThan(5_000)
})
