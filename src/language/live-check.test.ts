import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Finding } from '../check/finding.ts'
import { readWorkspace } from '../workspace/read-workspace.ts'
import { LanguageService } from './language-service.ts'
import { randomEdit, seeded } from './testing/random-edits.ts'

const demonstration = new URL('../../playbook', import.meta.url).pathname
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** How often; `PLAYPROOF_EDITS=20000` for a long night. */
const edits = Number(process.env.PLAYPROOF_EDITS ?? 150)
const seed = Number(process.env.PLAYPROOF_SEED ?? 1)

test('after any edits the findings are those of the same texts checked afresh', async () => {
  const root = mkdtempSync(join(tmpdir(), 'playproof-live-'))
  folders.push(root)
  cpSync(demonstration, join(root, 'playbook'), { recursive: true })
  const { writeFileSync } = await import('node:fs')
  const random = seeded(seed)
  const told = new Map<string, readonly Finding[]>()
  const service = new LanguageService({
    root,
    pause: 0,
    publish: (file, findings) => told.set(file, findings),
    fault: (message) => {
      throw new Error(message)
    },
  })
  await service.start()
  const pages = readdirSync(join(root, 'playbook'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && path.includes('/'))
    .map((path) => `playbook/${path}`)
    .sort()
  const textOf = new Map(pages.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
  const original = new Map(textOf)
  for (let round = 1; round <= edits; round++) {
    const path = random.pick(pages)
    const before = textOf.get(path) ?? ''
    // A page that has become a ruin is begun again.
    const text =
      random.below(12) === 0 ? (original.get(path) ?? '') : randomEdit(before, random, [...original.values()])
    textOf.set(path, text)
    service.openText(path, text, round)
    if (random.below(3) > 0 && round < edits) continue
    await service.settled()
    // Half of the time the same bytes lie on disk, and the editor has closed them.
    for (const [each, now] of textOf) writeFileSync(join(root, each), now)
    const fresh = await readWorkspace(root, { noCache: true })
    const got = [...told.values()].flat().sort(byFile)
    expect(got, `round ${round} of seed ${seed}`).toEqual([...fresh.result.findings].sort(byFile))
  }
  service.close()
}, 600_000)

/** Both are by place within a file. */
function byFile(a: Finding, b: Finding): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0
}
