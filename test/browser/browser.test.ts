import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
})

test('a page is laid out with a font, so that its text has a width', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto('data:text/html,<title>Land with finance</title><p><span>Cite a won deal.</span>')
  expect(await page.title()).toBe('Land with finance')
  const box = await page.locator('span').boundingBox()
  expect(box?.width).toBeGreaterThan(50)
  await context.close()
})

test('a page served on this machine is reached, its script runs, and dark mode can be asked for', async () => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(
      '<output></output><script>document.querySelector("output").value = matchMedia("(prefers-color-scheme: dark)").matches</script>',
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const context = await browser.newContext({ colorScheme: 'dark' })
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  expect(await page.locator('output').textContent()).toBe('true')
  expect((await page.screenshot()).length).toBeGreaterThan(1000)
  await context.close()
  server.close()
})
