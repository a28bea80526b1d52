/**
 * Deals of the ledger as the features of an editor ask for them: one by its id, or all in turn.
 */
import type { Deal } from '../ledger/ledger.ts'
import type { View } from './language-service.ts'

/** Undefined where there is no ledger, or no such deal in it. */
export function dealIn({ engine }: View, id: string): Deal | undefined {
  const row = engine?.rowOf(id)
  return row === undefined ? undefined : engine?.deal(row)
}

/** In order of id; a deal is made when it is come to. */
export function* allDeals({ engine }: View): Generator<Deal> {
  for (let row = 0; row < (engine?.dealCount ?? 0); row++) if (engine !== undefined) yield engine.deal(row)
}

/** Those that are won, likewise. */
export function* wonDeals({ evidence }: View): Generator<Deal> {
  for (const { deal } of evidence?.sales ?? []) yield deal
}
