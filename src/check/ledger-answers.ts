/**
 * Asks the ledger what rules about predicates and people need to know, once.
 */
import type { Playbook } from '../graph/playbook.ts'
import type { LedgerEngine, ReadLedger } from '../ledger/ledger.ts'
import type { Predicate, PredicateValue } from '../model/predicate.ts'
import type { LedgerAnswers } from '../rules/define-rule.ts'

export async function ledgerAnswers(
  playbook: Playbook,
  read: ReadLedger,
  engine: LedgerEngine,
): Promise<LedgerAnswers> {
  const predicates: Predicate[] = playbook.entities.flatMap((entity) => Object.values(entity.predicates))
  if (playbook.settings.evidence.counts !== undefined) predicates.push(playbook.settings.evidence.counts)
  const known = new Set(engine.columns.map((column) => column.name))
  const found = new Map<string, boolean>()
  const suggestions = new Map<string, readonly string[]>()
  for (const { column, condition } of predicates.flatMap((predicate) => predicate.clauses)) {
    if (condition.kind === 'range' || !known.has(column)) continue
    for (const value of condition.values) {
      const key = valueKey(column, value.text)
      if (value.value === null || found.has(key)) continue
      const has = await engine.hasValue(column, value)
      found.set(key, has)
      if (!has && !suggestions.has(column)) suggestions.set(column, await engine.valuesOf(column, 200))
    }
  }
  return {
    columns: engine.columns,
    problems: read.problems,
    leftOut: read.leftOut,
    owners: await engine.owners(),
    hasValue: (column, text) => found.get(valueKey(column, text)) ?? true,
    valuesOf: (column) => suggestions.get(column) ?? [],
  }
}

function valueKey(column: string, text: PredicateValue['text']): string {
  return `${column}\u0000${text}`
}
