/**
 * `check --format sarif`: SARIF 2.1.0, as code hosts take it in.
 */
import { createHash } from 'node:crypto'
import type { Log } from 'sarif'
import { type Finding, findingKey } from '../../check/finding.ts'
import type { Severity } from '../../model/rule-ids.ts'
import { rules } from '../../rules/rules.ts'
import type { LineRange } from '../../source/text.ts'
import { visible } from '../../source/visible.ts'
import { version } from '../../workspace/version.ts'
import type { CheckReport } from './report.ts'

/** A code host takes 25,000 results of a run; the most severe come first. */
const mostResults = 25_000
const levels: Record<Severity, 'error' | 'warning' | 'note'> = { error: 'error', warn: 'warning', hint: 'note' }
const order: Record<Severity, number> = { error: 0, warn: 1, hint: 2 }

export function sarifReport({ findings, notRun }: CheckReport): string {
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]))
  const results = [...findings].sort((a, b) => order[a.severity] - order[b.severity]).slice(0, mostResults)
  const seen = new Map<string, number>()
  // The type is made from the schema of SARIF 2.1.0, so that the compiler holds this to it.
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Playproof',
            semanticVersion: version,
            rules: rules.map((rule) => ({
              id: rule.id,
              name: rule.id,
              defaultConfiguration: { level: levels[rule.severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notRun.map(({ rule, reason }) => ({
              level: 'note',
              message: { text: `${rule} was not run: ${message(reason)}` },
            })),
          },
        ],
        results: results.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: indexes.get(finding.rule) ?? -1,
          level: levels[finding.severity],
          message: { text: message(finding.text) },
          locations: [{ physicalLocation: location(finding.file, finding.range) }],
          relatedLocations: finding.related.map(({ file, range, text }, id) => ({
            id,
            message: { text: message(text) },
            physicalLocation: location(file, range),
          })),
          partialFingerprints: { 'playproof/v1': fingerprint(finding, seen) },
        })),
      },
    ],
  }
  return JSON.stringify(log, undefined, 2)
}

/** In a message of SARIF `[words](address)` is a link, which an author's text must not become. */
function message(text: string): string {
  return visible(text).replaceAll('](', '] (')
}

function location(file: string, range: LineRange) {
  return {
    artifactLocation: { uri: file.toWellFormed().split('/').map(encodeURIComponent).join('/') },
    region: {
      startLine: range.start.line,
      startColumn: range.start.column,
      endLine: range.end.line,
      endColumn: range.end.column,
    },
  }
}

/** Stays the same when lines move; equal findings are told apart by their order. */
function fingerprint(finding: Finding, seen: Map<string, number>): string {
  const key = findingKey(finding)
  const nth = seen.get(key) ?? 0
  seen.set(key, nth + 1)
  return createHash('sha256').update(`${key}\u0000${nth}`).digest('hex')
}
