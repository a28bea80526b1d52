/**
 * `playproof import`: deals from a CRM, or from its exports, to the ledger's files and their manifest.
 *
 * All or nothing: what cannot be read is told and nothing is written, and an import that is cut off leaves the old
 * ledger as it was. Credentials come from the environment and go nowhere else.
 */
import type { KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readCsvSource } from '../../import/csv-source.ts'
import type { World } from '../../import/http.ts'
import { hubspotAddress, hubspotVariables, readHubspot } from '../../import/hubspot.ts'
import { ImportFault } from '../../import/import-fault.ts'
import { readSalesforce, salesforceVariables } from '../../import/salesforce.ts'
import {
  type CrmReading,
  judgeLedger,
  renderTable,
  shrinkage,
  type Table,
  type TableName,
  tableSettings,
} from '../../import/snapshot.ts'
import type { LedgerFile, LedgerProblem } from '../../ledger/ledger.ts'
import { type Manifest, manifestName, manifestText } from '../../ledger/manifest.ts'
import type { LedgerSettings } from '../../model/ledger-settings.ts'
import type { PlaybookSettings } from '../../model/playbook-settings.ts'
import { visible } from '../../source/visible.ts'
import { codeOf, Fault } from '../../workspace/fault.ts'
import { findRoot, playbookFolder } from '../../workspace/find-root.ts'
import { ImportPages } from '../../workspace/import-pages.ts'
import { publicHalf, publicKeyOf, sha256Of, signingKeyOf, signManifest } from '../../workspace/ledger-manifest.ts'
import { readLedgerFiles, unpacked } from '../../workspace/read-folder.ts'
import { readSettings } from '../../workspace/read-workspace.ts'
import { type NewFile, replaceLedger } from '../../workspace/write-ledger.ts'
import type { Terminal } from '../terminal.ts'

const signingVariable = 'PLAYPROOF_SIGNING_KEY'

export interface ImportOptions {
  readonly root?: string
  readonly accounts?: readonly string[]
  readonly sellers?: readonly string[]
  readonly allowShrink?: boolean
  readonly restart?: boolean
}

/** What the world is, handed in by tests. */
export interface ImportWorld {
  readonly env: Readonly<Record<string, string | undefined>>
  sleep(milliseconds: number): Promise<void>
  now(): number
}

const realWorld: ImportWorld = {
  env: process.env,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  now: () => Date.now(),
}

/** The exit status: 0 where the ledger was written, 1 where what was read was not taken. */
export async function importLedger(
  source: string,
  exports: readonly string[],
  options: ImportOptions,
  terminal: Terminal,
  world: ImportWorld = realWorld,
): Promise<number> {
  const root = findRoot(process.cwd(), options.root)
  const playbook = readSettings(root)
  const settings = importable(playbook)
  const key = signingKey(world, playbook)
  const progress = new Progress(terminal)
  try {
    const read = await readSource(
      source,
      exports,
      options,
      settings,
      root,
      { ...world, progress: (text) => progress.show(text) },
      terminal,
    )
    progress.end()
    if (read === undefined) return 1
    return await take(read, { source, root, settings, playbook, key, options, terminal, world })
  } catch (error) {
    progress.end()
    if (error instanceof ImportFault) throw new Fault(error.message, { cause: error })
    throw error
  }
}

interface Read {
  readonly tables: readonly Table[]
  /** Called when the snapshot is written. */
  done(): void
}

async function readSource(
  source: string,
  exports: readonly string[],
  options: ImportOptions,
  settings: LedgerSettings,
  root: string,
  world: ImportWorld & World,
  terminal: Terminal,
): Promise<Read | undefined> {
  if (source !== 'csv' && (exports.length > 0 || options.accounts !== undefined || options.sellers !== undefined))
    throw new Fault(`files are for \`import csv\`; \`import ${visible(source)}\` reads from the CRM itself.`)
  switch (source) {
    case 'csv':
      return readExports(exports, options, settings, terminal)
    case 'salesforce':
    case 'hubspot': {
      const pages = new ImportPages(root, source)
      if (options.restart) pages.clear()
      const reading: CrmReading =
        source === 'salesforce'
          ? await readSalesforce(settings, variablesOf(salesforceVariables, world), pages, world)
          : await readHubspot(
              settings,
              {
                ...variablesOf(hubspotVariables, world),
                // For tests and for companies that reach HubSpot through a gateway of their own.
                address: world.env.HUBSPOT_API_URL ?? hubspotAddress,
              },
              pages,
              world,
            )
      if (reading.pagesFound > 0)
        terminal.note(`Went on where the last import stopped: ${reading.pagesFound} pages had been read.`)
      if (reading.refused.length > 0) {
        refuse(
          reading.refused.map(({ deal, text }) => `deal ${visible(deal)}: ${text}`),
          terminal,
        )
        return undefined
      }
      return { tables: reading.tables, done: () => pages.clear() }
    }
    default:
      throw new Fault(`there is no import from ${visible(source)}. Import from \`salesforce\`, \`hubspot\` or \`csv\`.`)
  }
}

