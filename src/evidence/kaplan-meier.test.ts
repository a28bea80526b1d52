import { expect, test } from 'vitest'
import { survivalTimes } from './kaplan-meier.ts'

function times(closed: readonly number[], open: readonly number[] = []): (number | null)[] {
  const { firstQuartile, median, thirdQuartile } = survivalTimes(Int32Array.from(closed), Int32Array.from(open))
  return [firstQuartile, median, thirdQuartile]
}

test('leaving two open deals out would make the median 5 days too short', () => {
  // Worked example of the design: S(10) = 5/6, S(20) = 2/3, S(30) = 4/9. Without the open deals half is reached at 20.
  expect(times([10, 20, 30, 40], [25, 60])).toEqual([20, 30, 40])
  expect(times([10, 20, 30, 40])).toEqual([10, 20, 30])
})

test('the leukaemia trial of Freireich and others (1963) comes out as every textbook has it', () => {
  const treated = [6, 6, 6, 7, 10, 13, 16, 22, 23]
  const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
  // S: 0.857 at 6, 0.807, 0.753 at 10, 0.690 at 13, 0.627, 0.538, 0.448 at 23.
  expect(times(treated, censored)).toEqual([13, 23, null])
  const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
  expect(times(placebo)).toEqual([4, 8, 12])
})

test('a deal that was open on the day another closed was still at risk that day', () => {
  // At risk on day 10 are five, so S(10) is 3/5; had the open one left before, it would be 1/2.
  expect(times([10, 10, 20, 30], [10])[1]).toBe(20)
  // One that was open until the day before was not: S(10) is 1/2.
  expect(times([10, 10, 20, 30], [9])[1]).toBe(10)
})

test('half of the deals is half to the last digit, however many steps lead there', () => {
  const days = Array.from({ length: 998 }, (_, index) => index + 1)
  expect(times(days)).toEqual([250, 499, 749])
})

test('where most deals are open nothing can be said of the median', () => {
  expect(times([5], [1, 2, 30, 40, 50])).toEqual([5, null, null])
  expect(times([], [30])).toEqual([null, null, null])
  expect(times([])).toEqual([null, null, null])
})

test('deals that closed on the day they were created took 0 days', () => {
  expect(times([0, 0, 0, 8])).toEqual([0, 0, 0])
})

test('many deals are told as few are', () => {
  const random = (index: number): number => (index * 7_919) % 1_009
  for (const spread of [1, 40]) {
    const closed = Array.from({ length: 900 }, (_, index) => random(index) * spread)
    const open = Array.from({ length: 700 }, (_, index) => random(index + 5) * spread - 3)
    const sorted = [...closed].sort((a, b) => a - b)
    const [first, half, third] = times(closed)
    expect([first, half, third]).toEqual([sorted[224], sorted[449], sorted[674]])
    // By tens: a hundred deals of each kind stand for ten, so that the shares are the same.
    const tenfold = (days: readonly number[]): number[] => days.flatMap((day) => Array.from({ length: 10 }, () => day))
    const [few, fewOpen] = [closed.slice(0, 49), open.slice(0, 49)]
    expect(times(tenfold(few), tenfold(fewOpen))).toEqual(times(few, fewOpen))
  }
})
