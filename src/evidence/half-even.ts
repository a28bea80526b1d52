/**
 * Rounding money: a half goes to the even neighbour, so that many roundings do not drift.
 */

/**
 * A whole amount of minor units times a factor, rounded half-even to a whole number.
 *
 * The factor counts as the decimal it is written as: 0.035 is 35 thousandths, although no computer's
 * number is. `timesHalfEven(100, 0.035) === 4`, `timesHalfEven(100, 0.025) === 2`. Throws a RangeError
 * where the amount is no whole number that can be told exactly or the factor is not finite.
 */
export function timesHalfEven(amount: number, factor: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is no whole number of minor units.`)
  const { digits, exponent } = decimalOf(factor)
  const product = BigInt(amount) * digits
  if (exponent >= 0) return Number(product * 10n ** BigInt(exponent))
  const unit = 10n ** BigInt(-exponent)
  const magnitude = product < 0n ? -product : product
  const whole = magnitude / unit
  const twice = 2n * (magnitude % unit)
  const rounded = twice > unit || (twice === unit && whole % 2n === 1n) ? whole + 1n : whole
  return Number(product < 0n ? -rounded : rounded)
}

/** The shortest decimal that is this number: digits times ten to the exponent. */
function decimalOf(value: number): { digits: bigint; exponent: number } {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential())
  if (match === null) throw new RangeError(`${value} is not a finite number.`)
  const fraction = match[3] ?? ''
  return { digits: BigInt(`${match[1]}${match[2]}${fraction}`), exponent: Number(match[4]) - fraction.length }
}
