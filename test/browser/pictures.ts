/**
 * Compares what a page looks like with a picture that a person looked at: `test/browser/pictures/<name>.png`.
 *
 * What a selector cannot tell (text without colours, icons that did not come, a lost stylesheet) a picture does. To
 * renew one after a wanted change, delete it, run the test, and look at what it wrote. A wrong one is left beside.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import { expect } from 'vitest'

const folder = fileURLToPath(new URL('./pictures/', import.meta.url))

/** The share of pixels that may differ: another machine's letters, not another page. */
export const tolerated = 0.01

/** Fails where `taken`, a PNG, does not look like the picture of that name; `most` is the share that may differ. */
export function expectPicture(name: string, taken: Buffer, most = tolerated): void {
  const [path, wrong] = [`${folder}${name}.png`, `${folder}${name}.wrong.png`]
  rmSync(wrong, { force: true })
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, taken)
    expect.fail(`There was no picture ${name}. One was written: look at it, and run this again.`)
  }
  const difference = pictureDifference(name, taken)
  if (difference > most) writeFileSync(wrong, taken)
  expect(difference, `the share of pixels of ${name} that differ`).toBeLessThanOrEqual(most)
}

/** The share of pixels that differ, 0 to 1; 1 where the size is another. */
export function pictureDifference(name: string, taken: Buffer): number {
  const before = PNG.sync.read(readFileSync(`${folder}${name}.png`))
  const now = PNG.sync.read(taken)
  if (before.width !== now.width || before.height !== now.height) return 1
  const different = pixelmatch(before.data, now.data, undefined, now.width, now.height, { threshold: 0.2 })
  return different / (now.width * now.height)
}
