/**
 * How likely a play wins more often than its baseline.
 *
 * Both rates have Jeffreys posteriors, and the answer is the double integral of their densities
 * over `rate of the play > rate of the baseline`, by quadrature to more than 9 digits.
 */
import { nodeCount, nodes, running, weights } from './gauss-legendre.ts'
import { factorialRemainder, stirlingRemainder } from './stirling.ts'

export interface WinsAndLosses {
  readonly wins: number
  readonly losses: number
}

export function closedIn({ wins, losses }: WinsAndLosses): number {
  return wins + losses
}

/**
 * P(θ₁ > θ₂) for θ₁ of Beta(w₁ + 1/2, l₁ + 1/2) and θ₂ likewise: 9 correct digits, relative ones where
 * the answer is tiny. `probabilityBetter({ wins: 186, losses: 80 }, { wins: 613, losses: 388 }) === 0.995782429…`
 *
 * With x = sin² φ the density of Beta(w + 1/2, l + 1/2) is proportional to sin^2w φ cos^2l φ: smooth to
 * the ends at w = 0 and l = 0 too, log-concave, and close to normal with deviation 1 / (2 √n). Both
 * densities are integrated along one grid of Gauss-Legendre panels that covers only where the mass
 * of the event is; the running integral of the baseline's weighs the play's.
 */
export function probabilityBetter(play: WinsAndLosses, baseline: WinsAndLosses): number {
  // A density without data is flat: it may be thought to peak where the other does.
  const mode = modeOf(closedIn(play) === 0 ? baseline : play)
  const other = modeOf(closedIn(baseline) === 0 ? play : baseline)
  // The smaller of the two events is the one whose digits can be told.
  if (mode > other) return 1 - below(baseline, other, play, mode)
  return below(play, mode, baseline, other)
}

/** Mass outside of this many log units below the peak of the event is left out: e^−34 is 2e-15. */
const dropped = 34

const logSin = new Float64Array(nodeCount)
const logCos = new Float64Array(nodeCount)
const lowDensity = new Float64Array(nodeCount)
const highDensity = new Float64Array(nodeCount)

/** P(low > high), where the mode of `low` (`mode1`) is not above that of `high`. */
function below(low: WinsAndLosses, mode1: number, high: WinsAndLosses, mode2: number): number {
  const [w1, l1, w2, l2] = [low.wins, low.losses, high.wins, high.losses]
  const n1 = w1 + l1
  const n2 = w2 + l2
  const top1 = peakOf(w1, l1)
  const top2 = peakOf(w2, l2)
  // Logarithms of the densities, 0 at their modes.
  const log1 = (angle: number): number => powerLog(w1, l1, angle) - top1
  const log2 = (angle: number): number => powerLog(w2, l2, angle) - top2

  // Where `low` is above `high`, their product is largest at the mode of both sets of deals taken together.
  const peak = Math.atan2(Math.sqrt(w1 + w2), Math.sqrt(l1 + l2))
  const peak1 = log1(peak)
  const peak2 = log2(peak)
  const floor = peak1 + peak2 - dropped
  // The log densities curve by at least 2n everywhere, which bounds how far their mass can reach.
  const reach1 = Math.sqrt(dropped / Math.max(n1, 0.1))
  const reach2 = Math.sqrt(dropped / Math.max(n2, 0.1))
  const right = edge(
    (angle) => log1(angle) + log2(Math.min(angle, mode2)),
    floor,
    peak,
    Math.min(Math.PI / 2, peak + reach1),
  )
  const left = edge((angle) => log2(angle) + log1(Math.max(angle, mode1)), floor, peak, Math.max(0, peak - reach2))
  // Left of the first, the density of `low` no longer counts; right of the second, that of `high`.
  const from1 = left < mode1 ? Math.max(left, mode1 - reach1) : left
  const until2 = right > mode2 ? Math.min(right, mode2 + reach2) : right

  const slope = Math.abs(slopeOf(w1, l1, peak))
  const step1 = Math.min(0.75, 0.75 / Math.sqrt(n1))
  const step2 = Math.min(0.75, 0.75 / Math.sqrt(n2))
  const between = Math.min(step1, step2, 4 / slope)

  let reached = 0
  let total = 0
  for (const [from, until, step] of [
    [left, from1, step2],
    [from1, until2, between],
    [until2, right, step1],
  ] as const) {
    if (!(until > from)) continue
    const panels = Math.ceil((until - from) / step)
    const half = (until - from) / panels / 2
    for (let panel = 0; panel < panels; panel++) {
      const middle = from + (2 * panel + 1) * half
      for (let i = 0; i < nodeCount; i++) {
        const angle = middle + half * (nodes[i] as number)
        const s = Math.log(Math.sin(angle))
        const c = Math.log(Math.cos(angle))
        logSin[i] = s
        logCos[i] = c
        lowDensity[i] = Math.exp(2 * (w1 * s + l1 * c) - top1 - peak1)
        highDensity[i] = Math.exp(2 * (w2 * s + l2 * c) - top2 - peak2)
      }
      let sum = 0
      let whole = 0
      for (let i = 0; i < nodeCount; i++) {
        let part = 0
        for (let j = 0; j < nodeCount; j++) part += (running[i * nodeCount + j] as number) * (highDensity[j] as number)
        sum += (weights[i] as number) * (lowDensity[i] as number) * (reached + half * part)
        whole += (weights[i] as number) * (highDensity[i] as number)
      }
      total += half * sum
      reached += half * whole
    }
  }
  return Math.exp(peak1 + peak2 + Math.log(total) - logMass(w1, l1) - logMass(w2, l2))
}

