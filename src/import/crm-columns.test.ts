import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellOf, plainDecimal } from './crm-columns.ts'

test.each([
  ['1000.0', '1000'],
  ['1000.50', '1000.5'],
  ['1.39E8', '139000000'],
  ['1.0E7', '10000000'],
  ['1.5e-3', '0.0015'],
  ['12345678901234567890.01', '12345678901234567890.01'],
  ['-0.0', '0'],
  ['-2.50E1', '-25'],
  ['007', '7'],
  ['', ''],
  ['12,5', '12,5'],
  ['NaN', 'NaN'],
  ['1e999', '1e999'],
])('the number %j is written %j', (text, written) => {
  expect(plainDecimal(text)).toBe(written)
})

test('a number is the same number whether it has an exponent or not', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 15n), fc.integer({ min: -12, max: 12 }), (digits, exponent) => {
      const shifted = plainDecimal(`${digits}E${exponent}`)
      const back = plainDecimal(`${shifted}E${-exponent}`)
      expect(shifted).toMatch(/^\d+(\.\d*[1-9])?$/)
      expect(back).toBe(String(digits))
    }),
  )
})

test('a date-time keeps its date as it stands, and a text its time', () => {
  expect(cellOf('2026-01-10T23:59:06.000+0000', 'date')).toBe('2026-01-10')
  expect(cellOf('2026-01-10', 'date')).toBe('2026-01-10')
  expect(cellOf('next week', 'date')).toBe('next week')
  expect(cellOf('2026-01-10T23:59', 'text')).toBe('2026-01-10T23:59')
  expect(cellOf(null, 'number')).toBe('')
})