async function readExports(
  exports: readonly string[],
  options: ImportOptions,
  settings: LedgerSettings,
  terminal: Terminal,
): Promise<Read | undefined> {
  if (exports.length === 0)
    throw new Fault(
      '`import csv` needs the export: `playproof import csv deals.csv`, or several files that are one table.',
    )
  for (const name of ['accounts', 'sellers'] as const)
    if (options[name] !== undefined && settings[name] === undefined)
      throw new Fault(`playbook.yaml has no \`ledger.${name}\`. Describe the table there, or leave \`--${name}\` out.`)
  const files = (paths: readonly string[] | undefined): LedgerFile[] | undefined => paths?.map(readExport)
  const [accounts, sellers] = [files(options.accounts), files(options.sellers)]
  const { judged, tables, leftOut } = await readCsvSource(settings, {
    deals: exports.map(readExport),
    ...(accounts === undefined ? {} : { accounts }),
    ...(sellers === undefined ? {} : { sellers }),
  })
  if (judged.problems.length > 0 || judged.rows === undefined) {
    const at = ({ file, lines: { start } }: LedgerProblem): string => `${visible(file)}:${start.line}:${start.column}`
    refuse(
      judged.problems.map((problem) => `${at(problem)} ${problem.text}`),
      terminal,
    )
    return undefined
  }
  if (leftOut.length > 0)
    terminal.note(
      `Left out, because playbook.yaml neither maps nor declares them: ${leftOut
        .slice(0, 20)
        .map((header) => visible(header))
        .join(', ')}${leftOut.length > 20 ? ` and ${leftOut.length - 20} more` : ''}.`,
    )
  return { tables, done() {} }
}

function readExport(path: string): LedgerFile {
  try {
    const bytes = readFileSync(path)
    return { path, bytes: path.endsWith('.gz') ? unpacked(bytes, visible(path)) : bytes }
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault(`${visible(path)} cannot be read (${codeOf(cause)}). Name an export of your CRM.`, { cause })
  }
}

interface Taking {
  readonly source: string
  readonly root: string
  readonly settings: LedgerSettings
  readonly playbook: PlaybookSettings
  readonly key: KeyObject | undefined
  readonly options: ImportOptions
  readonly terminal: Terminal
  readonly world: ImportWorld
}

/** Judges what was read and writes it. */
async function take({ tables, done }: Read, taking: Taking): Promise<number> {
  const { source, root, settings, playbook, key, options, terminal, world } = taking
  const before = oldFiles(root, settings)
  const read = new Map(
    tables.map((table): [string, LedgerFile] => {
      const path = pathOf(settings, table.name)
      const text = renderTable(table, tableSettings(settings, table.name)?.delimiter ?? ',')
      return [path, { path, bytes: Buffer.from(text, 'utf8') }]
    }),
  )
  const names = (['deals', 'accounts', 'sellers'] as const).filter((name) => settings[name] !== undefined)
  const after = names.map((name) => {
    const path = pathOf(settings, name)
    const file = read.get(path) ?? before.find((each) => each.path === path)
    if (file === undefined)
      throw new Fault(`${visible(path)} is missing. Name its export with \`--${name} <file>\`, or put it there.`)
    return file
  })
  const { problems, rows } = await judgeLedger(settings, after, playbookFolder)
  const own = problems.filter(({ file }) => read.has(file))
  if (own.length > 0 || rows === undefined) {
    const where = ({ deal, file }: LedgerProblem): string =>
      deal === undefined ? visible(file) : `deal ${visible(deal)}`
    refuse(
      (own.length > 0 ? own : problems).map((problem) => `${where(problem)}: ${problem.text}`),
      terminal,
    )
    return 1
  }
  const deals = rows.won + rows.lost + rows.open + rows.void
  const shrunk = options.allowShrink ? undefined : shrinkage(await dealsBefore(before, settings), deals)
  if (shrunk !== undefined) {
    terminal.out(`${shrunk}. The old ledger stands. If that is right, import again with \`--allow-shrink\`.`)
    return 1
  }
  const unsigned: Manifest = {
    source,
    time: new Date(world.now()).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    rows,
    files: new Map(after.map(({ path, bytes }) => [path.slice(playbookFolder.length + 1), sha256Of(bytes)])),
  }
  const manifest = key === undefined ? unsigned : signManifest(unsigned, key)
  const written: NewFile[] = [...read.values()].map(({ path, bytes }) => ({
    path,
    bytes: path.endsWith('.gz') ? gzipSync(bytes, { level: 9 }) : bytes,
  }))
  written.push({ path: `${playbookFolder}/${manifestName}`, bytes: Buffer.from(manifestText(manifest), 'utf8') })
  replaceLedger(root, written)
  done()
  terminal.out(
    `Wrote ${count(deals, 'deal')} (${rows.won.toLocaleString('en-US')} won, ${rows.lost.toLocaleString('en-US')} lost, ${rows.open.toLocaleString('en-US')} open, ${rows.void.toLocaleString('en-US')} void) to ${written.map(({ path }) => visible(path)).join(', ')}${key === undefined ? '' : ', signed'}.`,
  )
  if (key !== undefined && playbook.publicKey === undefined)
    terminal.note(
      `So that \`check\` refuses edits by hand, put this under \`ledger\` in playbook.yaml: publicKey: ${publicHalf(key)}`,
    )
  if (key === undefined && playbook.publicKey !== undefined)
    terminal.note(
      `The ledger is not signed, and \`check\` will say so. Set ${signingVariable}, where that key is kept.`,
    )
  return 0
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
}

