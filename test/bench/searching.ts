/**
 * A reader who searches a built site, for the benchmark: `node test/bench/searching.ts <root>`.
 *
 * Prints on stderr, for a page of a phone's size in a real browser: how long it took from typing to the first result on
 * the screen, with nothing loaded before; and for each letter and each word that was typed then, as somebody types who
 * looks for a play by its title.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../browser/browser.ts'
import { serveSite } from '../browser/served-site.ts'

/** Milliseconds between two keys. */
const pause = 150
/** Milliseconds that each next result may take. */
const goal = 60

const [root = ''] = process.argv.slice(2)
const site = await serveSite(join(root, 'dist'))
const browser = await launchBrowser()
try {
  const first: number[] = []
  const next: number[] = []
  for (const title of titlesOf(join(root, 'playbook/plays'), 8)) {
    const page = await phone(browser)
    const [start, ...steps] = stepsOf(title)
    first.push(await shown(page, start ?? ''))
    for (const typed of steps) {
      await page.waitForTimeout(pause)
      next.push(await shown(page, typed))
    }
    await page.context().close()
  }
  process.stderr.write(
    `  first result ${spread(first)}; each next ${spread(next)}, ${next.filter((ms) => ms <= goal).length} of ${next.length} within ${goal} ms\n`,
  )
} finally {
  await browser.close()
  site.close()
}

/** Of as many plays, from all over the folder. */
function titlesOf(folder: string, count: number): string[] {
  const pages = readdirSync(folder).sort()
  return Array.from({ length: count }, (_, number) => {
    const page = pages[Math.floor(((number + 0.5) * pages.length) / count)] ?? ''
    return /^title: (.*)$/m.exec(readFileSync(join(folder, page), 'utf8'))?.[1] ?? ''
  })
}

/** The first word letter by letter, from the second on, then a word at a time. */
function stepsOf(title: string): string[] {
  const [word = '', ...words] = title.split(' ')
  return [
    ...Array.from({ length: word.length - 1 }, (_, at) => word.slice(0, at + 2)),
    ...words.map((_, at) => [word, ...words.slice(0, at + 1)].join(' ')),
  ]
}

async function phone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
  })
  const page = await context.newPage()
  await page.goto(site.address)
  // As long as somebody needs to see the box.
  await page.waitForTimeout(300)
  return page
}

/** Milliseconds until what is found for these words is on the screen. */
function shown(page: Page, words: string): Promise<number> {
  return page.evaluate(
    (words) =>
      new Promise<number>((done) => {
        const box = document.querySelector<HTMLInputElement>('form[data-search] input')
        const said = document.querySelector('form[data-search] [data-status]')
        if (box === null || said === null) throw new Error('The page has no search.')
        const typed = performance.now()
        new MutationObserver((_, observer) => {
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - typed)))
        }).observe(said, { childList: true })
        box.focus()
        box.value = words
        box.dispatchEvent(new Event('input', { bubbles: true }))
      }),
    words,
  )
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other)
  return `${Math.round(sorted[sorted.length >> 1] ?? Number.NaN)} ms (worst ${Math.round(sorted.at(-1) ?? Number.NaN)} ms)`
}
