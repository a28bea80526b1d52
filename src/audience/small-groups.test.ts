import { expect, test } from 'vitest'
import type { PlayEvidence, SegmentEvidence } from '../evidence/evidence.ts'
import { hiddenCounts } from './small-groups.ts'

const play = (id: string, record: [number, number], baseline: [number, number]) =>
  ({
    id,
    record: { wins: record[0], losses: record[1] },
    baseline: { wins: baseline[0], losses: baseline[1] },
  }) as unknown as PlayEvidence
const segment = (id: string, wins: number, losses: number) => ({ id, wins, losses }) as unknown as SegmentEvidence

const segmentOf = (id: string) => id.split('/')[0]

test('one small record takes the totals of its segment and everybody’s others with it, so that nothing subtracts to it', () => {
  const hidden = hiddenCounts(
    {
      plays: [
        play('banks/small', [12, 4], [40, 30]),
        play('banks/large', [40, 30], [12, 4]),
        play('shops/one', [9, 9], [20, 20]),
      ],
      segments: [segment('banks', 52, 34), segment('shops', 29, 29)],
    },
    segmentOf,
  )
  expect(hidden).toEqual({
    records: new Set(['banks/small']),
    baselines: new Set(['banks/small', 'banks/large']),
    segments: new Set(['banks']),
  })
})

test('others that are few are hidden with the total, and the record that is large enough stays', () => {
  const hidden = hiddenCounts(
    { plays: [play('banks/a', [40, 30], [4, 9])], segments: [segment('banks', 44, 39)] },
    segmentOf,
  )
  expect(hidden).toEqual({ records: new Set(), baselines: new Set(['banks/a']), segments: new Set(['banks']) })
})

test('five are enough, and where every group has five nothing is hidden', () => {
  const hidden = hiddenCounts(
    { plays: [play('banks/a', [5, 5], [5, 5])], segments: [segment('banks', 10, 10)] },
    segmentOf,
  )
  expect(hidden).toEqual({ records: new Set(), baselines: new Set(), segments: new Set() })
})
