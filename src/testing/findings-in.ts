/**
 * Findings of a small playbook in memory, as text: what rule pages and rule tests compare.
 *
 * The playbook's folder is the root, as in the pages. A `playbook.yaml` is made where none is given, and the
 * ledger is padded with the required headers and likely values that the example leaves out. A file named
 * `playbook.yaml on main` makes the check one of a change, as with `--since`.
 */
import { assemblePlaybook } from '../check/assemble-playbook.ts'
import { type CheckInput, checkPlaybook } from '../check/check-playbook.ts'
import type { Finding } from '../check/finding.ts'
import { readLedger } from '../ledger/read-ledger.ts'
import { parseSettings } from '../model/playbook-settings.ts'
import { parseYaml } from '../page/parse-yaml.ts'
import { satteriEngine } from '../page/satteri-engine.ts'
import type { BaseRevision, Rule } from '../rules/define-rule.ts'
import { rules as allRules } from '../rules/rules.ts'
import { verifyLedger } from '../workspace/ledger-manifest.ts'

export type Files = Readonly<Record<string, string>>

const folder = 'playbook'

const settingsOnMain = 'playbook.yaml on main'

export async function check(all: Files, rules: readonly Rule[], given?: BaseRevision) {
  return checkPlaybook(await inputOf(all, rules, given))
}

/** A small playbook with its ledger, ready to be checked. */
export async function inputOf(all: Files, rules: readonly Rule[], given?: BaseRevision): Promise<CheckInput> {
  const { [settingsOnMain]: onMain, ...files } = all
  const base = onMain === undefined ? given : baseOf(settingsFor({ ...files, 'playbook.yaml': onMain }))
  const bytes = (text: string) => new TextEncoder().encode(text)
  const withSettings: Record<string, string> = { ...files, 'playbook.yaml': settingsFor(files) }
  const paths = new Set(Object.keys(withSettings).map((path) => `${folder}/${path}`))
  const pages = Object.entries(withSettings)
    .filter(([path]) => path.endsWith('.md'))
    .map(([path, text]) => ({ path: `${folder}/${path}`, bytes: bytes(text) }))
  const compensation = files['comp.yaml'] === undefined ? undefined : bytes(files['comp.yaml'])
  const { playbook, sources } = assemblePlaybook(
    { folder, pages, settings: bytes(withSettings['playbook.yaml'] ?? ''), compensation, paths },
    { engine: satteriEngine, ...(base === undefined ? {} : { judgedBy: base.settings }) },
  )
  const settings = playbook.settings.ledger
  const ledgerFiles = Object.entries(files)
    .filter(([path]) => path.endsWith('.csv'))
    .map(([path, text]) => ({ path: `${folder}/${path}`, bytes: bytes(path === 'ledger.csv' ? padded(text) : text) }))
  const ledger =
    settings === undefined
      ? { missing: 'no ledger' }
      : await readLedger(settings, ledgerFiles, { root: folder, sha256: '' })
  const manifest = files['ledger/manifest.json']
  return {
    playbook,
    sources,
    asOf: playbook.settings.asOf ?? '2026-06-30',
    ledger,
    manifest: verifyLedger({
      folder,
      manifest: manifest === undefined ? undefined : bytes(manifest),
      files: ledgerFiles,
      publicKey: playbook.settings.publicKey,
      signedInBase: base?.ledgerSigned === true,
    }),
    rules,
    ...(base === undefined ? {} : { base }),
  }
}

/** Findings of one rule: `plays/finance.md:4:11 error play/unbacked`, a line each; `withText` adds what it says. */
export async function findingsIn(
  rule: Rule,
  files: Files,
  options: { withText?: boolean; base?: BaseRevision } = {},
): Promise<string> {
  const waiverRules = rule.reads.includes('waivers') ? allRules : [rule]
  const result = await check(files, waiverRules, options.base)
  return asText(
    result.findings.filter((finding) => finding.rule === rule.id),
    options.withText,
  )
}

export function asText(findings: readonly Finding[], withText = false): string {
  return findings
    .map(({ file, range, severity, rule, text }) => {
      const line = `${file.slice(folder.length + 1)}:${range.start.line}:${range.start.column} ${severity} ${rule}`
      return withText ? `${line}\n  ${text}` : line
    })
    .join('\n')
}

function baseOf(settings: string): BaseRevision {
  const settingsNode = parseYaml(settings).data ?? { kind: 'map', range: { start: 0, end: 0 }, entries: [] }
  return { settings: parseSettings(settingsNode).settings, settingsNode, waivers: new Set() }
}

function settingsFor(files: Files): string {
  const given = files['playbook.yaml'] ?? ''
  const key = (name: string, line: string) => (new RegExp(`^${name}:`, 'm').test(given) ? '' : `${line}\n`)
  const ledger = files['ledger.csv'] === undefined ? '' : key('ledger', 'ledger: { deals: { file: ledger.csv } }')
  // What is added stands at the end, so that lines of the example keep their numbers.
  return `${given}${given === '' || given.endsWith('\n') ? '' : '\n'}${key('company', 'company: Halyard')}${key('currency', 'currency: USD')}${key('asOf', 'asOf: 2026-06-30')}${ledger}`
}

/** Adds required columns that the example leaves out, at the end of each row. */
function padded(csv: string): string {
  const [header = '', ...rows] = csv.replace(/\n$/, '').split('\n')
  const headers = header.split(',')
  const column = (name: string) => headers.indexOf(name)
  const defaults: [string, (cells: string[]) => string][] = [
    ['account', (cells) => `Account of ${cells[column('id')] ?? ''}`],
    ['owner', () => 'Jo Park'],
    ['outcome', () => 'won'],
    ['amount', (cells) => (cells[column('outcome')] === 'lost' ? '0' : '1000')],
    ['created', () => '2026-01-10'],
    [
      'closed',
      (cells) => (cells[column('outcome')] === 'open' || cells[column('outcome')] === 'void' ? '' : '2026-03-10'),
    ],
  ]
  const missing = defaults.filter(
    ([name]) => !headers.includes(name) && !(name === 'outcome' && headers.includes('stage')),
  )
  const lines = rows.map((row) => [row, ...missing.map(([, value]) => value(row.split(',')))].join(','))
  return `${[header, ...missing.map(([name]) => name)].join(',')}\n${lines.join('\n')}\n`
}
