import { expect, test } from 'vitest'
import { probabilityBetter } from './better.ts'

type Counts = readonly [wins: number, losses: number]

function better([wins, losses]: Counts, [otherWins, otherLosses]: Counts): number {
  return probabilityBetter({ wins, losses }, { wins: otherWins, losses: otherLosses })
}

test('the worked examples of the design come out to all their digits', () => {
  expect(better([186, 80], [613, 388])).toBeCloseTo(0.995782429, 9)
  expect(better([12, 4], [30, 30])).toBeCloseTo(0.965197664, 9)
  expect(better([245, 183], [1384, 792])).toBeCloseTo(0.00672895836, 11)
})

test('equal records are better than each other half of the time', () => {
  for (const counts of [
    [0, 0],
    [0, 7],
    [7, 0],
    [5, 3],
    [4000, 2500],
  ] as const)
    expect(better(counts, counts)).toBeCloseTo(0.5, 11)
})

test('one record is better than another as often as the other is not', () => {
  for (const [play, baseline] of [
    [
      [3, 9],
      [40, 21],
    ],
    [
      [0, 12],
      [300, 7],
    ],
    [
      [61, 2],
      [900, 1100],
    ],
  ] as const) {
    expect(better(play, baseline) + better(baseline, play)).toBeCloseTo(1, 12)
    // Calling every win a loss turns the question round.
    const turned = better([play[1], play[0]], [baseline[1], baseline[0]])
    expect(better(play, baseline) + turned).toBeCloseTo(1, 12)
  }
})

/**
 * The same by J. D. Cook's recurrence (“Exact calculation of beta inequalities”, 2005): from
 * P(Beta(1/2, 1/2) > Beta(1/2, 1/2)) = 1/2 each deal adds or takes B(a + c, b + d) / (B(a, b) B(c, d)) over its parameter.
 */
function byRecurrence([w1, l1]: Counts, [w2, l2]: Counts): number {
  let [a, b, c, d] = [0.5, 0.5, 0.5, 0.5]
  let answer = 0.5
  // B(1, 1) / (B(1/2, 1/2) B(1/2, 1/2)), and B(1/2, 1/2) is π.
  let h = 1 / Math.PI ** 2
  for (let i = 0; i < Math.max(w1, l1, w2, l2); i++) {
    if (i < w1) {
      answer += h / a
      h *= (((a + c) / (a + b + c + d)) * (a + b)) / a
      a++
    }
    if (i < w2) {
      answer -= h / c
      h *= (((a + c) / (a + b + c + d)) * (c + d)) / c
      c++
    }
    if (i < l1) {
      answer -= h / b
      h *= (((b + d) / (a + b + c + d)) * (a + b)) / b
      b++
    }
    if (i < l2) {
      answer += h / d
      h *= (((b + d) / (a + b + c + d)) * (c + d)) / d
      d++
    }
  }
  return answer
}

test('every pair of small records agrees with the exact recurrence', () => {
  const sizes = [0, 1, 2, 5, 11]
  for (const w1 of sizes)
    for (const l1 of sizes)
      for (const w2 of sizes)
        for (const l2 of sizes) expect(better([w1, l1], [w2, l2])).toBeCloseTo(byRecurrence([w1, l1], [w2, l2]), 11)
})

test('nine digits hold for no losses, thousands of deals, unequal sizes and tiny answers', () => {
  // mpmath with 60 to 400 digits, by the same recurrence.
  for (const [play, baseline, expected] of [
    [[0, 0], [1, 0], 0.2973576327153245],
    [[0, 5], [5, 0], 2.208248205835266e-4],
    [[5, 0], [0, 5], 0.9997791751794165],
    [[0, 40], [0, 2500], 0.9196545751943529],
    [[40, 0], [2500, 0], 0.08034542480564705],
    [[0, 0], [1384, 792], 0.4123161482516036],
    [[7, 23], [1, 0], 0.0575892696265357],
    [[2, 3745], [0, 0], 0.01564755782190041],
    [[430, 688], [648, 489], 5.067514334606843e-19],
    [[6200, 3800], [61_000, 39_000], 0.9748573151800665],
    [[9000, 6000], [6000, 9000], 1],
  ] as const)
    expect(Math.abs(better(play, baseline) / expected - 1)).toBeLessThan(1e-11)
})

test('what is smaller than any number is 0, never less', () => {
  expect(better([1000, 4000], [4000, 1000])).toBe(0)
})
