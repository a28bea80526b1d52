/**
 * Starts the browser that the tests drive: `const browser = await launchBrowser()`.
 *
 * Which one, {@link findChromium} says. Open pages through `browser.newContext()`: axe needs a context
 * of its own, and closing it is what ends a page's connections. Whoever launches a browser closes it.
 */
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './find-chromium.ts'

/** A running browser without a window. Playwright's own flags hold, also `--no-sandbox`: root and containers have no sandbox. */
export async function launchBrowser(): Promise<Browser> {
  const failures: unknown[] = []
  for (const options of await findChromium()) {
    try {
      return await chromium.launch(options)
    } catch (error) {
      failures.push(error)
    }
  }
  throw new AggregateError(
    failures,
    `No browser for the tests could be started. Install Chrome, or name a Chromium in PLAYPROOF_CHROMIUM.\n${failures.join('\n')}`,
  )
}
