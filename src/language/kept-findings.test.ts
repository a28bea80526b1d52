import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Finding } from '../check/finding.ts'
import { checkWorkspace } from '../workspace/check-workspace.ts'
import { readWorkspace } from '../workspace/read-workspace.ts'
import { LanguageService, type ServiceOptions } from './language-service.ts'
import { demonstrationCopy, pagesOf } from './testing/demonstration-copy.ts'
import { randomEdit, seeded } from './testing/random-edits.ts'

/** How many steps are taken in an editor; `PLAYPROOF_EDITS=3000` for a long night. */
const steps = Number(process.env.PLAYPROOF_EDITS ?? 60)
const seed = Number(process.env.PLAYPROOF_SEED ?? 1)

class Session {
  readonly service: LanguageService
  readonly told = new Map<string, readonly Finding[]>()
  /** At each time that all was said to be told: what was, and how many pages had been read. */
  readonly settled: { readonly findings: readonly Finding[]; readonly pagesRead: number }[] = []

  constructor(root: string, options: Partial<ServiceOptions> = {}) {
    this.service = new LanguageService({
      root,
      pause: 0,
      publish: (file, findings) => this.told.set(file, findings),
      settled: () =>
        this.settled.push({
          findings: this.findings,
          pagesRead: this.service.view?.playbook.entities.length ?? Number.NaN,
        }),
      fault: (message) => {
        throw new Error(message)
      },
      ...options,
    })
  }

  get findings(): readonly Finding[] {
    return [...this.told.values()].flat().sort(byFile)
  }

  /** Until all was said to be told for the first time. */
  async first(): Promise<{ readonly findings: readonly Finding[]; readonly pagesRead: number }> {
    void this.service.start()
    for (;;) {
      const [first] = this.settled
      if (first !== undefined) return first
      await nextTurn()
    }
  }
}

test('a playbook that is opened again unchanged has its findings before its pages are read', async () => {
  const root = demonstrationCopy()
  const [page = ''] = pagesOf(root)
  const before = new Session(root)
  await before.service.start()
  before.service.close()
  const again = new Session(root)
  again.service.openText(page, readFileSync(join(root, page), 'utf8'), 1)
  expect(await again.first()).toEqual({ findings: before.findings, pagesRead: 1 })
  expect(before.findings).toEqual(await freshIn(root))
  await again.service.start()
  expect(again.findings).toEqual(before.findings)
  again.service.close()
})

test('so has one that was checked', async () => {
  const root = demonstrationCopy()
  const { findings } = await checkWorkspace(root)
  const session = new Session(root)
  expect(await session.first()).toEqual({ findings: [...findings].sort(byFile), pagesRead: 0 })
  session.service.close()
})

test('a question that comes then is answered from all pages and deals, with what is typed meanwhile', async () => {
  const root = demonstrationCopy()
  const whole = new Session(root)
  await whole.service.start()
  whole.service.close()
  const session = new Session(root)
  await session.first()
  const path = 'playbook/plays/counter-refresh.md'
  const text = readFileSync(join(root, path), 'utf8').replace(/^title: .*/m, 'title: Something else')
  session.service.openText(path, text, 2)
  const view = await session.service.wholeView()
  expect(view?.playbook.get('play', 'counter-refresh')?.data.title).toBe('Something else')
  expect(view?.playbook.entities.map(({ path }) => path)).toEqual(pagesOf(root))
  expect(view?.evidence?.plays).toEqual(whole.service.view?.evidence?.plays)
  await session.service.start()
  writeFileSync(join(root, path), text)
  expect(session.findings).toEqual(await freshIn(root))
  session.service.close()
})

test('a page that is opened then keeps its findings, and one that is edited shows none of an older text', async () => {
  const root = demonstrationCopy()
  const path = 'playbook/plays/counter-refresh.md'
  const text = readFileSync(join(root, path), 'utf8').replace(/^evidence:$/m, '$&\n  - deal: NOBODY')
  writeFileSync(join(root, path), text)
  const before = new Session(root)
  await before.service.start()
  before.service.close()
  const found = before.told.get(path)?.map(({ rule, range }) => `${range.start.line} ${rule}`)
  expect(found).toContain('17 citation/unknown-deal')
  const told: string[][] = []
  const session = new Session(root, {
    publish: (file, findings, version) => {
      if (file === path)
        told.push([`version ${version}`, ...findings.map(({ rule, range }) => `${range.start.line} ${rule}`)])
    },
  })
  await session.first()
  session.service.openText(path, text, 1)
  await untilTold(2)
  expect(told).toEqual([
    ['version undefined', ...(found ?? [])],
    ['version 1', ...(found ?? [])],
  ])
  session.service.openText(path, text.replace(/^title: .*/m, 'titel: x'), 2)
  await untilTold(3)
  expect(told[2]).toEqual(['version 2', '1 field/missing', '2 field/unknown'])
  expect(session.settled.length).toBe(1)
  session.service.close()

  async function untilTold(times: number): Promise<void> {
    while (told.length < times) await nextTurn()
  }
})

