/**
 * `npm run bench -- [scenario …] [--rounds 5] [--no-peers]`: what Playproof costs, beside its peers in the same run.
 *
 * Prints a table and keeps every single run in `.playproof/bench.json`. It gates nothing: seconds of a
 * shared machine would. A person compares the ratios with those of the last release.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { load, measureInTurn, pairwise, type Ratio, type Series } from './measure.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { deleteWhatWasSetAside } from './set-aside.ts'

interface Result {
  readonly name: string
  readonly note: string
  readonly goal: string
  readonly series: readonly Series[]
  /** What ours needs of what each peer does, in the order of the series. */
  readonly ratios: readonly { readonly cpu: Ratio; readonly wall: Ratio }[]
  readonly load: number
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const work = join(root, '.playproof')
const { positionals, values } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: { rounds: { type: 'string' }, peers: { type: 'boolean', default: true } },
})
const known = scenarios(root, work, values.peers)
const unknown = positionals.filter((name) => !known.some((scenario) => scenario.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `bench: there is no ${unknown.join(', ')}. There are ${known.map(({ name }) => name).join(', ')}.\n`,
  )
  process.exit(2)
}

mkdirSync(work, { recursive: true })
const results: Result[] = []
for (const scenario of known.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  process.stderr.write(`${scenario.name} …\n`)
  try {
    results.push(run(scenario))
  } catch (error) {
    process.stderr.write(
      `${scenario.name} could not be measured. ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exitCode = 1
  }
}

deleteWhatWasSetAside(work)

const machine = {
  node: process.version,
  platform: `${platform()} ${arch()}`,
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? '',
}
writeFileSync(
  join(work, 'bench.json'),
  `${JSON.stringify({ date: new Date().toISOString(), ...machine, results }, null, 2)}\n`,
)
process.stdout.write(
  `${table(results)}\n\n${machine.node}, ${machine.platform}, ${machine.cores} cores. CPU is user and system seconds of the whole process, median of the runs; each run is in .playproof/bench.json.\n`,
)

function run(scenario: Scenario): Result {
  const series = measureInTurn(
    scenario.prepare(),
    values.rounds === undefined ? scenario.rounds : Number(values.rounds),
  )
  const [ours, ...others] = series
  return {
    name: scenario.name,
    note: scenario.note,
    goal: scenario.goal,
    series,
    ratios:
      ours === undefined
        ? []
        : others.map((peer) => ({ cpu: pairwise(ours, peer, 'cpu'), wall: pairwise(ours, peer, 'wall') })),
    load: load(),
  }
}

/** One line a command, and what it means under it. */
function table(rows: readonly Result[]): string {
  const header = ['scenario', 'command', 'CPU s', 'wall s', 'peak MiB', 'ours of its CPU', 'ours of its time', 'goal']
  const cells = rows.flatMap(({ name, goal, series, ratios }) =>
    series.map(({ name: command, median }, index) => [
      index === 0 ? name : '',
      command,
      median.cpu.toFixed(3),
      median.wall.toFixed(3),
      median.peak.toFixed(0),
      ratioText(ratios[index - 1]?.cpu),
      ratioText(ratios[index - 1]?.wall),
      index === 0 ? goal : '',
    ]),
  )
  const widths = header.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(header), ...cells.map(line), '', ...rows.map(({ name, note }) => `${name}: ${note}`)].join('\n')
}

function ratioText(ratio: Ratio | undefined): string {
  return ratio === undefined ? '' : `${ratio.median.toFixed(2)} (${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})`
}
