import fc from 'fast-check'
import { expect, test } from 'vitest'
import { converter, majorText, minorDigitsOf, parseAmount, plainNumber } from './money.ts'

test('an amount is read to the minor unit without a binary fraction in between', () => {
  expect(parseAmount('1054', '.', 2)).toBe(105_400)
  expect(parseAmount('1054.5', '.', 2)).toBe(105_450)
  expect(parseAmount('0.29', '.', 2)).toBe(29)
  expect(parseAmount('1.10', '.', 2)).toBe(110)
  expect(parseAmount('1200,50', ',', 2)).toBe(120_050)
  expect(parseAmount('0007', '.', 2)).toBe(700)
  expect(parseAmount('1200', '.', 0)).toBe(1200)
  expect(parseAmount('-5', '.', 2)).toBe(-500)
  expect(Object.is(parseAmount('-0', '.', 2), 0)).toBe(true)
})

test('what only a guess could read is no amount', () => {
  const refused = [
    '',
    ' ',
    '$1200',
    '1,200.00',
    '1.200,00',
    '1 200',
    '1_000',
    '1e3',
    'NaN',
    'inf',
    'Infinity',
    '+5',
    '.5',
    '5.',
    '1.2.3',
    '--5',
    '-',
    '0x10',
    '12 ',
    '１２',
  ]
  for (const text of refused) expect([text, parseAmount(text, '.', 2)]).toEqual([text, 'not-a-number'])
  expect(parseAmount('1200.50', ',', 2)).toBe('not-a-number')
})

test('more decimals than the currency has are refused, not rounded, unless they are zeros', () => {
  expect(parseAmount('1.005', '.', 2)).toBe('decimals')
  expect(parseAmount('1.500', '.', 2)).toBe(150)
  expect(parseAmount('100.5', '.', 0)).toBe('decimals')
  expect(parseAmount('100.00', '.', 0)).toBe(100)
})

test('an amount that a number cannot hold exactly is refused', () => {
  expect(parseAmount('90071992547409.91', '.', 2)).toBe(Number.MAX_SAFE_INTEGER)
  expect(parseAmount('90071992547409.92', '.', 2)).toBe('too-large')
  expect(parseAmount('9'.repeat(400), '.', 2)).toBe('too-large')
})

test('a currency has the decimals that its country uses', () => {
  expect(['USD', 'JPY', 'KWD', 'not a code'].map(minorDigitsOf)).toEqual([2, 0, 3, 2])
})

test('another currency is converted half to even', () => {
  const toUsd = converter(1.08, 2, 2)
  expect(toUsd(100)).toBe(108)
  expect(converter(0.5, 2, 2)(1)).toBe(0)
  expect(converter(0.5, 2, 2)(3)).toBe(2)
  expect(converter(0.5, 2, 2)(5)).toBe(2)
  expect(converter(1.08, 2, 2)(123_456)).toBe(133_332)
})

test('currencies with other decimals are converted to the decimals of the playbook', () => {
  expect(converter(0.0067, 0, 2)(10_000)).toBe(6_700)
  expect(converter(150, 2, 0)(1_050)).toBe(1_575)
  expect(converter(3.25, 3, 2)(1_000)).toBe(325)
  expect(converter(1e-7, 2, 2)(100_000_000)).toBe(10)
  expect(converter(1e21, 2, 2)(1)).toBe(1e21)
})

test('a text of an amount is read as that amount', () => {
  const property = fc.property(fc.maxSafeNat(), fc.constantFrom(0, 2, 3), (minor, digits) => {
    expect(parseAmount(majorText(minor, digits), '.', digits)).toBe(minor)
  })
  fc.assert(property)
  expect([105_450, 105_400, 5, 0].map((minor) => majorText(minor, 2))).toEqual(['1054.50', '1054', '0.05', '0'])
})

test('a number has one text, however it is written', () => {
  expect(['7', '007', '7.0', '7.00'].map((text) => plainNumber(text, '.'))).toEqual(['7', '7', '7', '7'])
  expect(['-0', '-0.50', '1100.040'].map((text) => plainNumber(text, '.'))).toEqual(['0', '-0.5', '1100.04'])
  expect(plainNumber('1100,04', ',')).toBe('1100.04')
  for (const text of ['', '1,100', '1e3', 'n/a', '+1', '.5', '5.']) expect(plainNumber(text, '.')).toBeUndefined()
})

test('minor units are those of ISO 4217 and not what is usually shown: a forint has hundredths in a ledger', () => {
  expect(['HUF', 'COP', 'IDR', 'EUR', 'KRW', 'TND', 'CLF'].map(minorDigitsOf)).toEqual([2, 2, 2, 2, 0, 3, 4])
})
