import { createColors } from 'picocolors'
import { expect, test } from 'vitest'
import type { PlaybookSettings } from '../../model/playbook-settings.ts'
import type { Cell, Column } from '../../reports/report.ts'
import { prettySheet } from './sheet-pretty.ts'

const settings = { locale: 'en-US', currency: 'USD' } as PlaybookSettings

function shown(width: number, columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const sheet = { title: 'T', lines: [], tables: [{ name: 't', title: 'Table', columns, rows, empty: '' }] }
  const text = prettySheet(sheet, settings, { colors: createColors(false), width }, () => '')
  return `\n${text.split('\n').slice(3).join('\n')}\n`
}

const market: readonly Column[] = [
  { name: 'market', title: 'Market', kind: 'market' },
  { name: 'stage', title: 'Stage', kind: 'text' },
  { name: 'plays', title: 'Plays', kind: 'play' },
  { name: 'won', title: 'Won', kind: 'count' },
  { name: 'rate', title: 'Win rate', kind: 'share' },
]
const rows: readonly (readonly Cell[])[] = [
  ['retail-east', 'creation', ['counter-refresh'], 294, 0.64],
  ['finance-east', 'creation', [], 1112, 0.61],
]

test('a table that is too wide goes on below, with what names its rows again and figures beside each other', () => {
  expect(shown(60, market, rows)).toBe(`
Market        Stage     Plays              Won  Win rate
retail-east   creation  counter-refresh    294       64%
finance-east  creation  –                1,112       61%
`)
  expect(shown(45, market, rows)).toBe(`
Market        Stage     Plays
retail-east   creation  counter-refresh
finance-east  creation  –

Market          Won  Win rate
retail-east     294       64%
finance-east  1,112       61%
`)
})

test('where the first column does not tell the rows apart, the second goes with it', () => {
  const [first, second, , ...figures] = market
  const columns = [first, second, ...figures, { name: 'deal', title: 'Example', kind: 'deal' }] as Column[]
  const twice = [
    ['retail', 'East', 294, 0.64, 'D-18'],
    ['retail', 'West', 12, 0.5, 'D-19'],
  ]
  expect(shown(30, columns, twice)).toBe(`
Market  Stage  Won  Win rate
retail  East   294       64%
retail  West    12       50%

Market  Stage  Example
retail  East   D-18
retail  West   D-19
`)
})

test('long texts are read in lines of their own', () => {
  const told = 'Nobody has said yet that it is right, and somebody who knows has to read it through.'
  const columns: Column[] = [market[0] as Column, { name: 'text', title: 'To do', kind: 'text' }, market[3] as Column]
  expect(shown(24, [...columns, market[4] as Column], [['retail-east', told, 1, 0.5]])).toBe(`
Market    retail-east
To do     Nobody has
          said yet that
          it is right,
          and somebody
          who knows has
          to read it
          through.
Won       1
Win rate  50%
`)
})

test('a word that is longer than its column is broken after a hyphen or a slash', () => {
  const columns: Column[] = [{ name: 'note', title: 'Note', kind: 'page' }, market[3] as Column]
  expect(shown(30, columns, [['feedback/2017-12-22-imaging-suite', 5]])).toBe(`
Note                       Won
feedback/2017-12-22-         5
imaging-suite
`)
})
