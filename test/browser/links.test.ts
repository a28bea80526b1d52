/**
 * Every link of a built site leads to a page of it, and to a place that the page has.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { buildSite, repository } from './built-site.ts'

const folder = mkdtempSync(join(tmpdir(), 'playproof-links-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every link of the demonstration leads somewhere', () => {
  expect(deadLinks(inject('demonstration'))).toEqual([])
})

test('without a ledger there is no report that needs one, and no link to it', { timeout: 60_000 }, async () => {
  const root = join(folder, 'root')
  cpSync(join(repository, 'playbook'), join(root, 'playbook'), { recursive: true })
  const settings = join(root, 'playbook/playbook.yaml')
  const text = readFileSync(settings, 'utf8')
  const without = text.replace(/^ledger:\n(?:[ #].*\n|\n)*/m, '')
  expect(without.length).toBeLessThan(text.length)
  writeFileSync(settings, without)
  const site = await buildSite(folder, 'site', root)
  expect(existsSync(join(site, 'scoreboard'))).toBe(false)
  expect(deadLinks(site)).toEqual([])
})

/** Each as `page: address`. */
function deadLinks(site: string): string[] {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'))
  const texts = new Map(pages.map((path) => [path, readFileSync(join(site, path), 'utf8')]))
  expect(texts.size).toBeGreaterThan(50)
  const dead: string[] = []
  for (const [page, html] of texts)
    for (const [, address = ''] of html.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)) {
      const { pathname, hash } = new URL(address.replaceAll('&amp;', '&'), 'http://site')
      const path = decodeURIComponent(pathname.slice(1))
      const target = path === '' || path.endsWith('/') ? `${path}index.html` : path
      const place = decodeURIComponent(hash.slice(1))
      const there = texts.get(target)
      const leads = there === undefined ? existsSync(join(site, target)) : place === '' || hasPlace(there, place)
      if (!leads) dead.push(`${page}: ${address}`)
    }
  return dead
}

function hasPlace(html: string, place: string): boolean {
  return html.includes(` id="${place}"`)
}
