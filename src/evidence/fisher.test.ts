import { expect, test } from 'vitest'
import { fisherP } from './fisher.ts'

type Table = readonly [wins: number, losses: number, otherWins: number, otherLosses: number]

function p([wins, losses, otherWins, otherLosses]: Table): number {
  return fisherP({ wins, losses }, { wins: otherWins, losses: otherLosses })
}

/** P(X >= wins) as a quotient of whole numbers, to 17 digits. */
function exactly([wins, losses, otherWins, otherLosses]: Table): number {
  const drawn = wins + losses
  const [allWins, allLosses] = [wins + otherWins, losses + otherLosses]
  let term = choose(allWins, wins) * choose(allLosses, losses)
  let sum = 0n
  for (let x = wins; x <= Math.min(drawn, allWins); x++) {
    sum += term
    term =
      (term * BigInt(allWins - x) * BigInt(drawn - x)) /
      (BigInt(x + 1) * BigInt(Math.max(1, allLosses - drawn + x + 1)))
  }
  return quotient(sum, choose(allWins + allLosses, drawn))
}

function choose(n: number, k: number): bigint {
  let result = 1n
  for (let i = 1; i <= Math.min(k, n - k); i++) result = (result * BigInt(n - i + 1)) / BigInt(i)
  return result
}

/** Two whole numbers of any size divided, to the digits that a number has. */
function quotient(above: bigint, under: bigint): number {
  const shift = Math.max(0, under.toString().length - above.toString().length + 20)
  return Number(`${(above * 10n ** BigInt(shift)) / under}e-${shift}`)
}

test('the worked examples of the design come out to all their digits', () => {
  expect(p([186, 80, 613, 388])).toBeCloseTo(0.00521905767, 11)
  expect(p([12, 4, 30, 30])).toBeCloseTo(0.0645159178, 10)
})

test('Fisher’s own tables come out', () => {
  // The lady tasting tea, three of four cups right: 17/70 (The Design of Experiments, 1935).
  expect(p([3, 1, 1, 3])).toBeCloseTo(17 / 70, 14)
  // Convicted twins: 619/1330665 (“The logic of inductive inference”, 1935).
  expect(p([10, 3, 2, 15])).toBeCloseTo(619 / 1_330_665, 16)
})

test('every small table agrees with exact fractions', () => {
  const sizes = [0, 1, 2, 5, 11]
  for (const a of sizes)
    for (const b of sizes)
      for (const c of sizes) for (const d of sizes) expect(p([a, b, c, d])).toBeCloseTo(exactly([a, b, c, d]), 13)
})

test('nine digits hold for thousands of deals and where p is tiny', () => {
  for (const table of [
    [186, 80, 613, 388],
    [245, 183, 1384, 792],
    [2000, 1000, 3000, 2100],
    [250, 14, 373, 3979],
    [900, 100, 2000, 3000],
    [0, 40, 2500, 900],
    [2500, 0, 900, 40],
  ] as const)
    expect(Math.abs(p(table) / exactly(table) - 1)).toBeLessThan(1e-11)
})

test('where nothing can be compared p is 1', () => {
  expect(p([0, 0, 0, 0])).toBe(1)
  expect(p([0, 5, 7, 3])).toBe(1)
  expect(p([3, 0, 4, 0])).toBe(1)
  expect(p([3, 2, 0, 0])).toBe(1)
})

test('a play that loses almost everything has a p of 1, however improbable its record', () => {
  expect(p([100, 3900, 3900, 100])).toBe(1)
})
