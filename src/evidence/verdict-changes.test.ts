import { expect, test } from 'vitest'
import { evidenceOf } from './testing/evidence-of.ts'
import { verdictChanges } from './verdict-changes.ts'

const header = 'id,account,owner,outcome,amount,created,closed\n'
const won = (id: string, closed: string, account = `Bank ${id}`, owner = `Seller ${id}`) =>
  `${id},${account},${owner},won,100,2026-01-05,${closed}\n`

/** Play `audits` cites all three, which makes it repeatable once the last of them is won. */
const example = {
  plays: [
    { id: 'audits', evidence: ['D-1', 'D-2', 'D-3'].map((deal) => ({ deal })) },
    { id: 'quiet', evidence: [{ deal: 'D-1' }] },
  ],
  reviews: ['D-1', 'D-2', 'D-3'].map((deal) => ({ deal, plays: ['audits', 'quiet'] })),
}

test('a play that became repeatable is told with the day on which the last deal it needed was won', async () => {
  const ledger = header + won('D-1', '2026-03-02') + won('D-2', '2026-04-07') + won('D-3', '2026-06-18')
  const evidence = await evidenceOf(ledger, example)
  expect(await verdictChanges(evidence, 30)).toEqual([
    { play: 'audits', from: 'anecdotal', to: 'repeatable', day: '2026-06-18' },
  ])
  expect(await verdictChanges(evidence, 10)).toEqual([])
})

test('a play that lost its proof because a deal grew too old is told too', async () => {
  const old = `D-3,Bank D-3,Seller D-3,won,100,2024-01-05,2024-06-20\n`
  const ledger = header + won('D-1', '2026-03-02') + won('D-2', '2026-04-07') + old
  expect(await verdictChanges(await evidenceOf(ledger, example), 30)).toEqual([
    { play: 'audits', from: 'repeatable', to: 'anecdotal', day: '2026-06-21' },
  ])
})

test('however many plays change on different days, few days are asked for, and no change is dated too early', async () => {
  const days = Array.from({ length: 20 }, (_, index) => `2026-06-${String(index + 8).padStart(2, '0')}`)
  const deals = days.map((day, index) => won(`D-${index}`, day)).join('')
  const plays = days.map((_, index) => ({ id: `play-${index}`, evidence: [{ deal: `D-${index}` }] }))
  const reviews = days.map((_, index) => ({ deal: `D-${index}`, plays: [`play-${index}`] }))
  const evidence = await evidenceOf(header + deals, { plays, reviews })
  let asked = 0
  const on = (day: string) => {
    asked++
    return evidence.on(day)
  }
  const found = new Map((await verdictChanges({ ...evidence, on }, 30)).map(({ play, day }) => [play, day]))
  expect(asked).toBe(10)
  expect(found.size).toBe(20)
  for (const [index, day] of days.entries()) {
    const told = found.get(`play-${index}`) ?? ''
    expect(told >= day && told <= '2026-06-30', `${told} for ${day}`).toBe(true)
  }
})
