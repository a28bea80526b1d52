/** What is a figure, what is none, and which are the same. */
import { expect, test } from 'vitest'
import { quantitiesIn } from './figures.ts'

const figures = (text: string) => quantitiesIn(text).map(({ key, start, end }) => `${key}: ${text.slice(start, end)}`)
const keys = (text: string) => quantitiesIn(text).map(({ key }) => key)

test.each([
  ['Costs fall by 40%.', 'percent 40: 40%'],
  ['Costs fall by 12.5 per cent.', 'percent 12.5: 12.5 per cent'],
  ['Forty percent of them', 'percent 40: Forty percent'],
  ['Nine out of ten stayed.', 'percent 90: Nine out of ten'],
  ['It is 3x faster.', 'multiple 3: 3x'],
  ['It is 2.5 × that.', 'multiple 2.5: 2.5 ×'],
  ['three times as fast', 'multiple 3: three times as'],
  ['twice as fast', 'multiple 2: twice as'],
  ['a tenfold return', 'multiple 10: tenfold'],
  ['It halves your effort.', 'multiple 0.5: halves'],
  ['It cost $1,200.50 a year.', 'amount 1200.5: $1,200.50'],
  ['We saved them €3.5m.', 'amount 3500000: €3.5m'],
  ['for 5 million dollars', 'amount 5000000: 5 million dollars'],
  ['for USD 12,000', 'amount 12000: USD 12,000'],
  ['It saves three hours a week.', 'time 10800 s: three hours'],
  ['It saves every clerk an hour.', 'time 3600 s: an hour'],
  ['The close fell to 2 days.', 'time 172800 s: 2 days'],
  ['The close went from 10 days to two days.', 'time 172800 s: two days'],
  ['from ten to 2 days', 'time 172800 s: 2 days'],
  ['in 5 minutes instead of two hours', 'time 300 s: 5 minutes'],
  ['They are two weeks faster.', 'time 1209600 s: two weeks'],
  ['We are the number one in banking.', 'rank 1: number one'],
  ['Ranked second by analysts', 'rank 2: Ranked second'],
  ['It is among the top 10 vendors.', 'rank top 10: top 10'],
])('%s', (text, expected) => {
  expect(figures(text)).toEqual([expected])
})

test.each([
  'In 2017 we had 500 customers.',
  'Since 2026-03-31, at 9.30, on 5 May.',
  'Step 3 of 5: call +1 555 0100.',
  'GTX 500, version 2.0, ISO 27001, Windows 11.',
  'Call them three times the same day.',
  'Call for 30 minutes, within the first week.',
  'It runs from 2 to 4 weeks.',
  'a screen of 1920 x 1080, a 4x4, 3x a week',
  'Their top three risks, the number one question.',
  'One client a month, half an hour later.',
  'Cut the cable two days before.',
  'Two piles of paper, one lane first.',
])('no figure: %s', (text) => {
  expect(figures(text)).toEqual([])
})

test('one quantity has one key, however it is written', () => {
  expect(keys('saves 120 minutes')).toEqual(keys('saves two hours'))
  expect(keys('14 days faster')).toEqual(keys('two weeks faster'))
  expect(keys('$1.200.000')).toEqual(keys('$1.2 million'))
  expect(keys('2B')).toEqual([])
})

test('several figures of a sentence are told in order and once each', () => {
  expect(figures('It cut the close from 10 days to 2 days and costs by 30% to $5k.')).toEqual([
    'time 172800 s: 2 days',
    'percent 30: 30%',
    'amount 5000: $5k',
  ])
})

test('a line of a hundred thousand characters is read in no time', () => {
  for (const text of [
    '1,111'.repeat(20_000),
    'save '.repeat(20_000),
    'from 9 '.repeat(15_000),
    '9 x '.repeat(25_000),
    'is the a '.repeat(11_000),
  ]) {
    const started = performance.now()
    quantitiesIn(text)
    expect(performance.now() - started).toBeLessThan(1_000)
  }
})
