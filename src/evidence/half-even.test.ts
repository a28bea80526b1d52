import { expect, test } from 'vitest'
import { timesHalfEven } from './half-even.ts'

test('a half cent goes to the even cent', () => {
  expect([100, 300, 500, 700].map((cents) => timesHalfEven(cents, 0.005))).toEqual([0, 2, 2, 4])
  expect(timesHalfEven(-300, 0.005)).toBe(-2)
})

test('a rate is the decimal it is written as', () => {
  // 0.035 × 100 is 3.5000000000000004 to a computer, and 1.005 × 1000 is 1004.9999999999999.
  expect(timesHalfEven(100, 0.035)).toBe(4)
  expect(timesHalfEven(1000, 1.0045)).toBe(1004)
  expect(timesHalfEven(300, 0.015)).toBe(4)
  expect(timesHalfEven(500, 0.015)).toBe(8)
  expect(timesHalfEven(700, 0.015)).toBe(10)
})

test('more or less than a half is no tie', () => {
  expect(timesHalfEven(101, 0.035)).toBe(4)
  expect(timesHalfEven(99, 0.035)).toBe(3)
  expect(timesHalfEven(123_456_789_012, 0.0735)).toBe(9_074_073_992)
})

test('nothing, everything and tiny rates are exact', () => {
  expect(timesHalfEven(987_654, 0)).toBe(0)
  expect(timesHalfEven(987_654, 1)).toBe(987_654)
  expect(timesHalfEven(500_000_000, 1e-9)).toBe(0)
  expect(timesHalfEven(1_500_000_000, 1e-9)).toBe(2)
  expect(timesHalfEven(2, 1e21)).toBe(2e21)
})

test('what is no money is refused', () => {
  expect(() => timesHalfEven(0.5, 1)).toThrow(RangeError)
  expect(() => timesHalfEven(100, Number.NaN)).toThrow(RangeError)
})
