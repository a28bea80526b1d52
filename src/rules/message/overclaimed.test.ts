import { expect, test } from 'vitest'
import { approvedMessage, banks, review } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { overclaimedMessage } from './overclaimed.ts'

test('a message that cites no deal is left to message/unbacked', async () => {
  const files = { 'ledger.csv': 'id\nD-18\n', 'messages/one-invoice.md': approvedMessage('[]') }
  expect(await findingsIn(overclaimedMessage, files)).toBe('')
})

test('where the product proves the claim, deals that do not count are examples', async () => {
  const more = 'proof: product\nsource: https://docs.halyard.example/billing'
  const files = {
    'ledger.csv': 'id,outcome\nD-17,lost\n',
    'messages/one-invoice.md': approvedMessage('[{ deal: D-17 }]', { more }),
  }
  expect(await findingsIn(overclaimedMessage, files)).toBe('')
})

test('a deal of another segment does not prove a message', async () => {
  const ledger = 'id,account,industry\nD-18,Northwind Bank,banking\nD-20,Seven Shops,retail\n'
  const files = {
    'ledger.csv': ledger,
    'segments/banks.md': banks,
    'reviews/D-18.md': review('D-18'),
    'reviews/D-20.md': review('D-20'),
  }
  const citing = (deal: string) => ({
    ...files,
    'messages/one-invoice.md': approvedMessage(`[{ deal: ${deal} }]`, { more: 'segments: [banks]' }),
  })
  expect(await findingsIn(overclaimedMessage, citing('D-18'))).toBe('')
  expect(await findingsIn(overclaimedMessage, citing('D-20'))).toBe(
    'messages/one-invoice.md:3:9 warn message/overclaimed',
  )
})
