import { expect, test } from 'vitest'
import type { Deal } from '../ledger/ledger.ts'
import { customerDescriptions } from './customer-words.ts'

const deal = (account: string, territory: string, cells: Record<string, string>): Deal =>
  ({ account, territory, cell: (column: string) => cells[column] }) as unknown as Deal

const retailers = ['A', 'B', 'C', 'D', 'E'].map((name, index) =>
  deal(name, 'East', { industry: 'Retail', employees: String(500 + index * 80) }),
)

test('five customers of one size, industry and region are told by all three', () => {
  expect(customerDescriptions(retailers)('C')).toBe('a 500-person retail customer in East')
})

test('a customer who would be the only one of the kind is told by what at least five share', () => {
  const bank = deal('Halyard Bank', 'East', { industry: 'finance', employees: '12000' })
  expect(customerDescriptions([...retailers, bank])('Halyard Bank')).toBe('a customer in East')
  const large = deal('Halyard Stores', 'West', { industry: 'Retail', employees: '12000' })
  expect(customerDescriptions([...retailers, large])('Halyard Stores')).toBe('a retail customer')
})

test('many deals of one account are one customer, not a crowd', () => {
  const one = deal('A', 'East', { industry: 'Retail', employees: '500' })
  expect(customerDescriptions([one, one, one, one, one])('A')).toBe('a customer')
})

test('an account that the ledger does not know, or knows nothing of, is a customer', () => {
  expect(customerDescriptions(retailers)('Nobody')).toBe('a customer')
  expect(customerDescriptions([deal('F', '', {})])('F')).toBe('a customer')
})
