import { expect, test } from 'vitest'
import { approvedMessage } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { unconfirmedMessage } from './unconfirmed.ts'

test('only what is approved needs somebody behind it', async () => {
  const of = (status: string) =>
    findingsIn(unconfirmedMessage, { 'messages/a.md': approvedMessage('[{ deal: D-18 }]', { status }) })
  expect(await of('approved')).toBe('messages/a.md:2:8 warn message/unconfirmed')
  expect(await of('draft')).toBe('')
  expect(await of('retired')).toBe('')
})

test('without a ledger the age is asked all the same', async () => {
  const more = 'confirmed: { by: mia, date: 2025-01-02, fingerprint: "1;title=x" }'
  expect(await findingsIn(unconfirmedMessage, { 'messages/a.md': approvedMessage('[{ deal: D-18 }]', { more }) })).toBe(
    'messages/a.md:8:12 warn message/unconfirmed',
  )
})
