/**
 * What the benchmark measures: each scenario is the same work done by Playproof and, where there is one, a peer.
 *
 * The command that is measured is the one users start, bundle and start-up included. Generated playbooks
 * are kept in `.playproof/bench`, one folder for each recipe.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reports } from '../../src/reports/reports.ts'
import { generatePlaybook, mixedSizes, playSizes, type Sizes, writePlaybook } from './generate.ts'
import type { Command } from './measure.ts'
import { installPeers, remark, starlight } from './peers.ts'
import { setAside } from './set-aside.ts'

export interface Scenario {
  readonly name: string
  /** What is compared, and what the peer does not do. */
  readonly note: string
  readonly goal: string
  readonly rounds: number
  /** Makes what is needed; ours comes first, its peer second. */
  readonly prepare: () => readonly Command[]
}

/** Raise it when the generator changes, so that old playbooks are not taken for new ones. */
const GENERATOR = 3

export function scenarios(root: string, work: string, peers: boolean): readonly Scenario[] {
  const playproof = (name: string, playbook: string, args: readonly string[], before?: () => void): Command => ({
    name: `playproof ${name}`,
    args: [join(root, 'src/cli/playproof.mjs'), ...args, '--root', playbook],
    cwd: playbook,
    accepts: [0, 1],
    ...(before === undefined ? {} : { before }),
  })
  const generated = (name: string, sizes: Sizes) => {
    const folder = join(work, 'bench', name)
    const stamp = join(folder, 'sizes.json')
    const wanted = JSON.stringify({ GENERATOR, ...sizes })
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder
    rmSync(folder, { recursive: true, force: true })
    writePlaybook(folder, generatePlaybook(sizes))
    writeFileSync(stamp, wanted)
    return folder
  }
  const withoutCache = (playbook: string) => () => setAside(work, join(playbook, '.playproof'))
  const check = (playbook: string) => playproof('check', playbook, ['check', '--quiet'], withoutCache(playbook))
  const large = () => generated('pages-10000', mixedSizes(10_000, 100_000))

  const site = (name: string, plays: number, rounds: number): Scenario => ({
    name,
    note: `${plays.toLocaleString('en-US')} plays and the pages they need, each tool with its search. Starlight gets titles and bodies, first of the pages that the site has, where each play has a second one for the call, then of each file; Playproof also reads the ledger and computes each play’s record.`,
    goal: 'half as long as Starlight over the same pages at most, 2,048 MiB at most',
    rounds,
    prepare: () => {
      const folder = generated(`plays-${plays}`, playSizes(plays))
      const clean = () => {
        withoutCache(folder)()
        setAside(work, join(folder, 'dist'))
      }
      return [
        playproof('build', folder, ['build'], clean),
        ...(peers
          ? (['the same pages', 'the files'] as const).map((pages) =>
              starlight(work, installPeers(work), folder, pages),
            )
          : []),
      ]
    },
  })

  return [
    {
      name: 'version',
      note: 'the start of the command against the start of Node.',
      goal: '2 times at most',
      rounds: 15,
      prepare: () => [
        { name: 'playproof --version', args: [join(root, 'src/cli/playproof.mjs'), '--version'], cwd: root },
        { name: 'node -e 0', args: ['-e', '0'], cwd: root },
      ],
    },
    {
      name: 'demonstration',
      note: '`check` of the demonstration playbook with its 8,800 deals, no cache.',
      goal: '0.8 CPU s at most',
      rounds: 7,
      prepare: () => [check(demonstrationIn(root, work))],
    },
    {
      name: 'cold',
      note: '`check` of 10,000 generated pages with a ledger of 100,000 deals, no cache.',
      goal: '12 CPU s, 700 MiB at most',
      rounds: 3,
      prepare: () => [check(large())],
    },
    {
      name: 'warm',
      note: 'the same again, nothing changed.',
      goal: '1 CPU s at most',
      rounds: 5,
      prepare: () => [playproof('check', large(), ['check', '--quiet'])],
    },
    {
      name: 'million',
      note: '`check` of 200 pages with a ledger of 1,000,000 deals, through DuckDB, no cache.',
      goal: '6 CPU s, 500 MiB at most',
      rounds: 3,
      prepare: () => [check(generated('deals-1000000', mixedSizes(200, 1_000_000)))],
    },
    {
      name: 'reports',
      note: 'each report on the same 1,000,000 deals, the whole command: reading and checking are in it, and the first line is a check without its cache.',
      goal: 'each at most 3 CPU s more than the check',
      rounds: 3,
      prepare: () => {
        const folder = generated('deals-1000000', mixedSizes(200, 1_000_000))
        const names = reports.map(({ name }) => name)
        return [
          check(folder),
          ...names.map((name) => ({
            ...playproof(`report ${name}`, folder, ['report', name, '--format', 'json']),
            before: () => payBy(folder),
          })),
        ]
      },
    },
    {
      name: 'engines',
      note: 'the same 100,000 deals read in memory, as `check` does, and through DuckDB; every predicate of the playbook asked.',
      goal: 'memory at most 1.5 times DuckDB',
      rounds: 5,
      prepare: () => {
        const folder = generated('deals-100000', mixedSizes(200, 100_000))
        const read = (engine: string): Command => ({
          name: engine,
          args: [join(root, 'test/bench/read-ledger.ts'), folder, engine],
          cwd: root,
        })
        return [read('memory'), read('duckdb')]
      },
    },
    {
      name: 'editor',
      note: '`lsp` over the same 10,000 pages: a page is opened, 60 keys are typed, a deal is completed. Its own lines above the table say how long each took.',
      goal: '1 s to the open page, 3 s to ready, 30 ms a key, 500 MiB',
      rounds: 1,
      prepare: () => [typing(root, large(), 'plays')],
    },
    {
      name: 'editor-demonstration',
      note: 'the same over the demonstration.',
      goal: '300 ms to the open page, 1 s to ready',
      rounds: 3,
      prepare: () => [typing(root, demonstrationIn(root, work), 'plays')],
    },
    {
      name: 'peer',
      note: 'the same 1,000 generated pages. remark-cli checks frontmatter by JSON Schema and links; Playproof also reads 10,000 deals and judges evidence. 1,000 and not 10,000, for which remark-cli takes minutes.',
      goal: '',
      rounds: 3,
      prepare: () => {
        const folder = generated('pages-1000', mixedSizes(1_000, 10_000))
        return [check(folder), ...(peers ? [remark(installPeers(work), folder)] : [])]
      },
    },
    site('site', 1_000, 3),
    site('site-large', 5_000, 1),
    {
      name: 'search',
      note: 'a phone-size page of the site of 5,000 plays in a real browser: eight plays are looked for by their titles, with nothing loaded before. Its own line above the table says how long the results took.',
      goal: '250 ms to the first result, 60 ms to each next',
      rounds: 1,
      prepare: () => {
        const folder = generated('plays-5000', playSizes(5_000))
        execFileSync(process.execPath, [join(root, 'src/cli/playproof.mjs'), 'build', '--root', folder])
        return [{ name: 'search', args: [join(root, 'test/bench/searching.ts'), folder], cwd: folder, tells: true }]
      },
    },
  ]
}

/** A copy of the demonstration, so that nothing of ours lies beside it. */
function demonstrationIn(root: string, work: string): string {
  const folder = join(work, 'bench/demonstration')
  rmSync(folder, { recursive: true, force: true })
  cpSync(join(root, 'playbook'), join(folder, 'playbook'), { recursive: true })
  return folder
}

/** An editor at work on the first page of a folder. */
function typing(root: string, playbook: string, folder: string): Command {
  const name = readdirSync(join(playbook, 'playbook', folder)).sort()[0] ?? ''
  return {
    name: 'playproof lsp',
    args: [join(root, 'test/bench/typing.ts'), playbook, `playbook/${folder}/${name}`],
    cwd: playbook,
    tells: true,
  }
}

/** What `report comp` pays by: the first of each side. */
function payBy(folder: string): void {
  writeFileSync(
    join(folder, 'playbook/comp.yaml'),
    'period: quarter\nparticipants:\n  - { person: person-a, rate: 0.01 }\n  - { person: person-b, rate: 0.01 }\n',
  )
}
