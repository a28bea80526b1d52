/**
 * A reader who searches a built site, for the benchmark: `node test/bench/searching.ts <root>`.
 *
 * Prints on stderr, for a page of a phone's size in a real browser and with nothing kept from before: how long it took
 * from typing to the first result on the screen, on the home page as soon as somebody has seen the box, and on a play at
 * the moment in which the box gets the focus and at the pace of somebody who presses `/` and types; and for each letter
 * and each word that was typed then, as somebody types who looks for a play by its title.
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
  const home: number[] = []
  const atOnce: number[] = []
  const inPace: number[] = []
  const next: number[] = []
  for (const { title, address } of playsOf(join(root, 'playbook/plays'), 8)) {
    const [start = '', ...steps] = stepsOf(title)
    await onPhone(browser, '/', async (page) => {
      home.push(await shown(page, [start]))
      for (const typed of steps) {
        await page.waitForTimeout(pause)
        next.push(await shown(page, [typed]))
      }
    })
    await onPhone(browser, address, async (page) => atOnce.push(await shown(page, [start])))
    await onPhone(browser, address, async (page) => {
      await page.keyboard.press('/')
      await page.waitForTimeout(pause)
      inPace.push(await shown(page, [start.slice(0, 1), start, ...steps]))
    })
  }
  process.stderr.write(
    `  first result ${spread(home)} on the home page, ${spread(atOnce)} on a play, ${spread(inPace)} there in the pace of typing; each next ${spread(next)}, ${next.filter((ms) => ms <= goal).length} of ${next.length} within ${goal} ms\n`,
  )
} finally {
  await browser.close()
  site.close()
}

/** As many plays, from all over the folder. */
function playsOf(folder: string, count: number): { title: string; address: string }[] {
  const pages = readdirSync(folder).sort()
  return Array.from({ length: count }, (_, number) => {
    const page = pages[Math.floor(((number + 0.5) * pages.length) / count)] ?? ''
    const title = /^title: (.*)$/m.exec(readFileSync(join(folder, page), 'utf8'))?.[1] ?? ''
    return { title, address: `/plays/${page.replace(/\.md$/, '')}/` }
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

async function onPhone(browser: Browser, address: string, use: (page: Page) => Promise<unknown>): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
  })
  const page = await context.newPage()
  await page.goto(`${site.address}${address}`)
  // As long as somebody needs to see the box.
  await page.waitForTimeout(300)
  await use(page)
  await context.close()
}

/**
 * Milliseconds until something found is on the screen: for the words, or, where several are typed one after the other,
 * since the first of more than one letter.
 */
function shown(page: Page, typed: readonly string[]): Promise<number> {
  return page.evaluate(
    ([pause, ...typed]) =>
      new Promise<number>((done) => {
        const box = document.querySelector<HTMLInputElement>('form[data-search] input')
        const said = document.querySelector('form[data-search] [data-status]')
        if (box === null || said === null) throw new Error('The page has no search.')
        let since = Number.NaN
        let next: ReturnType<typeof setTimeout> | undefined
        new MutationObserver((_, observer) => {
          observer.disconnect()
          clearTimeout(next)
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - since)))
        }).observe(said, { childList: true })
        const type = (at: number): void => {
          const words = typed[at]
          if (words === undefined) return
          if (words.length > 1 && Number.isNaN(since)) since = performance.now()
          box.value = words
          box.dispatchEvent(new Event('input', { bubbles: true }))
          next = setTimeout(type, pause, at + 1)
        }
        box.focus()
        type(0)
      }),
    [pause, ...typed] as const,
  )
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other)
  return `${Math.round(sorted[sorted.length >> 1] ?? Number.NaN)} ms (worst ${Math.round(sorted.at(-1) ?? Number.NaN)} ms)`
}
