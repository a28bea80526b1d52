/**
 * Predicates: which deals a segment, a play or a territory means.
 *
 * A predicate maps ledger columns to what is allowed. It is parsed from the YAML tree, not from
 * plain values, because a value must keep its place (for findings) and its spelling (`0007`
 * in a text column is not seven). How a cell is compared with it depends on the column's
 * declared type and is the ledger's affair.
 */

import type { DataNode, ScalarNode } from '../page/data-node.ts'
import type { Range } from '../source/text.ts'

/** A value as an author wrote it: `null` stands for a blank cell, and only a list may name it. */
export interface PredicateValue {
  readonly value: string | number | boolean | null
  /** As written, so that text columns compare text. */
  readonly text: string
  readonly range: Range
}

export type Condition =
  /** Any of these; a single value is a list of one. */
  | { readonly kind: 'any'; readonly values: readonly PredicateValue[] }
  /** Not blank and none of these. */
  | { readonly kind: 'not'; readonly values: readonly PredicateValue[] }
  /** Between, both ends included. */
  | { readonly kind: 'range'; readonly min: PredicateValue | undefined; readonly max: PredicateValue | undefined }

export interface Clause {
  /** `industry`, or `accounts.revenue` where two tables share a name. */
  readonly column: string
  readonly columnRange: Range
  readonly condition: Condition
}

/** All clauses must hold; none means every deal. */
export interface Predicate {
  readonly clauses: readonly Clause[]
}

export interface PredicateProblem {
  readonly range: Range
  readonly text: string
}

export const everything: Predicate = { clauses: [] }

/** Reads a predicate; what cannot be read is a problem at its place, and the other clauses are kept. */
export function parsePredicate(node: DataNode): { predicate: Predicate; problems: readonly PredicateProblem[] } {
  const problems: PredicateProblem[] = []
  const clauses: Clause[] = []
  if (node.kind !== 'map') {
    const text =
      'Write a column and what is allowed in it, for example `{ industry: [retail, medical], employees: { min: 500 } }`.'
    return { predicate: everything, problems: [{ range: node.range, text }] }
  }
  for (const entry of node.entries) {
    const condition = parseCondition(entry.value, problems)
    if (condition !== undefined) clauses.push({ column: entry.key, columnRange: entry.keyRange, condition })
  }
  return { predicate: { clauses }, problems }
}

/** The same predicate for the same text, wherever it stands: a key for caches and comparisons. */
export function predicateKey(predicate: Predicate): string {
  const clauses = predicate.clauses.map(({ column, condition }) => {
    const part =
      condition.kind === 'range'
        ? [condition.min?.text ?? null, condition.max?.text ?? null]
        : condition.values.map((value) => (value.value === null ? null : value.text)).sort()
    return JSON.stringify([column, condition.kind, part])
  })
  return clauses.sort().join('&')
}

/** The columns for which the predicate allows exactly one value. */
export function fixedColumns(predicate: Predicate): readonly string[] {
  return predicate.clauses
    .filter(({ condition }) => condition.kind === 'any' && condition.values.length === 1)
    .map(({ column }) => column)
}

function parseCondition(node: DataNode, problems: PredicateProblem[]): Condition | undefined {
  if (node.kind === 'scalar') {
    if (node.value === null) {
      problems.push({
        range: node.range,
        text: 'Say what is allowed here. To allow a blank cell, list it: `[null, retail]`.',
      })
      return undefined
    }
    return { kind: 'any', values: [predicateValue(node)] }
  }
  if (node.kind === 'list') {
    const values = scalars(node.items, problems)
    if (values.length === 0 && node.items.length === 0) {
      problems.push({ range: node.range, text: 'This list is empty, so no deal would match. Name at least one value.' })
      return undefined
    }
    return values.length === node.items.length ? { kind: 'any', values } : undefined
  }
  const keys = node.entries.map((entry) => entry.key)
  if (keys.length === 1 && keys[0] === 'not') {
    const value = node.entries[0]?.value
    const items = value?.kind === 'list' ? value.items : value === undefined ? [] : [value]
    const values = scalars(items, problems)
    return values.length === items.length && values.length > 0 ? { kind: 'not', values } : undefined
  }
  if (keys.length > 0 && keys.every((key) => key === 'min' || key === 'max')) {
    const bound = (key: string): PredicateValue | undefined => {
      const value = node.entries.find((entry) => entry.key === key)?.value
      return value?.kind === 'scalar' && value.value !== null ? predicateValue(value) : undefined
    }
    const [min, max] = [bound('min'), bound('max')]
    if (keys.includes('min') === (min !== undefined) && keys.includes('max') === (max !== undefined))
      return { kind: 'range', min, max }
  }
  problems.push({
    range: node.range,
    text: 'Allowed here: a value, a list of values, `{ min: …, max: … }` for numbers and dates, or `{ not: [ … ] }`.',
  })
  return undefined
}

function scalars(nodes: readonly DataNode[], problems: PredicateProblem[]): PredicateValue[] {
  const values: PredicateValue[] = []
  for (const node of nodes) {
    if (node.kind === 'scalar') values.push(predicateValue(node))
    else problems.push({ range: node.range, text: 'A list here holds plain values only.' })
  }
  return values
}

function predicateValue(node: ScalarNode): PredicateValue {
  return {
    value: node.value,
    text: node.value === null ? '' : node.quoted ? String(node.value) : node.source || String(node.value),
    range: node.range,
  }
}
