/**
 * `check --format markdown`: the summary of a pull request, for the marketer who opened it.
 *
 * Everything the author controls is made inert: no markup, mention, link or image of theirs survives.
 */
import type { Finding } from '../../check/finding.ts'
import type { EvidenceSettings } from '../../model/ledger-settings.ts'
import type { PlayChange, RecordChange } from '../../reports/play-changes.ts'
import { reasonText } from '../../reports/reasons.ts'
import { shortened } from '../../source/visible.ts'
import { code, plain } from './markdown-text.ts'
import { type CheckReport, count } from './report.ts'

export interface ChangeReport {
  readonly plays: readonly PlayChange[]
  readonly records: readonly RecordChange[]
  /** Dotted names of the keys of playbook.yaml that differ. */
  readonly settings: readonly string[]
  /** New waivers of errors, which hold after the merge. */
  readonly newWaivers: readonly { readonly rule: string; readonly file: string; readonly reason: string }[]
  readonly thresholds: EvidenceSettings
}

const mostLines = 60
/** A code host refuses a comment of more than 65,536 characters. */
const mostCharacters = 60_000

export function markdownReport(report: CheckReport, change: ChangeReport | undefined): string {
  const lines = [headline(report), '']
  if (change !== undefined && change.plays.length > 0)
    lines.push('### Plays', '', ...change.plays.map((play) => `- ${playSentence(play, change.thresholds)}`), '')
  if (report.findings.length > 0)
    lines.push(change === undefined ? '### Findings' : '### New findings', '', ...report.findings.map(findingLine), '')
  if (change !== undefined && change.records.length > 0)
    lines.push('### Deals', '', ...change.records.map(recordLine), '')
  if (change !== undefined && change.settings.length > 0)
    lines.push('### playbook.yaml', '', ...change.settings.map((key) => `- ${code(key)} changed`), '')
  if (change !== undefined && change.newWaivers.length > 0) {
    lines.push(
      '### Waivers that hold after the merge',
      '',
      ...change.newWaivers.map(
        ({ rule, file, reason }) => `- ${code(rule)} in ${code(file)}: ${plain(shortened(reason, 500))}`,
      ),
      '',
    )
  }
  if (report.notRun.length > 0)
    lines.push(
      `${count(report.notRun.length, 'rule')} not run: ${plain([...new Set(report.notRun.map(({ reason }) => reason))].join('; '))}.`,
      '',
    )
  return folded(lines)
}

function headline({ summary, asOf }: CheckReport): string {
  const verdict = summary.errors > 0 ? 'This change is blocked' : 'This change passes'
  return `**${verdict}**: ${count(summary.errors, 'error')}, ${count(summary.warnings, 'warning')}, ${count(summary.hints, 'hint')} (judged as of ${asOf}).`
}

function playSentence(change: PlayChange, settings: EvidenceSettings): string {
  const { before, after } = change
  const name = code(change.id)
  if (after === undefined) return `${name} is removed; it was ${before?.verdict ?? 'unproven'}.`
  const parts: string[] = []
  if (change.accounts !== undefined && change.accounts.eligible < change.accounts.needed)
    parts.push(
      `${change.accounts.eligible} of ${change.accounts.needed} accounts${change.kind === 'new' ? '' : ' left'}`,
    )
  for (const citation of change.lost.slice(0, 4))
    parts.push(`${code(citation.deal)} ${citation.reasons.map((reason) => reasonText(reason, settings)).join(' and ')}`)
  const why = parts.length === 0 ? '' : `: ${parts.join(', ')}`
  const fit = change.wouldFit.length === 0 ? '' : ` Would fit: ${change.wouldFit.map(code).join(', ')}.`
  const status =
    before?.status === after.status || before === undefined
      ? ''
      : ` (status ${before.status ?? 'none'} to ${after.status ?? 'none'})`
  if (before === undefined)
    return `${name} is new, status ${after.status ?? 'none'}, verdict ${after.verdict}${why}.${fit}`
  if (before.verdict === after.verdict) return `${name}: still ${after.verdict}${status}${why}.${fit}`
  return `${name}: ${before.verdict} to ${after.verdict}${status}${why}.${fit}`
}

function recordLine({ id, type, takenIn, lost, wins }: RecordChange): string {
  const won = type === 'play' && takenIn > 0 ? ` (${wins} won)` : ''
  return `- The changed ${type === 'play' ? '`match` of' : 'segment'} ${code(id)} takes in ${count(takenIn, 'deal')}${won} and loses ${count(lost, 'deal')}.`
}

function findingLine({ severity, file, range, text, rule }: Finding): string {
  return `- **${severity}** ${code(`${file}:${range.start.line}`)} ${plain(shortened(text, 500))} (${code(rule)})`
}

/** At most sixty lines stand open; the rest is folded, as much of it as a comment may hold. */
function folded(all: readonly string[]): string {
  const lines = withinComment(all)
  if (lines.length <= mostLines) return lines.join('\n').trimEnd()
  // The fold itself takes four lines and a blank one.
  const open = lines.slice(0, mostLines - 5)
  const rest = lines.slice(mostLines - 5)
  return [
    ...open,
    '',
    `<details><summary>${rest.filter((line) => line.startsWith('- ')).length} more</summary>`,
    '',
    ...rest,
    '',
    '</details>',
  ].join('\n')
}

function withinComment(lines: readonly string[]): readonly string[] {
  let length = 0
  const end = lines.findIndex((line) => {
    length += line.length + 1
    return length > mostCharacters
  })
  if (end < 0) return lines
  const left = lines.slice(end).filter((line) => line.startsWith('- ')).length
  return [
    ...lines.slice(0, end),
    '',
    `And ${left.toLocaleString('en-US')} more; \`playproof check\` shows them all.`,
    '',
  ]
}
