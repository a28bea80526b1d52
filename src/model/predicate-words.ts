/**
 * A predicate in words: `{ industry: [retail, medical], employees: { min: 500 } }` is “industry is retail or
 * medical, and employees is 500 or more”.
 */
import type { Predicate, PredicateValue } from './predicate.ts'

export function predicateWords(predicate: Predicate | undefined): string | undefined {
  if (predicate === undefined || predicate.clauses.length === 0) return undefined
  return predicate.clauses
    .map(({ column, condition }) => {
      const name = column.replace(/^.*\./, '').replaceAll('_', ' ')
      if (condition.kind === 'any') return `${name} is ${listed(condition.values, 'or')}`
      if (condition.kind === 'not') return `${name} is known and not ${listed(condition.values, 'or')}`
      const { min, max } = condition
      if (min !== undefined && max !== undefined) return `${name} is from ${min.text} to ${max.text}`
      return min !== undefined ? `${name} is ${min.text} or more` : `${name} is at most ${max?.text}`
    })
    .join(', and ')
}

function listed(values: readonly PredicateValue[], word: string): string {
  const words = values.map(({ value, text }) => (value === null ? 'blank' : text))
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${word} ${words.at(-1)}`
}