const manifest = 'playbook/ledger/manifest.json'

const changes: Readonly<Record<string, (root: string) => unknown>> = {
  'a letter of a page changed': (root) => appendFileSync(join(root, 'playbook/plays/counter-refresh.md'), 'x'),
  'a page came': (root) => writeFileSync(join(root, 'playbook/plays/new.md'), ''),
  'a page went': (root) => rmSync(join(root, 'playbook/plays/counter-refresh.md')),
  'a file came': (root) => writeFileSync(join(root, 'playbook/plan.txt'), ''),
  'a setting changed': (root) => appendFileSync(join(root, 'playbook/playbook.yaml'), '# x\n'),
  'who is paid changed': (root) =>
    writeFileSync(join(root, 'playbook/comp.yaml'), 'period: quarter\nparticipants: []\n'),
  'a letter of the ledger changed': (root) => appendFileSync(join(root, 'playbook/ledger/sales_teams.csv'), 'x'),
  'a letter of its manifest changed': (root) => appendFileSync(join(root, manifest), ' '),
  'a text is not saved': () => new Map([['playbook/plays/counter-refresh.md', 'x']]),
  'what was kept was touched': (root) => appendFileSync(join(root, '.playproof/told'), ' '),
}

test.for(Object.entries(changes))('when %s, all is read and judged first', async ([_, change]) => {
  const root = demonstrationCopy()
  writeFileSync(join(root, manifest), '{}')
  const before = new Session(root)
  await before.service.start()
  before.service.close()
  const opened = change(root)
  const open = opened instanceof Map ? opened : new Map<string, string>()
  const session = new Session(root)
  for (const [path, text] of open) session.service.openText(path, text, 1)
  const { findings, pagesRead } = await session.first()
  session.service.close()
  expect(pagesRead).toBe(pagesOf(root).length)
  expect(findings).toEqual(await freshIn(root, open))
})

test('on another day all is read and judged first', async () => {
  const root = demonstrationCopy()
  const before = new Session(root, { asOf: '2026-01-01' })
  await before.service.start()
  before.service.close()
  const session = new Session(root, { asOf: '2026-01-02' })
  const { pagesRead } = await session.first()
  expect(pagesRead).toBe(pagesOf(root).length)
  session.service.close()
})

test(
  'whenever all is said to be told it is what a fresh check finds, however often the editor was ended and began again',
  async () => {
    const root = demonstrationCopy()
    const random = seeded(seed)
    const original = pagesOf(root)
    const texts = original.map((path) => readFileSync(join(root, path), 'utf8'))
    const open = new Map<string, string>()
    const textOf = (path: string): string => open.get(path) ?? readIfThere(join(root, path)) ?? random.pick(texts)
    let early = 0
    for (let step = 0; step < steps; ) {
      const session = new Session(root)
      const where = `seed ${seed}, step ${step}`
      const { service } = session
      if (random.below(3) > 0) {
        // Nothing was left unsaved.
        for (const [path, text] of open) writeFileSync(join(root, path), text)
      }
      if (random.below(2) === 0) open.clear()
      for (const [path, text] of open) service.openText(path, text, step)
      const { findings, pagesRead } = await session.first()
      if (pagesRead < original.length / 2) early++
      expect(findings, where).toEqual(await freshIn(root, open))
      for (const last = step + 1 + random.below(8); step < last; step++) {
        const path = random.pick(original)
        switch (random.below(5)) {
          case 0:
            for (const [each, text] of open) {
              writeFileSync(join(root, each), text)
              service.closeText(each)
            }
            open.clear()
            break
          case 1:
            if (open.has(path)) break
            if (random.below(2) === 0) rmSync(join(root, path), { force: true })
            else writeFileSync(join(root, path), random.pick(texts))
            service.filesChanged([path])
            break
          case 2:
            // Opened, and read without a change.
            open.set(path, textOf(path))
            service.openText(path, textOf(path), step)
            break
          default:
            open.set(path, randomEdit(textOf(path), random, texts))
            service.openText(path, textOf(path), step)
        }
        for (let turn = random.below(12); turn > 0; turn--) await nextTurn()
      }
      if (random.below(3) > 0) {
        await service.settled()
        expect(session.findings, where).toEqual(await freshIn(root, open))
      }
      service.close()
    }
    expect(early).toBeGreaterThan(0)
  },
  60_000 + steps * 4_000,
)

/** What a check of the folder finds that has never been checked, with these texts saved. */
async function freshIn(root: string, open: ReadonlyMap<string, string> = new Map()): Promise<readonly Finding[]> {
  const copy = mkdtempSync(join(tmpdir(), 'playproof-fresh-'))
  cpSync(join(root, 'playbook'), join(copy, 'playbook'), { recursive: true })
  for (const [path, text] of open) writeFileSync(join(copy, path), text)
  const { result } = await readWorkspace(copy, { noCache: true })
  rmSync(copy, { recursive: true })
  return [...result.findings].sort(byFile)
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Both are by place within a file. */
function byFile(a: Finding, b: Finding): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