const mostTold = 50

function refuse(problems: readonly string[], terminal: Terminal): void {
  for (const problem of problems.slice(0, mostTold)) terminal.out(problem)
  if (problems.length > mostTold) terminal.out(`and ${(problems.length - mostTold).toLocaleString('en-US')} more.`)
  terminal.out(`Nothing was taken: ${count(problems.length, 'problem')}. The old ledger stands.`)
}

/** The ledger's settings, where an import can write what they describe. */
function importable(playbook: PlaybookSettings): LedgerSettings {
  const { ledger } = playbook
  if (ledger === undefined)
    throw new Fault(
      'playbook.yaml has no `ledger`. Add `ledger: { deals: { file: ledger/deals.csv, preset: salesforce } }`, or what fits your CRM.',
    )
  if (ledger.database !== undefined)
    throw new Fault('the ledger is a database (`ledger.database`), which is read as it is. There is nothing to import.')
  for (const name of ['deals', 'accounts', 'sellers'] as const) {
    const files = tableSettings(ledger, name)?.files
    if (files !== undefined && files.length !== 1)
      throw new Fault(
        `an import writes one file for each table. Name one under \`ledger.${name}.file\` in playbook.yaml.`,
      )
  }
  return ledger
}

function pathOf(settings: LedgerSettings, name: TableName): string {
  return `${playbookFolder}/${tableSettings(settings, name)?.files[0] ?? ''}`
}

/** The files of the old ledger that are there; one that is missing is no fault yet. */
function oldFiles(root: string, settings: LedgerSettings): LedgerFile[] {
  const there = (['deals', 'accounts', 'sellers'] as const).filter(
    (name) => settings[name] !== undefined && existsSync(join(root, pathOf(settings, name))),
  )
  const files = there.flatMap((name) => tableSettings(settings, name)?.files ?? [])
  return readLedgerFiles(root, {
    ...settings,
    accounts: undefined,
    sellers: undefined,
    deals: { ...settings.deals, files },
  })
}

/** How many deals the old ledger has, read by today's playbook.yaml; 0 where it cannot be read. */
async function dealsBefore(files: readonly LedgerFile[], settings: LedgerSettings): Promise<number> {
  const path = pathOf(settings, 'deals')
  const deals = files.filter((file) => file.path === path)
  if (deals.length === 0) return 0
  const alone = { ...settings, accounts: undefined, sellers: undefined }
  const { rows } = await judgeLedger(alone, deals, playbookFolder)
  return rows === undefined ? 0 : rows.won + rows.lost + rows.open + rows.void
}

function signingKey({ env }: ImportWorld, { publicKey }: PlaybookSettings): KeyObject | undefined {
  const text = env[signingVariable]
  if (text === undefined || text.trim() === '') return undefined
  const key = signingKeyOf(text)
  const wanted = publicKey === undefined ? undefined : publicKeyOf(publicKey)
  if (wanted !== undefined && publicHalf(key) !== wanted.export({ format: 'der', type: 'spki' }).toString('base64'))
    throw new Fault(
      `${signingVariable} does not belong to \`ledger.publicKey\` of playbook.yaml, so \`check\` would refuse what it signs. Correct the one or the other.`,
    )
  return key
}

function variablesOf<Names extends Record<string, string>>(
  names: Names,
  { env }: ImportWorld,
): { readonly [name in keyof Names]: string } {
  const missing = Object.keys(names).filter((name) => (env[name] ?? '').trim() === '')
  const [first] = missing
  if (first !== undefined)
    throw new Fault(
      `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set in the environment. ${first} is ${names[first]}; \`playproof import --help\` has the rest.`,
    )
  return Object.fromEntries(Object.keys(names).map((name) => [name, (env[name] ?? '').trim()])) as {
    [name in keyof Names]: string
  }
}

/** One line on stderr that is written over, for a person who watches. */
class Progress {
  readonly #shown: boolean
  #last = ''

  constructor(terminal: Terminal) {
    this.#shown = process.stderr.isTTY === true && !terminal.quiet
  }

  show(text: string): void {
    if (!this.#shown || text === this.#last) return
    this.#last = text
    process.stderr.write(`\r\u001b[K${visible(text).slice(0, Math.max(20, (process.stderr.columns || 80) - 1))}`)
  }

  end(): void {
    if (this.#last !== '') process.stderr.write('\r\u001b[K')
    this.#last = ''
  }
}
