/**
 * What one run of a command costs, and how two commands compare.
 *
 * CPU seconds of the whole process lead, because the machine may be shared and its clock then measures
 * the neighbours. Runs of two commands alternate (A B A B) and are compared pair by pair, so that a
 * neighbour who comes or goes falls on both.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HOOK = fileURLToPath(new URL('./usage-hook.cjs', import.meta.url))

/** A Node program with its arguments. */
export interface Command {
  readonly name: string
  readonly args: readonly string[]
  readonly cwd: string
  /** Exit statuses that mean the work was done; findings make 1. */
  readonly accepts?: readonly number[]
  /** Whether what it says on stderr are figures of its own, to be shown. */
  readonly tells?: boolean
  /** Makes the state the run starts from, such as an empty cache; not measured. */
  readonly before?: () => void
}

export interface Cost {
  /** CPU seconds, user and system, with child processes on Linux. */
  readonly cpu: number
  /** Seconds by the clock. */
  readonly wall: number
  /** The largest resident size of the process itself, in MiB. */
  readonly peak: number
}

export interface Series {
  readonly name: string
  readonly runs: readonly Cost[]
  readonly median: Cost
}

function measure(command: Command): Cost {
  command.before?.()
  const folder = mkdtempSync(join(tmpdir(), 'playproof-bench-'))
  const usage = join(folder, 'usage.json')
  try {
    const started = process.hrtime.bigint()
    const ran = spawnSync(process.execPath, ['--require', HOOK, ...command.args], {
      cwd: command.cwd,
      env: { ...process.env, PLAYPROOF_USAGE: usage, NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1' },
      maxBuffer: 1 << 28,
      encoding: 'utf8',
    })
    const wall = Number(process.hrtime.bigint() - started) / 1e9
    if (!(command.accepts ?? [0]).includes(ran.status ?? -1)) {
      throw new Error(
        `${command.name} ended with ${ran.status ?? ran.signal}:\n${(ran.stderr + ran.stdout).slice(-2000)}`,
      )
    }
    if (command.tells) process.stderr.write(ran.stderr)
    const { cpu, peak } = JSON.parse(readFileSync(usage, 'utf8')) as { cpu: number; peak: number }
    return { cpu, wall, peak }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Measures the commands in turn, after one run of each that is not counted. */
export function measureInTurn(commands: readonly Command[], rounds: number): Series[] {
  for (const command of commands) measure(command)
  const runs = commands.map((): Cost[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, command] of commands.entries()) runs[index]?.push(measure(command))
  }
  return commands.map(({ name }, index) => {
    const own = runs[index] ?? []
    const of = (key: keyof Cost) => median(own.map((cost) => cost[key]))
    return { name, runs: own, median: { cpu: of('cpu'), wall: of('wall'), peak: of('peak') } }
  })
}

export interface Ratio {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** How many times what `b` needs a run of `a` needs, pair by pair. */
export function pairwise(a: Series, b: Series, of: 'cpu' | 'wall'): Ratio {
  const ratios = a.runs.map((cost, index) => cost[of] / (b.runs[index]?.[of] ?? Number.NaN))
  return { median: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function load(): number {
  return loadavg()[0] ?? 0
}
