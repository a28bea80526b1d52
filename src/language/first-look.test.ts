import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Finding } from '../check/finding.ts'
import { readWorkspace } from '../workspace/read-workspace.ts'
import { LanguageService } from './language-service.ts'
import { demonstrationCopy, emptyRoot, pagesOf } from './testing/demonstration-copy.ts'
import { randomEdit, seeded } from './testing/random-edits.ts'

/** How many pages are opened; `PLAYPROOF_EDITS=2000` for a long night. */
const pages = Number(process.env.PLAYPROOF_EDITS ?? 12)

function folderWith(files: Readonly<Record<string, string>>): string {
  const root = emptyRoot()
  for (const [path, text] of Object.entries({ 'playbook.yaml': 'currency: USD\n', ...files })) {
    mkdirSync(dirname(join(root, 'playbook', path)), { recursive: true })
    writeFileSync(join(root, 'playbook', path), text)
  }
  return root
}

/** All that an editor is told of one page from the moment it is opened, the last when everything was judged. */
async function toldOf(root: string, path: string, text: string): Promise<(readonly Finding[])[]> {
  const told: (readonly Finding[])[] = []
  const service = new LanguageService({
    root,
    pause: 0,
    publish: (file, findings) => {
      if (file === path) told.push(findings)
    },
    fault: (message) => {
      throw new Error(message)
    },
  })
  void service.start()
  service.openText(path, text, 1)
  await service.start()
  service.close()
  return told
}

const atFirst = /^(?:field|section|reference)\/|^link\/broken$|^file\/(?!duplicate-id)/

test(
  'what is said of a page before the others are read is said at the end too, word for word',
  async () => {
    const root = demonstrationCopy()
    const paths = pagesOf(root)
    const texts = paths.map((path) => readFileSync(join(root, path), 'utf8'))
    const random = seeded(7)
    for (let round = 0; round < pages; round++) {
      const path = random.pick(paths)
      let text = readFileSync(join(root, path), 'utf8')
      for (let edit = 0; edit < 4; edit++) text = randomEdit(text, random, texts)
      const told = await toldOf(root, path, text)
      const [first = [], last = []] = [told[0], told.at(-1)]
      // Deals are the ledger's to know.
      const sooner = last.filter(({ rule, text }) => atFirst.test(rule) && !/The ledger/.test(text))
      expect(first, `round ${round}: ${path}`).toEqual(
        last.filter((finding) => first.some((each) => same(each, finding))),
      )
      expect(
        sooner.filter((finding) => !first.some((each) => same(each, finding))),
        `round ${round}: ${path}`,
      ).toEqual([])
    }
  },
  60_000 + pages * 4_000,
)

test(
  'pages that are opened, typed in, closed and deleted while the others are read end as a fresh check finds them',
  async () => {
    for (let round = 0; round < Math.max(3, pages / 4); round++) {
      const random = seeded(round + 1)
      const root = demonstrationCopy()
      const paths = pagesOf(root)
      const texts = paths.map((path) => readFileSync(join(root, path), 'utf8'))
      const told = new Map<string, readonly Finding[]>()
      const service = new LanguageService({
        root,
        pause: 0,
        publish: (file, findings) => told.set(file, findings),
        fault: (message) => {
          throw new Error(message)
        },
      })
      void service.start()
      const open = new Map<string, string>()
      for (let step = 1; step <= 25; step++) {
        const path = random.pick(paths)
        const closing = random.pick([...open.keys(), path])
        if (random.below(4) === 0 && open.has(closing)) {
          // Saved, and closed.
          writeFileSync(join(root, closing), open.get(closing) ?? '')
          open.delete(closing)
          service.closeText(closing)
        } else if (random.below(6) === 0 && !open.has(path)) {
          rmSync(join(root, path), { force: true })
          service.filesChanged([path])
        } else {
          open.set(path, randomEdit(open.get(path) ?? random.pick(texts), random, texts))
          service.openText(path, open.get(path) ?? '', step)
        }
        for (let turn = random.below(8); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve))
      }
      await service.start()
      service.close()
      for (const [path, text] of open) writeFileSync(join(root, path), text)
      const fresh = await readWorkspace(root, { noCache: true })
      expect([...told.values()].flat().sort(byFile), `round ${round}`).toEqual([...fresh.result.findings].sort(byFile))
    }
  },
  60_000 + pages * 4_000,
)

/** Both are by place within a file. */
function byFile(a: Finding, b: Finding): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0
}

function same(a: Finding, b: Finding): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

const play = (fields: string, body: string) => `---\ntitle: A play\nstatus: draft\n${fields}---\n\n${body}\n`
const message = '---\ntitle: One invoice\n---\n\n## What we say\n\nOne.\n'

test('an id that is near another one is known to be so before any page but the open one was read', async () => {
  const root = folderWith({ 'messages/one-invoice.md': message, 'plays/a.md': '' })
  const text = play('messages: [one-invoise]\n', 'See [it](../messages/2026/one-invoice.md#what-we-say).')
  const [first] = await toldOf(root, 'playbook/plays/a.md', text)
  expect(
    first?.filter(({ rule }) => /^(?:link|reference)/.test(rule)).map(({ rule, text }) => `${rule} ${text}`),
  ).toEqual([
    'reference/unknown Nothing in `messages/` has the id `one-invoise`. Did you mean `one-invoice`?',
    'link/broken This link leads to `messages/2026/one-invoice.md`, which is not in the playbook. Did you mean `../messages/one-invoice.md#what-we-say`?',
  ])
})

test('a link to a heading is looked up in the page it leads to, and one to a page in its name', async () => {
  const files = { 'messages/one invoice.md': message, 'plays/a.md': '', 'messages/b.md': message }
  const links = ['../messages/one%20invoice.md#what-we-say', '../messages/b.md', '../messages/b.md#what-we-sell']
  const text = play('', links.map((url) => `[link](${url})`).join('\n'))
  const [first] = await toldOf(folderWith(files), 'playbook/plays/a.md', text)
  expect(
    first?.filter(({ rule }) => /^(?:link|reference)/.test(rule)).map(({ rule, range }) => [rule, range.start.line]),
  ).toEqual([['link/broken', 8]])
})

test('a waiver of a rule that has not been asked yet is not called unused', async () => {
  const waiver = '<!-- playproof-ignore page/orphan: it is new -->\n'
  const told = await toldOf(folderWith({ 'messages/a.md': '' }), 'playbook/messages/a.md', `${message}${waiver}`)
  const rules = told.map((findings) => findings.map(({ rule }) => rule))
  expect(rules[0]).not.toContain('waiver/unused')
  expect(rules.at(-1)).toContain('waiver/unused')
})

test('a link to a file of the pages’ folders that is no page leads there once all is read', async () => {
  const files = { 'plays/README.md': '# Our plays\n', 'messages/a.md': '' }
  const told = await toldOf(folderWith(files), 'playbook/messages/a.md', `${message}[Plays](../plays/README.md)\n`)
  expect(told.map((findings) => findings.filter(({ rule }) => rule === 'link/broken'))).toEqual(told.map(() => []))
})
