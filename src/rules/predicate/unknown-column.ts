/**
 * Reports a predicate over a column that the ledger does not have.
 *
 * Nobody can then say which deals are meant, so what depends on that predicate stays quiet.
 */
import { nearest } from '../../source/nearest.ts'
import { code, listed } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'
import { inYaml } from '../reference/in-yaml.ts'
import { predicatesOf } from './predicates.ts'

interface Data {
  readonly column: string
  readonly field: string
  readonly near: readonly string[]
}

export const unknownColumnPredicate = defineRule({
  id: 'predicate/unknown-column',
  reads: ['playbook', 'ledger'],
  text: ({ column, field, near }: Data) =>
    `The ledger has no column ${code(column)}, so nobody can say which deals ${code(field)} means. ${
      near.length === 0
        ? "Name a column of the ledger, or map it under `ledger` of playbook.yaml if the file's header is another."
        : `Did you mean ${listed(near.map(code), 'or')}?`
    }`,
  *check({ playbook, ledger }) {
    const names = ledger.columns.map(({ name }) => name)
    const known = new Set(names)
    for (const { file, field, predicate } of predicatesOf(playbook)) {
      for (const { column, columnRange } of predicate.clauses) {
        if (known.has(column)) continue
        const near = nearColumns(column, names)
        const fixes = near.map((name) => ({
          title: `Write ${code(name)}`,
          edits: [{ file, range: columnRange, newText: inYaml(name) }],
        }))
        yield { at: { file, range: columnRange }, data: { column, field, near }, fixes }
      }
    }
  },
})

/** A column that two tables share goes by the names of its tables: both are offered. */
function nearColumns(column: string, names: readonly string[]): string[] {
  const shared = names.filter((name) => name.endsWith(`.${column}`))
  if (shared.length > 0) return shared
  const near = nearest(column, names)
  return near === undefined ? [] : [near]
}
