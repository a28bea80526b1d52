/**
 * Amounts: decimal text to integers of the minor unit, and between currencies.
 *
 * No amount passes through a binary fraction: `1.005` must be refused, not rounded, and a sum of cents must be
 * the same on every machine.
 */

/** Why a text is no amount. */
export type AmountFault = 'not-a-number' | 'decimals' | 'too-large'

/**
 * `parseAmount('1054.5', '.', 2)` is 105450. Digits with one decimal sign and nothing else: no grouping, no currency
 * sign, no exponent. More decimals than the currency has are refused unless they are zeros.
 */
export function parseAmount(text: string, decimal: '.' | ',', minorDigits: number): number | AmountFault {
  let at = text.charCodeAt(0) === MINUS ? 1 : 0
  const first = at
  let value = 0
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  if (at === first) return 'not-a-number'
  let decimals = 0
  if (at < text.length) {
    if (text.charAt(at) !== decimal || at + 1 === text.length) return 'not-a-number'
    let surplus = false
    for (at++; at < text.length; at++) {
      const digit = text.charCodeAt(at) - ZERO
      if (digit < 0 || digit > 9) return 'not-a-number'
      if (decimals < minorDigits) {
        value = value * 10 + digit
        decimals++
      } else if (digit > 0) surplus = true
    }
    if (surplus) return 'decimals'
  }
  for (; decimals < minorDigits; decimals++) value *= 10
  if (value > Number.MAX_SAFE_INTEGER) return 'too-large'
  return first === 1 && value > 0 ? -value : value
}

const ZERO = 48
const MINUS = 45

/** `1.100,040` with decimal `,` is no number; `1100,040` is `1100.04`: the same text for the same number. */
export function plainNumber(text: string, decimal: '.' | ','): string | undefined {
  const match = (decimal === '.' ? withPoint : withComma).exec(text)
  if (match === null) return undefined
  const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '')
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  const size = fraction === '' ? whole : `${whole}.${fraction}`
  return match[1] === '-' && size !== '0' ? `-${size}` : size
}

const withPoint = /^(-?)(\d+)(?:\.(\d+))?$/
const withComma = /^(-?)(\d+)(?:,(\d+))?$/

/** Currencies of ISO 4217 whose minor unit is not a hundredth. */
const minorDigits = new Map<string, number>([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
])

/**
 * How many decimals a currency has: USD 2, JPY 0, KWD 3; 2 for a code that nobody knows. A list and not `Intl`, whose
 * first formatter costs a tenth of a whole check.
 */
export function minorDigitsOf(currency: string): number {
  return minorDigits.get(currency) ?? 2
}

/** `majorText(105450, 2)` is `1054.50`, `majorText(105400, 2)` is `1054`. */
export function majorText(minor: number, minorDigits: number): string {
  const unit = 10 ** minorDigits
  if (minor % unit === 0) return String(minor / unit)
  const digits = String(Math.abs(minor)).padStart(minorDigits + 1, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -minorDigits)}.${digits.slice(-minorDigits)}`
}

/**
 * Changes amounts of one currency into another; `rate` is what one unit is worth there. The decimals of `rate` as
 * written are meant, so 1.08 is 108/100, and the result is rounded half to even.
 */
export function converter(rate: number, fromDigits: number, toDigits: number): (minor: number) => number {
  const [mantissa = '', exponent = '0'] = String(rate).split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const shift = toDigits - fromDigits - fraction.length + Number(exponent)
  const numerator = BigInt(whole + fraction) * 10n ** BigInt(Math.max(0, shift))
  const denominator = 10n ** BigInt(Math.max(0, -shift))
  return (minor) => {
    const product = BigInt(minor) * numerator
    const quotient = product / denominator
    const twice = (product % denominator) * 2n
    const up = twice > denominator || (twice === denominator && quotient % 2n === 1n)
    return Number(up ? quotient + 1n : quotient)
  }
}
