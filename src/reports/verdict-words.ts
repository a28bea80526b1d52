/**
 * A verdict and a record in the words of a sentence, the same in the terminal everywhere.
 */
import type { PlayEvidence } from '../evidence/evidence.ts'

/** `proven (by fit)`, `repeatable`, … */
export function verdictWords({ verdict, record }: PlayEvidence): string {
  return verdict === 'proven' && record.basis === 'matched' ? 'proven (by fit)' : verdict
}

/** `186 of 266 won, 64% to 75%; others 61%`, or the counts alone where they are too few to say more. */
export function recordLine({ record, baseline, tooFew }: PlayEvidence): string {
  const closed = record.wins + record.losses
  if (closed === 0) return 'no closed deal yet'
  const counts = `${record.wins} of ${closed} won`
  if (tooFew) return `${counts}: too few to say`
  const others = baseline.winRate === null ? '' : `; others ${percent(baseline.winRate)}`
  return `${counts}, ${percent(record.low)} to ${percent(record.high)}${others}`
}

export function percent(share: number | null): string {
  return share === null ? 'none' : `${Math.round(share * 100)}%`
}
