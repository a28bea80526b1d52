/** Where sentences end, and where they do not. */
import { expect, test } from 'vitest'
import { sentencesIn } from './sentences.ts'

const split = (text: string) => sentencesIn(text).map(({ start, end }) => text.slice(start, end))

test('a mark and a blank before a capital, a quote or a figure end a sentence', () => {
  expect(split('  It works. "Does it?" She nodded! 40% agree… (Some do not.) Fine ')).toEqual([
    'It works.',
    '"Does it?"',
    'She nodded!',
    '40% agree…',
    '(Some do not.)',
    'Fine',
  ])
})

test('a decimal point, an abbreviation, an initial and a small letter do not', () => {
  for (const text of [
    'It took 2.5 days.',
    'Banks, e.g. Halyard, do.',
    'No. 7 of J. Park.',
    'Wait ... and see.',
    'The U.S. Army',
  ])
    expect(split(text)).toEqual([text])
})

test('a no is an answer, unless it counts', () => {
  expect(split('They said no. So did I. Then No. 2 came.')).toEqual(['They said no.', 'So did I.', 'Then No. 2 came.'])
})

test('lines wrap inside a sentence, and nothing has none', () => {
  expect(split('It\nworks.\nIt does.')).toEqual(['It\nworks.', 'It does.'])
  expect(split(' \n ')).toEqual([])
})
