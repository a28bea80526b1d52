import { expect, test } from 'vitest'
import type { PlayRow } from '../../site/src/content/page-types.ts'
import { bySegment } from '../../site/src/content/play-groups.ts'

const row = (id: string, segment?: string): PlayRow => ({
  id,
  title: id,
  href: `/plays/${id}/`,
  mark: 'repeatable',
  byFit: false,
  doubt: undefined,
  group: 'repeatable',
  segment: segment === undefined ? undefined : { title: segment, href: `/segments/${segment}/` },
  stage: undefined,
  markets: [],
  figures: undefined,
  rank: 1,
  until: undefined,
  fit: '',
})

test('many plays of one verdict stand by their segments, in the order of the best play of each', () => {
  const rows = Array.from({ length: 14 }, (_, index) => row(`play-${index}`, ['retail', 'banks', undefined][index % 3]))
  const parts = bySegment(rows)
  expect(parts.map(({ segment, rows }) => [segment?.title, rows.map(({ id }) => id)])).toEqual([
    ['retail', ['play-0', 'play-3', 'play-6', 'play-9', 'play-12']],
    ['banks', ['play-1', 'play-4', 'play-7', 'play-10', 'play-13']],
    [undefined, ['play-2', 'play-5', 'play-8', 'play-11']],
  ])
})

test('few plays, and many of one segment, stay one list', () => {
  const few = Array.from({ length: 12 }, (_, index) => row(`play-${index}`, `segment-${index}`))
  expect(bySegment(few)).toEqual([{ segment: undefined, rows: few }])
  const alike = Array.from({ length: 40 }, (_, index) => row(`play-${index}`, 'retail'))
  expect(bySegment(alike)).toEqual([{ segment: undefined, rows: alike }])
})
