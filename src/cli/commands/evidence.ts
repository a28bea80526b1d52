/**
 * `playproof evidence`: what the ledger says of each play.
 */
import type { CitationEvidence, Evidence, PlayEvidence } from '../../evidence/evidence.ts'
import { playChanges } from '../../reports/play-changes.ts'
import { reasonText } from '../../reports/reasons.ts'
import { percent, recordLine, verdictWords } from '../../reports/verdict-words.ts'
import { nearest } from '../../source/nearest.ts'
import { visible } from '../../source/visible.ts'
import { Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'
import { readWorkspace, type WorkspaceReading } from '../../workspace/read-workspace.ts'
import type { Terminal } from '../terminal.ts'

export interface EvidenceOptions {
  readonly root?: string
  readonly asOf?: string
  readonly against?: string
  readonly format: 'pretty' | 'json'
}

export async function evidence(
  play: string | undefined,
  options: EvidenceOptions,
  terminal: Terminal,
): Promise<number> {
  const root = findRoot(process.cwd(), options.root)
  const asOf = { note: terminal.note, ...(options.asOf === undefined ? {} : { asOf: options.asOf }) }
  const reading = await readWorkspace(root, asOf)
  const found = reading.result.evidence
  if (found === undefined)
    throw new Fault(
      'there is no ledger to take evidence from. Name one under `ledger` in playbook.yaml; `playproof check` says what is wrong with it if there is one.',
    )
  const plays = play === undefined ? found.plays : [onePlay(play, found)]
  if (options.against !== undefined) return compare(root, options.against, reading, plays, options, terminal)
  if (options.format === 'json') terminal.out(json(found, plays))
  else if (play === undefined) terminal.out(verdictTable(found, terminal))
  else terminal.out(inFull(plays[0] as PlayEvidence, found, reading, terminal))
  return 0
}

function json(found: Evidence, plays: readonly PlayEvidence[], extra: object = {}): string {
  return JSON.stringify({ version: 1, asOf: found.asOf, judgedOn: found.judgedOn, plays, ...extra }, undefined, 2)
}

function onePlay(id: string, found: Evidence): PlayEvidence {
  const play = found.plays.find((each) => each.id === id)
  if (play !== undefined) return play
  const near = nearest(
    id,
    found.plays.map((each) => each.id),
  )
  throw new Fault(
    `there is no play \`${visible(id)}\`.${near === undefined ? '' : ` Did you mean \`${visible(near)}\`?`}`,
  )
}

/** One line a play, the best first; what is not yet judged last. */
export function verdictTable(found: Evidence, { colors }: Terminal): string {
  const ranked = [...found.plays].sort(
    (a, b) => (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) || (a.id < b.id ? -1 : 1),
  )
  const rows = ranked.map((play) => [
    visible(play.id),
    visible(play.status ?? ''),
    verdictWords(play),
    recordLine(play),
  ])
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)))
  const lines = rows.map(
    (row) =>
      `${(row[0] ?? '').padEnd(widths[0] ?? 0)}  ${colors.dim((row[1] ?? '').padEnd(widths[1] ?? 0))}  ${verdictColor(row[2] ?? '', colors)(`${(row[2] ?? '').padEnd(widths[2] ?? 0)}`)}  ${row[3]}`,
  )
  const judged = found.judgedOn === found.asOf ? '' : `, comparisons as of ${found.judgedOn}`
  return [
    ...lines,
    colors.dim(
      `As of ${found.asOf}${judged}. Win rates with their 95% interval; others are deals of the same segment.`,
    ),
  ].join('\n')
}

function verdictColor(words: string, colors: Terminal['colors']): (text: string) => string {
  return words.startsWith('proven')
    ? colors.green
    : words.startsWith('repeatable')
      ? colors.cyan
      : words.startsWith('anecdotal')
        ? colors.yellow
        : colors.dim
}

function inFull(play: PlayEvidence, found: Evidence, reading: WorkspaceReading, { colors }: Terminal): string {
  const { record, baseline } = play
  const entity = reading.playbook.get('play', play.id)
  const money = new Intl.NumberFormat(reading.playbook.settings.locale, {
    style: 'currency',
    currency: reading.playbook.settings.currency,
    maximumFractionDigits: 0,
  })
  const lines = [
    colors.bold(visible(entity?.data.title ?? play.id)),
    `${verdictWords(play)} (status: ${visible(play.status ?? 'none')})`,
    '',
    colors.bold('Record'),
    `  ${recordLine(play)}`,
  ]
  if (record.basis === 'matched') lines.push('  These are deals that fit; nobody recorded that the play was run.')
  lines.push(`  ${record.accounts} accounts, ${record.sellers} sellers, last win ${record.lastWin ?? 'none'}`)
  if (record.medianAmount !== null)
    lines.push(
      `  median won amount ${money.format(record.medianAmount)} (quartiles ${money.format(record.amountQ1 ?? 0)} to ${money.format(record.amountQ3 ?? 0)}, n = ${record.amountN})`,
    )
  if (record.medianCycleDays !== null)
    lines.push(
      `  median cycle ${record.medianCycleDays} days (quartiles ${record.cycleQ1 ?? '?'} to ${record.cycleQ3 ?? '?'}; ${record.openUsed} open deals counted as not closed yet)`,
    )
  lines.push(`  baseline: ${baseline.wins} of ${baseline.wins + baseline.losses} won (${percent(baseline.winRate)})`)
  const statistics = [
    ...(play.better === null ? [] : [`P(better) = ${play.better.toFixed(4)}`]),
    ...(play.p === null ? [] : [`p = ${play.p.toPrecision(3)}`]),
    ...(play.q === null ? [] : [`q = ${play.q.toPrecision(3)} of m = ${play.m}`]),
    ...(play.rank === null ? [] : [`rank ${play.rank}`]),
  ]
  if (statistics.length > 0)
    lines.push(`  ${statistics.join(', ')}${found.judgedOn === found.asOf ? '' : ` (p and q as of ${found.judgedOn})`}`)
  for (const { dimension, value, share } of play.concentrated)
    lines.push(
      colors.yellow(`  concentrated: ${dimension} ${visible(value)} carries ${percent(share)} of the won amount`),
    )
  lines.push(
    '',
    colors.bold('Citations'),
    ...play.citations.map((citation) => `  ${citationLine(citation, reading, money, colors)}`),
  )
  if (play.citations.length === 0) lines.push('  none')
  const fitting = found.fitting(play.id).slice(0, 5)
  if (fitting.length > 0)
    lines.push(
      '',
      colors.bold('Won deals that would fit'),
      ...fitting.map(
        (deal) =>
          `  ${visible(deal.id)}  ${visible(deal.account)}, ${visible(deal.owner)}, closed ${deal.closed ?? ''}`,
      ),
    )
  return lines.join('\n')
}

function citationLine(
  citation: CitationEvidence,
  reading: WorkspaceReading,
  money: Intl.NumberFormat,
  colors: Terminal['colors'],
): string {
  const facts =
    citation.account === null
      ? ''
      : `  ${visible(citation.account)}, ${visible(citation.owner ?? '')}${citation.amount === null ? '' : `, ${money.format(citation.amount)}`}${citation.closed === null ? '' : `, closed ${citation.closed}`}`
  const mark = citation.eligible
    ? colors.green('counts')
    : colors.yellow(
        `does not count: ${citation.reasons.map((reason) => reasonText(reason, reading.playbook.settings.evidence)).join('; ')}`,
      )
  return `${visible(citation.deal)}${facts}  ${mark}`
}

async function compare(
  root: string,
  ref: string,
  reading: WorkspaceReading,
  plays: readonly PlayEvidence[],
  options: EvidenceOptions,
  terminal: Terminal,
): Promise<number> {
  const { mergeBase } = await import('../../workspace/git.ts')
  const { readRevision } = await import('../../workspace/read-since.ts')
  const base = await readRevision(root, mergeBase(root, ref), { asOf: reading.asOf })
  const asked = new Set(plays.map(({ id }) => id))
  const before = base === undefined ? undefined : { playbook: base.playbook, evidence: base.result.evidence }
  const changes = playChanges(
    before,
    { playbook: reading.playbook, evidence: reading.result.evidence },
    new Set(),
  ).filter(({ id, kind }) => asked.has(id) || (kind === 'removed' && asked.size > 1))
  if (options.format === 'json') {
    const found = reading.result.evidence as Evidence
    terminal.out(
      json(found, plays, {
        against: ref,
        changes: changes.map(({ id, before: old, after }) => ({
          id,
          before: old?.verdict ?? null,
          after: after?.verdict ?? null,
        })),
      }),
    )
    return 0
  }
  for (const { id, before: old, after } of changes) {
    terminal.out(
      `${terminal.colors.bold(visible(id))}: ${old === undefined ? 'new' : `${verdictWords(old)}, ${recordLine(old)}`}\n  now: ${after === undefined ? 'removed' : `${verdictWords(after)}, ${recordLine(after)}`}`,
    )
  }
  if (changes.length === 0) terminal.out(`No verdict or status differs from ${visible(ref)}.`)
  return 0
}
