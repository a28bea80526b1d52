/**
 * Compares what a page looks like with a picture that a person looked at: `test/browser/pictures/<name>.png`.
 *
 * What a selector cannot tell (text without colours, icons that did not come, a page that is all one colour) a picture
 * does. `PLAYPROOF_PICTURES=update` takes new ones; look at them before committing. A wrong one is left beside.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const folder = fileURLToPath(new URL('./pictures/', import.meta.url))

/** The share of points that differ, 0 to 1; 1 where there is no such picture or its size is another. */
export async function pictureDifference(page: Page, name: string): Promise<number> {
  const path = `${folder}${name}.png`
  const wrong = `${folder}${name}.wrong.png`
  const now = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  mkdirSync(folder, { recursive: true })
  if (process.env.PLAYPROOF_PICTURES === 'update') writeFileSync(path, now)
  rmSync(wrong, { force: true })
  const difference = existsSync(path) ? await compared(page, readFileSync(path), now) : 1
  if (difference > mostDifference) writeFileSync(wrong, now)
  return difference
}

/** Fonts are drawn a little differently from machine to machine. */
export const mostDifference = 0.01

/** In a page of its own, since the browser is the one thing here that reads pictures. */
async function compared(page: Page, wanted: Buffer, now: Buffer): Promise<number> {
  const judge = await page.context().newPage()
  try {
    return await judge.evaluate(
      async (pictures) => {
        const points = await Promise.all(
          pictures.map(async (base64) => {
            const bytes = Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0))
            const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
            const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
            drawing?.drawImage(bitmap, 0, 0)
            return drawing?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray()
          }),
        )
        const [first = new Uint8ClampedArray(), second = new Uint8ClampedArray()] = points
        if (first.length === 0 || first.length !== second.length) return 1
        let different = 0
        for (let at = 0; at < first.length; at += 4) {
          const apart = [0, 1, 2].some((part) => Math.abs((first[at + part] ?? 0) - (second[at + part] ?? 0)) > 48)
          if (apart) different++
        }
        return different / (first.length / 4)
      },
      [wanted.toString('base64'), now.toString('base64')],
    )
  } finally {
    await judge.close()
  }
}
