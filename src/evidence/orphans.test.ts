import { expect, test } from 'vitest'
import { evidenceOf, predicate } from './testing/evidence-of.ts'

test('won deals in no play’s record are orphans, largest first, drafts’ records included', async () => {
  const csv = `id,product,outcome,amount,source,type,created,closed
D-1,Audit,won,900,,,2026-01-01,2026-03-01
D-2,Probe,won,900,,,2026-01-01,2026-03-01
D-3,Ledger,won,100,,,2026-01-01,2026-03-01
D-4,Ledger,won,300,,,2026-01-01,2026-03-01
D-5,Ledger,won,,,,2026-01-01,2026-03-01
D-6,Ledger,lost,0,,,2026-01-01,2026-03-01
D-7,Ledger,won,300,Founder network,,2026-01-01,2026-03-01
D-8,Ledger,won,800,,Renewal,2026-01-01,2026-03-01
D-9,Ledger,won,800,,,2022-01-01,2022-03-01
E-1,Ledger,won,800,,,2026-01-01,2026-07-01
E-2,Ledger,open,800,,,2026-01-01,`
  const { orphans, deal } = await evidenceOf(csv, {
    plays: [
      { id: 'audit', match: predicate('{ product: Audit }') },
      { id: 'probe', match: predicate('{ product: Probe }'), status: 'draft' },
    ],
    settings: { counts: predicate('{ type: [null, New] }'), friendsSources: ['Founder network'] },
  })
  const idsOf = (rows: Int32Array) => Array.from(rows, (row) => deal(row).id)
  expect(idsOf(orphans.won)).toEqual(['D-4', 'D-7', 'D-3', 'D-5'])
  expect(idsOf(orphans.lost)).toEqual(['D-6'])
})
