import { expect, test } from 'vitest'
import { approvedMessage } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { unbackedMessage } from './unbacked.ts'

test('a message that is not approved needs no proof yet, or no longer', async () => {
  expect(
    await findingsIn(unbackedMessage, { 'messages/one-invoice.md': approvedMessage('[]', { status: 'draft' }) }),
  ).toBe('')
  expect(
    await findingsIn(unbackedMessage, { 'messages/one-invoice.md': approvedMessage('[]', { status: 'retired' }) }),
  ).toBe('')
})

test('a source alone is no proof: `proof: product` says that it is meant as one', async () => {
  const more = 'source: https://docs.halyard.example/billing'
  expect(await findingsIn(unbackedMessage, { 'messages/one-invoice.md': approvedMessage('[]', { more }) })).toBe(
    'messages/one-invoice.md:7:11 error message/unbacked',
  )
  const deals = `${more}\nproof: deals`
  expect(await findingsIn(unbackedMessage, { 'messages/one-invoice.md': approvedMessage('[]', { more: deals }) })).toBe(
    'messages/one-invoice.md:7:11 error message/unbacked',
  )
})

test('a misspelled `proof` or a blank `source` is left to field/wrong', async () => {
  const blank = approvedMessage('[]', { more: 'proof: product\nsource: ""' })
  const misspelled = approvedMessage('[]', { more: 'proof: prodcut\nsource: https://docs.halyard.example' })
  expect(await findingsIn(unbackedMessage, { 'messages/one-invoice.md': blank })).toBe('')
  expect(await findingsIn(unbackedMessage, { 'messages/one-invoice.md': misspelled })).toBe('')
})

test('a deal that does not count is a deal: citation rules say what is wrong with it', async () => {
  const files = {
    'ledger.csv': 'id,outcome\nD-17,lost\n',
    'messages/one-invoice.md': approvedMessage('[{ deal: D-17 }]'),
  }
  expect(await findingsIn(unbackedMessage, files)).toBe('')
})