/** The φ at which sin^2w φ cos^2l φ is largest. */
function modeOf({ wins, losses }: WinsAndLosses): number {
  return Math.atan2(Math.sqrt(wins), Math.sqrt(losses))
}

/** ln(sin^2w φ cos^2l φ), where 0 ln 0 is 0. */
function powerLog(w: number, l: number, angle: number): number {
  return (w === 0 ? 0 : 2 * w * Math.log(Math.sin(angle))) + (l === 0 ? 0 : 2 * l * Math.log(Math.cos(angle)))
}

/** The same at the mode. */
function peakOf(w: number, l: number): number {
  const n = w + l
  return (w === 0 ? 0 : w * Math.log(w / n)) + (l === 0 ? 0 : l * Math.log(l / n))
}

function slopeOf(w: number, l: number, angle: number): number {
  return (w === 0 ? 0 : (2 * w) / Math.tan(angle)) - (l === 0 ? 0 : 2 * l * Math.tan(angle))
}

/**
 * The logarithm of ∫ sin^2w φ cos^2l φ dφ over [0, π/2], divided by the integrand's peak.
 *
 * The integral is Γ(w + 1/2) Γ(l + 1/2) / (2 Γ(n + 1)); by Stirling's formula all large terms cancel on paper.
 */
function logMass(w: number, l: number): number {
  const n = w + l
  if (n === 0) return Math.log(Math.PI / 2)
  return halfRemainder(w) + halfRemainder(l) - factorialRemainder(n) + 0.5 * Math.log(Math.PI / (2 * n))
}

/** ln Γ(w + 1/2) − w ln w + w − ln(2π)/2. */
function halfRemainder(w: number): number {
  return w === 0 ? -0.5 * Math.LN2 : stirlingRemainder(w + 0.5) + w * Math.log1p(1 / (2 * w)) - 0.5
}

/** About where a concave function has fallen to `floor` between its peak and `end`, on the far side. */
function edge(log: (angle: number) => number, floor: number, peak: number, end: number): number {
  let inside = peak
  let outside = end
  for (let step = 0; step < 8; step++) {
    const middle = (inside + outside) / 2
    if (log(middle) > floor) inside = middle
    else outside = middle
  }
  return outside
}
