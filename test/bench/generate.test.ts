import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { generatePlaybook, mixedSizes, playSizes, type Sizes, writePlaybook } from './generate.ts'

const playproof = fileURLToPath(new URL('../../src/cli/playproof.mjs', import.meta.url))

test('one seed makes one playbook, another seed another', () => {
  const sizes = mixedSizes(100, 1_000)
  expect(generatePlaybook(sizes, 7)).toEqual(generatePlaybook(sizes, 7))
  expect(generatePlaybook(sizes, 8)).not.toEqual(generatePlaybook(sizes, 7))
})

test.for<[string, Sizes]>([
  ['mixed pages', mixedSizes(300, 3_000)],
  ['plays alone', playSizes(100)],
])('a generated playbook of %s passes the check, with few warnings and nothing about files or fields', ([, sizes]) => {
  const folder = mkdtempSync(join(tmpdir(), 'playproof-generated-'))
  try {
    const files = generatePlaybook(sizes)
    writePlaybook(folder, files)
    const ran = spawnSync(process.execPath, [playproof, 'check', '--root', folder, '--format', 'json'], {
      encoding: 'utf8',
    })
    expect(ran.stderr).toBe('')
    const { summary, findings } = JSON.parse(ran.stdout) as { summary: object; findings: { rule: string }[] }
    const pages = [...files.keys()].filter((path) => path.endsWith('.md')).length
    expect(summary).toMatchObject({ files: pages, plays: sizes.plays, deals: sizes.deals, errors: 0 })
    expect(findings.length).toBeLessThan(pages / 20)
    expect(findings.map(({ rule }) => rule).filter((rule) => !/^(citation|play)\//.test(rule))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
