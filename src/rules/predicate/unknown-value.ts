/**
 * Reports a value in a predicate that no row of the ledger has in that column.
 *
 * Bounds are never asked, and neither is `null`, which means a blank cell. A column that the ledger lacks
 * is for `predicate/unknown-column`.
 */
import { nearest } from '../../source/nearest.ts'
import { code, listed } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'
import { inYaml } from '../reference/in-yaml.ts'
import { predicatesOf } from './predicates.ts'

interface Data {
  readonly value: string
  readonly column: string
  readonly near: string | undefined
  /** What the column has, most frequent first. */
  readonly examples: readonly string[]
}

export const unknownValuePredicate = defineRule({
  id: 'predicate/unknown-value',
  reads: ['playbook', 'ledger'],
  text: ({ value, column, near, examples }: Data) => {
    const wrong = `The ledger has no ${code(value)} in the column ${code(column)}, and values compare exactly.`
    if (near !== undefined) return `${wrong} Did you mean ${code(near)}?`
    const has = examples.length === 0 ? '' : ` The column has ${listed(examples.map(code))}.`
    return `${wrong}${has} Write the value as the ledger has it, or remove it.`
  },
  *check({ playbook, ledger }) {
    const types = new Map(ledger.columns.map(({ name, type }) => [name, type]))
    for (const { file, predicate } of predicatesOf(playbook)) {
      for (const { column, condition } of predicate.clauses) {
        const type = types.get(column)
        if (condition.kind === 'range' || type === undefined) continue
        for (const { value, text, range } of condition.values) {
          if (value === null || ledger.hasValue(column, text)) continue
          const values = ledger.valuesOf(column)
          const near = type === 'text' ? nearest(text, values) : undefined
          const examples = [...values.slice(0, 5), ...(values.length > 5 ? ['…'] : [])]
          const fixes =
            near === undefined
              ? []
              : [{ title: `Write ${code(near)}`, edits: [{ file, range, newText: inYaml(near) }] }]
          yield { at: { file, range }, data: { value: text, column, near, examples }, fixes }
        }
      }
    }
  },
})
