import { expect, test } from 'vitest'
import { approvedMessage } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { staleCitation } from './stale.ts'

const ledger = 'id,created,closed\nD-18,2025-01-10,2026-02-27\nD-19,2025-01-10,2026-02-28\n'

test('the months end on the same day, clamped to the last of its month, which still counts', async () => {
  const files = {
    'playbook.yaml': 'asOf: 2026-03-31\nevidence: { maxAgeMonths: 1 }\n',
    'ledger.csv': ledger,
    'messages/one-invoice.md': approvedMessage('[{ deal: D-18 }, { deal: D-19 }]'),
  }
  expect(await findingsIn(staleCitation, files, { withText: true })).toBe(
    'messages/one-invoice.md:7:20 warn citation/stale\n' +
      '  `D-18` (Account of D-18, $1,000, won on 2026-02-27) closed more than 1 month ago, so it no longer counts for “One invoice”. Cite a deal won on 2026-02-28 or later.',
  )
})
