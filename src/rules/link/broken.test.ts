import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { repairedBy } from '../../testing/repaired-by.ts'
import { brokenLink } from './broken.ts'

const page = (body: string) => `---\ntitle: x\n---\n${body}\n`

test('the repair finds a page that moved, an ending that is missing and a heading that is nearly it', async () => {
  const files = {
    'plays/a.md': page(
      '[a](one-invoice.md#email) [b](../messages/one-invoice#email) [c](/messages/one-invoice.md) [d](../messages/one-invoice.md#emial)',
    ),
    'messages/eu/one-invoice.md': page('## Email\n\nx'),
  }
  const right = '../messages/eu/one-invoice.md'
  expect(await repairedBy(brokenLink, files)).toEqual({
    'plays/a.md': page(`[a](${right}#email) [b](${right}#email) [c](${right}) [d](${right}#emial)`),
  })
  const moved = { ...files, 'plays/a.md': page(`[d](${right}#emial)`) }
  expect(await repairedBy(brokenLink, moved)).toEqual({ 'plays/a.md': page(`[d](${right}#email)`) })
})

test('two pages of one name are too many to choose from', async () => {
  const files = { 'plays/a.md': page('[a](../x.md)'), 'messages/x.md': page(''), 'personas/x.md': page('') }
  expect(await findingsIn(brokenLink, files)).toBe('plays/a.md:4:5 error link/broken')
  expect(await repairedBy(brokenLink, files)).toEqual({})
})

test('an address that the repair writes is safe to stand in a link', async () => {
  const files = { 'plays/a.md': page('[a](<../decks/fisrt call (2).pdf> "The deck")'), 'decks/first call (2).pdf': '' }
  expect(await repairedBy(brokenLink, files)).toEqual({
    'plays/a.md': page('[a](<../decks/first%20call%20%282%29.pdf> "The deck")'),
  })
})

test('an address may be written in percent signs, and a definition has its own place', async () => {
  const files = {
    'plays/a.md': page(
      '[a](../decks/first%20call.pdf) [b][b] ![c](../decks/first%20cal.pdf)\n\n[b]: <../decks/none here.pdf> "x"',
    ),
    'decks/first call.pdf': '',
  }
  expect(await findingsIn(brokenLink, files)).toBe(
    'plays/a.md:4:44 error link/broken\nplays/a.md:6:7 error link/broken',
  )
})

test('capitals matter, as they do on every server', async () => {
  const files = { 'plays/a.md': page('[a](B.md) [b](b.md#Email)'), 'plays/b.md': page('## Email\n\nx') }
  expect(await repairedBy(brokenLink, files)).toEqual({ 'plays/a.md': page('[a](b.md) [b](b.md#email)') })
})

test('a heading of a page that cannot be read is not missed', async () => {
  const files = { 'plays/a.md': page('[b](b.md#email)'), 'plays/b.md': '## Email\n\nno fields\n' }
  expect(await findingsIn(brokenLink, files)).toBe('')
})

test('an address on the web, a bare one and an anchor of raw HTML are no files to look for', async () => {
  const body =
    'https://a.example/b.md www.b.example <mailto:x@c.example> [d](//e.example/f) [g](#here) [h](#)\n\n<a id="here"></a>'
  expect(await findingsIn(brokenLink, { 'plays/a.md': page(body) })).toBe('')
})

test('a drive letter and a file address lead nowhere on the site', async () => {
  const body = '[a](file:///C:/deck.pptx) [b](C:/deck.pptx)'
  expect(await findingsIn(brokenLink, { 'plays/a.md': page(body) })).toBe(
    'plays/a.md:4:5 error link/broken\nplays/a.md:4:31 error link/broken',
  )
})

test('a link without an address is reported', async () => {
  expect(await findingsIn(brokenLink, { 'plays/a.md': page('[the offer]()') }, { withText: true })).toBe(
    'plays/a.md:4:13 error link/broken\n  This link has no address. Write one between the parentheses, or take the link out.',
  )
})

test('nothing outside the playbook is looked at, in whatever spelling', async () => {
  const body = '[a](../../secret.md) [b](%2e%2e/%2e%2e/secret.md) [c](/../../../etc/passwd)'
  const found = await findingsIn(brokenLink, { 'plays/a.md': page(body) }, { withText: true })
  expect(found.match(/leads out of the playbook/g)).toHaveLength(3)
})

test('the `source` of a message is a link as well', async () => {
  const message = (source: string) => ({
    'messages/a.md': `---\ntitle: A\nproof: product\nsource: ${source}\n---\n`,
    'segments/banks.md': '---\ntitle: Banks\n---\n',
  })
  for (const right of ['https://example.com/spec', '../segments/banks.md'])
    expect(await findingsIn(brokenLink, message(right))).toBe('')
  for (const wrong of ['our own tests', '../segments/shops.md', 'javascript:alert(1)'])
    expect(await findingsIn(brokenLink, message(wrong))).toBe('messages/a.md:4:9 error link/broken')
})
