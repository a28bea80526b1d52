/**
 * Whether what is won lies where we mean to sell: inside a segment that some market names.
 */
import type { Evidence, SaleEvidence } from '../evidence/evidence.ts'
import type { Playbook } from '../graph/playbook.ts'
import { majorAmount, Sum, type Total } from './money.ts'

export interface Focus {
  /** Won deals that count. */
  readonly wins: Total
  /** Those inside a segment that some market names. */
  readonly inside: Total
  /** 0 to 1, by count and by amount; null where there is nothing to share. */
  readonly share: number | null
  readonly amountShare: number | null
}

/** The segments that markets name, by id. */
export function segmentsOfMarkets(playbook: Playbook): string[] {
  return [...new Set(playbook.of('market').flatMap(({ data }) => data.segment ?? []))].sort()
}

/** Parts won deals that count into those inside such a segment and the rest. */
export function focusMaker(
  playbook: Playbook,
  evidence: Evidence,
): (sales: readonly SaleEvidence[]) => { focus: Focus; outside: readonly SaleEvidence[] } {
  const isInside = evidence.insideOf(segmentsOfMarkets(playbook))
  return (sales) => {
    const inside = new Sum()
    const others = new Sum()
    const outside: SaleEvidence[] = []
    for (const sale of sales) {
      if (sale.reasons.includes('not-counted')) continue
      if (isInside(sale.row)) inside.add(sale)
      else {
        others.add(sale)
        outside.push(sale)
      }
    }
    const part = inside.total(playbook)
    const wins = {
      deals: inside.deals + others.deals,
      amount: majorAmount(inside.minor + others.minor, playbook),
    }
    return {
      focus: {
        wins,
        inside: part,
        share: wins.deals === 0 ? null : part.deals / wins.deals,
        amountShare: wins.amount === 0 ? null : part.amount / wins.amount,
      },
      outside,
    }
  }
}
