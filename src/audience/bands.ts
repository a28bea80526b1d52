/**
 * Amounts and days as an audience outside the company may read them: in bands, never exactly.
 */

/** `amountBand(4821, show)` is “$2,000 to $5,000” with a `show` that writes money; “under” the least band, “over” the last. */
export function amountBand(major: number, show: (amount: number) => string): string {
  if (major < 1_000) return `under ${show(1_000)}`
  const index = steps.findLastIndex((least) => major >= least)
  const [from = 0, to] = [steps[index], steps[index + 1]]
  return to === undefined ? `over ${show(from)}` : `${show(from)} to ${show(to)}`
}

const steps = [1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7]

/** `quarterOf('2017-11-04')` is “Q4 2017”, of the calendar year. */
export function quarterOf(day: string): string {
  return `Q${Math.ceil(Number(day.slice(5, 7)) / 3)} ${day.slice(0, 4)}`
}
