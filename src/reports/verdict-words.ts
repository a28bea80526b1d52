/**
 * A verdict in words, the same on every face.
 */
import type { PlayEvidence } from '../evidence/evidence.ts'

/** `proven (by fit)`, `repeatable`, … */
export function verdictWords({ verdict, record }: PlayEvidence): string {
  return verdict === 'proven' && record.basis === 'matched' ? 'proven (by fit)' : verdict
}
