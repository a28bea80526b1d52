/**
 * `check` for people: each finding with the line it is about, then one line that sums up.
 */
import type { Finding, NotRun } from '../../check/finding.ts'
import { visible } from '../../source/visible.ts'
import type { Terminal } from '../terminal.ts'
import { type CheckReport, count } from './report.ts'

export function prettyReport(report: CheckReport, terminal: Terminal): string {
  const blocks = report.findings.map((finding) => block(finding, report, terminal))
  if (!terminal.quiet) blocks.push(closing(report, terminal))
  return blocks.join('\n\n')
}

function block(finding: Finding, report: CheckReport, { colors, width }: Terminal): string {
  const { line, column } = finding.range.start
  const severity = { error: colors.red, warn: colors.yellow, hint: colors.cyan }[finding.severity](finding.severity)
  const lines = [
    `${visible(finding.file)}:${line}:${column} ${severity} ${colors.bold(finding.rule)}`,
    ...wrapped(visible(finding.text), Math.min(width, 110), '  '),
  ]
  lines.push(...excerpt(finding, report).map((each) => colors.dim(each)))
  for (const { file, range, text } of finding.related.slice(0, 5))
    lines.push(colors.dim(`    ${visible(file)}:${range.start.line} ${visible(text)}`))
  for (const fix of finding.fixes.slice(0, 3)) lines.push(colors.green(`  fix: ${visible(fix.title)}`))
  return lines.join('\n')
}

/** The line of the text with the range marked; nothing where there is no text to show. */
function excerpt({ file, range }: Finding, report: CheckReport): string[] {
  const source = report.source(file)
  const line = source?.lineText(range.start.line)
  if (line === undefined || line.trim() === '') return []
  const from = range.start.column - 1
  const to = range.end.line === range.start.line ? range.end.column - 1 : line.length
  // What is shown of a line is short; a line may have a hundred thousand characters, and as many findings.
  const [before, marked, after] = [
    line.slice(Math.max(0, from - 200), from),
    line.slice(from, Math.min(to, from + 200)),
    line.slice(to, to + 200),
  ].map(visible) as [string, string, string]
  const cut = Math.max(0, before.length - 60)
  const number = String(range.start.line)
  const text = `${cut > 0 ? '…' : ''}${before.slice(cut)}${marked}${after}`
  return [
    `  ${number} | ${text.length > 100 ? `${text.slice(0, 99)}…` : text}`,
    `  ${' '.repeat(number.length)} | ${cut > 0 ? ' ' : ''}${before.slice(cut).replace(/[^\t]/g, ' ')}${'^'.repeat(Math.max(1, Math.min(marked.length, 60)))}`,
  ]
}

function closing({ summary, asOf, notRun }: CheckReport, { colors }: Terminal): string {
  const what = `${count(summary.files, 'page')}, ${count(summary.plays, 'play')}, ${count(summary.deals, 'deal')}, judged as of ${asOf}`
  const numbers = [
    colors.red(count(summary.errors, 'error')),
    colors.yellow(count(summary.warnings, 'warning')),
    colors.cyan(count(summary.hints, 'hint')),
    ...(summary.waived > 0 ? [`${summary.waived} waived`] : []),
    ...(summary.baselined > 0 ? [`${summary.baselined} in the baseline`] : []),
  ]
  const total = summary.errors + summary.warnings + summary.hints
  const lines = [
    `${what}: ${summary.errors === 0 ? colors.green('passes') : colors.red('blocked')} with ${numbers.join(', ')}.`,
  ]
  lines.push(...notRunLines(notRun))
  if (total > 0) lines.push(colors.dim('`playproof explain <rule>` says why a rule is there and when it is wrong.'))
  return lines.join('\n')
}

/** `12 rules were not run (no ledger): citation/not-won, …`, a line for each reason. */
export function notRunLines(notRun: readonly NotRun[]): string[] {
  const reasons = [...new Set(notRun.map(({ reason }) => reason))]
  return reasons.map((reason) => {
    const rules = notRun.filter((each) => each.reason === reason).map(({ rule }) => rule)
    return `${rules.length} ${rules.length === 1 ? 'rule was' : 'rules were'} not run (${visible(reason)}): ${rules.join(', ')}.`
  })
}

/** Words of a text in lines of at most `width`, each after `indent`. */
export function wrapped(text: string, width: number, indent: string): string[] {
  const lines: string[] = []
  let line = indent
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > width && line.trim() !== '') {
      lines.push(line)
      line = indent
    }
    line += line === indent ? word : ` ${word}`
  }
  return [...lines, line]
}
