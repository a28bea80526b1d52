/**
 * `check --format github`: annotations on the lines of a pull request.
 *
 * The runner reads commands out of the log, so text of the playbook is escaped until it can be none, in
 * messages and in properties, and no line begins with it. The runner keeps ten annotations of a kind: the first
 * ten are given, the others counted.
 */
import type { Severity } from '../../model/rule-ids.ts'
import { shortened, visible } from '../../source/visible.ts'
import { type CheckReport, count } from './report.ts'

const kept = 10
const commands: readonly (readonly [Severity, string])[] = [
  ['error', 'error'],
  ['warn', 'warning'],
  ['hint', 'notice'],
]

export function githubReport({ findings, summary, asOf }: CheckReport): string {
  const lines: string[] = []
  for (const [severity, command] of commands) {
    const all = findings.filter((finding) => finding.severity === severity)
    for (const { file, range, rule, text } of all.slice(0, kept)) {
      const oneLine = range.start.line === range.end.line ? `,endColumn=${range.end.column}` : ''
      const place = `file=${property(file)},line=${range.start.line},endLine=${range.end.line},col=${range.start.column}${oneLine}`
      lines.push(`::${command} ${place},title=${property(rule)}::${message(text)}`)
    }
    if (all.length > kept) lines.push(`and ${all.length - kept} more of severity ${severity}`)
  }
  lines.push(
    `playproof: ${count(summary.errors, 'error')}, ${count(summary.warnings, 'warning')}, ${count(summary.hints, 'hint')} as of ${asOf}`,
  )
  return lines.join('\n')
}

function message(text: string): string {
  return inert(shortened(text, 3_000))
}

function property(text: string): string {
  return inert(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** `##[` is a command anywhere in a line, also after the runner has decoded the message. */
function inert(text: string): string {
  return visible(text)
    .replaceAll('##[', '## [')
    .replaceAll('::', ': :')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
}
