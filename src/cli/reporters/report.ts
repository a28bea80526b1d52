/**
 * What a reporter gets: findings and the circumstances, nothing that still has to be decided.
 */
import type { CheckSummary, Finding, NotRun } from '../../check/finding.ts'
import type { SourceText } from '../../source/text.ts'

export interface CheckReport {
  readonly asOf: string
  readonly summary: CheckSummary
  readonly notRun: readonly NotRun[]
  readonly findings: readonly Finding[]
  source(path: string): SourceText | undefined
}

/** `2 errors`, `1 error`, `no errors`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number === 0 ? 'no' : number.toLocaleString('en-US')} ${number === 1 ? one : many}`
}
