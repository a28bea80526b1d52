import { expect, test } from 'vitest'
import { contentOf, dealTypes, inMemory, inPostgres, settingsOf } from './engines.ts'

const headers = ['id', 'account', 'owner', 'stage', 'amount', 'created', 'closed', 'play', 'competitor', 'employees']

test('smoke', async () => {
  const settings = settingsOf({ deals: { types: { employees: 'number' } } })
  const tables = {
    deals: {
      headers,
      types: { ...dealTypes, employees: 'numeric' },
      rows: [
        ['D-16', 'Halyard Bank', 'Jo Park', 'Won', '1200.50', '2026-01-10', '2026-02-10', 'audit; land', '', '500'],
        ['D-10', 'Bramble', '', 'Lost', '', '2026-01-10', '2026-02-10', '', 'Acme', ''],
      ],
    },
  }
  const memory = inMemory(settings, tables)
  const postgres = await inPostgres(settings, tables)
  expect(postgres.problems).toEqual([])
  expect(contentOf(postgres.engine)).toEqual(contentOf(memory.engine))
})
