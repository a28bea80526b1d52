/**
 * Benjamini and Hochberg's q: what share of the plays called proven at this q would be so by chance.
 */

/**
 * The q of each p, in the order given: q_(i) = min over j >= i of m p_(j) / j, at most 1
 * (Y. Benjamini, Y. Hochberg, “Controlling the false discovery rate”, 1995).
 *
 * `falseDiscovery([0.01, 0.04, 0.03])` is `[0.03, 0.04, 0.04]`.
 */
export function falseDiscovery(ps: readonly number[]): number[] {
  const order = ps.map((_, index) => index).sort((a, b) => (ps[b] as number) - (ps[a] as number))
  const qs = new Array<number>(ps.length)
  let smallest = 1
  order.forEach((index, fromLast) => {
    smallest = Math.min(smallest, (ps.length * (ps[index] as number)) / (ps.length - fromLast))
    qs[index] = smallest
  })
  return qs
}
