/**
 * How a cell is compared with what a predicate allows: the same in every engine.
 *
 * Text compares exactly, as written, so that `0007` is not `7`. Numbers and dates compare as such, and only in columns
 * of that type; a range over text never holds. A blank cell satisfies only a list that names `null`.
 */

import { isDay } from '../model/dates.ts'
import type { ColumnType } from '../model/ledger-settings.ts'
import type { Condition, PredicateValue } from '../model/predicate.ts'
import { plainNumber } from './money.ts'

/** Whether the text of a cell satisfies the condition. Numbers are plain ({@link plainNumber}), dates `YYYY-MM-DD`. */
export function cellTest(condition: Condition, type: ColumnType): (cell: string) => boolean {
  if (type === 'number') {
    const test = numberTest(condition)
    return (cell) => test(cell === '' ? Number.NaN : Number(cell))
  }
  if (condition.kind === 'range') {
    if (type === 'text') return () => false
    const { min, max } = condition
    if ([min, max].some((bound) => bound !== undefined && !isDay(bound.text))) return () => false
    return (cell) => cell !== '' && (min === undefined || cell >= min.text) && (max === undefined || cell <= max.text)
  }
  const texts = new Set(condition.values.filter(({ value }) => value !== null).map(({ text }) => text))
  if (condition.kind === 'not') return (cell) => cell !== '' && !texts.has(cell)
  const blank = allowsBlank(condition)
  return (cell) => (cell === '' ? blank : texts.has(cell))
}

/** The same for a number; NaN is the blank cell. */
export function numberTest(condition: Condition): (cell: number) => boolean {
  if (condition.kind === 'range') {
    const { min, max } = numberBounds(condition)
    return (cell) => cell >= min && cell <= max
  }
  const numbers = new Set(condition.values.map(numberOf).filter((number) => !Number.isNaN(number)))
  if (condition.kind === 'not') return (cell) => !Number.isNaN(cell) && !numbers.has(cell)
  const blank = allowsBlank(condition)
  return (cell) => (Number.isNaN(cell) ? blank : numbers.has(cell))
}

/** The ends of a range. A bound that is no number is NaN, like a blank cell: nothing is above or below it. */
export function numberBounds({ min, max }: Condition & { readonly kind: 'range' }): { min: number; max: number } {
  return {
    min: min === undefined ? Number.NEGATIVE_INFINITY : numberOf(min),
    max: max === undefined ? Number.POSITIVE_INFINITY : numberOf(max),
  }
}

/** The bound of a range that nothing of this type can be compared with: any in a text column. Undefined where all is well. */
export function boundOfOtherKind(condition: Condition, type: ColumnType): PredicateValue | undefined {
  if (condition.kind !== 'range') return undefined
  return [condition.min, condition.max].find((bound) => {
    if (bound === undefined) return false
    return type === 'text' || (type === 'number' ? Number.isNaN(numberOf(bound)) : !isDay(bound.text))
  })
}

function allowsBlank(condition: Condition): boolean {
  return condition.kind === 'any' && condition.values.some(({ value }) => value === null)
}

/** A number as YAML reads it, or as somebody put it in quotes; NaN for anything else. */
function numberOf({ value, text }: PredicateValue): number {
  if (typeof value === 'number') return value
  const plain = typeof value === 'string' ? plainNumber(text, '.') : undefined
  return plain === undefined ? Number.NaN : Number(plain)
}

/** The same text for conditions that no cell tells apart. */
export function conditionKey(column: string, condition: Condition): string {
  const value = ({ value, text }: PredicateValue): unknown =>
    value === null ? null : typeof value === 'number' ? [value, text] : text
  const part =
    condition.kind === 'range'
      ? [condition.min && value(condition.min), condition.max && value(condition.max)]
      : condition.values.map((one) => JSON.stringify(value(one))).sort()
  return JSON.stringify([column, condition.kind, part])
}
