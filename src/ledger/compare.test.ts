import { expect, test } from 'vitest'
import type { ColumnType } from '../model/ledger-settings.ts'
import { cellTest, conditionKey } from './compare.ts'
import { predicate } from './fixtures/ledger-of.ts'

/** The cells of a column that `allowed` lets through; `-` is the blank one. */
function passing(allowed: string, type: ColumnType, ...cells: string[]): string {
  const condition = predicate(`column: ${allowed}`).clauses[0]?.condition
  if (condition === undefined) throw new Error(`No condition: ${allowed}`)
  const test = cellTest(condition, type)
  return cells
    .filter(test)
    .map((cell) => cell || '-')
    .join(' ')
}

test('text compares exactly: case, accents and spaces count', () => {
  expect(passing('retail', 'text', 'retail', 'Retail', 'rétail', 'retail ', '')).toBe('retail')
})

test('text compares with a number as it is written', () => {
  expect(passing('500', 'text', '500', '500.0', '0500')).toBe('500')
  expect(passing('0007', 'text', '7', '0007')).toBe('0007')
  expect(passing('[true, 1.0]', 'text', 'true', '1', '1.0')).toBe('true 1.0')
})

test('numbers compare as numbers', () => {
  expect(passing('500', 'number', '500', '501', '')).toBe('500')
  expect(passing('[500.0, "7", retail]', 'number', '500', '7', '0')).toBe('500 7')
  expect(passing('{ not: [500.0] }', 'number', '500', '501', '')).toBe('501')
  expect(passing('{ not: [retail] }', 'number', '500', '')).toBe('500')
})

test('both ends of a range are inside', () => {
  expect(passing('{ min: 500, max: 1000 }', 'number', '499.99', '500', '1000', '1000.01', '')).toBe('500 1000')
  expect(passing('{ min: -1 }', 'number', '-1', '-2', '')).toBe('-1')
  expect(passing('{ max: 9 }', 'number', '10', '9', '')).toBe('9')
  expect(
    passing('{ min: 2026-01-01, max: 2026-01-31 }', 'date', '2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01', ''),
  ).toBe('2026-01-01 2026-01-31')
})

test('a range over text, or with an end that is no such value, holds nothing', () => {
  expect(passing('{ min: 500 }', 'text', '500', '501')).toBe('')
  expect(passing('{ min: many }', 'number', '500')).toBe('')
  expect(passing('{ min: 0, max: many }', 'number', '500')).toBe('')
  expect(passing('{ min: 2026 }', 'date', '2026-01-01')).toBe('')
  expect(passing('{ max: 2026-02-30 }', 'date', '2026-01-01')).toBe('')
})

test('a blank cell satisfies only a list that names null', () => {
  for (const type of ['text', 'number', 'date'] as const) {
    expect(passing('[null, "5"]', type, '')).toBe('-')
    expect(passing('["", "5"]', type, '')).toBe('')
    expect(passing('{ not: [5] }', type, '')).toBe('')
    expect(passing('{ not: [null] }', type, '')).toBe('')
  }
  expect(passing('{ not: [null] }', 'text', 'retail')).toBe('retail')
})

test('a condition is known again by what it allows, in any order', () => {
  const key = (allowed: string) => {
    const clause = predicate(`column: ${allowed}`).clauses[0]
    return clause && conditionKey(clause.column, clause.condition)
  }
  expect(key('[a, b]')).toBe(key('[b, a]'))
  expect(key('[a]')).toBe(key('a'))
  const different = [
    'a',
    '[a, null]',
    '[a, "null"]',
    '{ not: [a] }',
    '{ min: 1 }',
    '{ max: 1 }',
    '1',
    '1.0',
    '0x1',
    '"0x1"',
  ]
  expect(new Set(different.map(key)).size).toBe(different.length)
})
