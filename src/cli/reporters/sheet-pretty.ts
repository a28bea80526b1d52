/**
 * A report in a terminal, never wider than it: a table where it fits, else its columns in parts below each other, and a
 * block for each row where it tells long texts or nothing else fits.
 *
 * Nothing is cut off inside a row: words go on the next line. A long table ends with how to have the rest.
 */
import stringWidth from 'fast-string-width'
import type { PlaybookSettings } from '../../model/playbook-settings.ts'
import type { Column, Sheet, Table } from '../../reports/report.ts'
import { visible } from '../../source/visible.ts'
import type { Terminal } from '../terminal.ts'
import { count } from './report.ts'
import { isNumeric, nothing, shownRows } from './sheet-cells.ts'

type Colors = Terminal['colors']

const mostRows = 40
const gap = 2
/** A column is as wide as its longest word, or rows become blocks; only a word longer than this may be broken. */
const longWord = 24
/** A text longer than this is read in lines of its own, not in a column. */
const longText = 60
/** More parts than this are harder to read than blocks. */
const mostParts = 3

/** `all` says how the rest of a long table is had. */
export function prettySheet(
  sheet: Sheet,
  settings: PlaybookSettings,
  { colors, width }: { readonly colors: Colors; readonly width: number },
  all: (table: Table) => string,
): string {
  const said = (text: string): string[] => wrap(visible(text), width)
  const parts = [[...said(sheet.title).map(colors.bold), ...sheet.lines.flatMap(said)]]
  for (const table of sheet.tables) {
    const lines = said(table.title).map(colors.bold)
    if (table.note !== undefined) lines.push(...said(table.note).map(colors.dim))
    if (table.rows.length === 0) lines.push(...said(table.empty))
    else lines.push(...tableLines({ ...table, rows: table.rows.slice(0, mostRows) }, settings, width, colors))
    const more = table.rows.length - mostRows
    if (more > 0) lines.push(...said(`And ${count(more, 'more row')}: ${all(table)}`).map(colors.dim))
    parts.push(lines)
  }
  return parts.map((lines) => lines.join('\n')).join('\n\n')
}

function tableLines(table: Table, settings: PlaybookSettings, width: number, colors: Colors): string[] {
  const rows = shownRows(table, settings)
  const whole = columnLines(table, rows, width, colors)
  if (whole !== undefined) return whole
  const said = table.columns.filter((_, index) => rows.some((row) => row[index] !== nothing))
  if (said.length < table.columns.length) return tableLines(withColumns(table, said), settings, width, colors)
  const parts = partsWithin(table, rows, width)?.map((columns) => {
    const part = withColumns(table, columns)
    return columnLines(part, shownRows(part, settings), width, colors)
  })
  if (parts === undefined || parts.includes(undefined)) return blocks(titlesOf(table), rows, width, colors)
  return parts.flatMap((lines, number) => (number === 0 ? (lines ?? []) : ['', ...(lines ?? [])]))
}

/** Undefined where the columns do not fit beside each other. */
function columnLines(
  table: Table,
  rows: readonly (readonly string[])[],
  width: number,
  colors: Colors,
): string[] | undefined {
  const titles = titlesOf(table)
  const widths = widthsWithin(table, [titles, ...rows], width)
  if (widths === undefined) return undefined
  const right = table.columns.map(isNumeric)
  return [
    ...rowLines(titles, widths, right).map(colors.dim),
    ...rows.flatMap((row) =>
      rowLines(row, widths, right, (cell, index) =>
        table.columns[index]?.kind === 'verdict' ? verdictColor(row[index] ?? '', colors)(cell) : cell,
      ),
    ),
  ]
}

function titlesOf({ columns }: Table): string[] {
  return columns.map(({ title }) => visible(title))
}

/**
 * The columns of each part of a table that is too wide; every part begins with those that tell its rows apart. Figures
 * that stand beside each other stay so where they can. Undefined where blocks read better.
 */
function partsWithin(table: Table, rows: readonly (readonly string[])[], width: number): Column[][] | undefined {
  const titles = titlesOf(table)
  const needed = table.columns.map((column, index) => {
    const cells = rows.map((row) => row[index] ?? '')
    if (!isNumeric(column) && cells.some((cell) => stringWidth(cell) > longText)) return Number.POSITIVE_INFINITY
    const widest = Math.max(...cells.map((cell) => stringWidth(cell)))
    return Math.max(longestWord(titles[index] ?? ''), isNumeric(column) ? widest : Math.min(widest, longWord)) + gap
  })
  const keys = keyColumns(rows)
  const room = width + gap - sum(needed.slice(0, keys))
  if (Math.max(...needed.slice(keys)) > room) return undefined
  const parts: number[][] = []
  for (const run of runsOf(table.columns, keys)) {
    const last = parts.at(-1)
    if (last !== undefined && taken([...last, ...run]) <= room) last.push(...run)
    else if (taken(run) <= room) parts.push([...run])
    else for (const index of run) place(index)
  }
  return parts.length > mostParts
    ? undefined
    : parts.map((indexes) => [...table.columns.slice(0, keys), ...indexes.flatMap((at) => table.columns[at] ?? [])])

  function taken(indexes: readonly number[]): number {
    return sum(indexes.map((index) => needed[index] ?? 0))
  }
  function place(index: number): void {
    const last = parts.at(-1)
    if (last !== undefined && taken([...last, index]) <= room) last.push(index)
    else parts.push([index])
  }
}

/** How many columns from the first it takes to tell every row from the others; one where not even two of them do. */
function keyColumns(rows: readonly (readonly string[])[]): number {
  const apart = (count: number): boolean =>
    new Set(rows.map((row) => JSON.stringify(row.slice(0, count)))).size === rows.length
  return !apart(1) && apart(2) ? 2 : 1
}

/** Neighbours that are all figures or all words. */
function runsOf(columns: readonly Column[], from: number): number[][] {
  const runs: number[][] = []
  for (const [index, column] of columns.entries()) {
    if (index < from) continue
    const before = columns[index - 1]
    const joins = index > from && before !== undefined && isNumeric(before) === isNumeric(column)
    if (joins) runs.at(-1)?.push(index)
    else runs.push([index])
  }
  return runs
}

/** What nothing is said in takes no room where room is scarce. */
function withColumns(table: Table, columns: readonly Column[]): Table {
  const kept = columns.map((column) => table.columns.indexOf(column))
  return { ...table, columns, rows: table.rows.map((row) => kept.map((index) => row[index] ?? null)) }
}

/** The width of each column; undefined where they do not fit beside each other. */
function widthsWithin({ columns }: Table, rows: readonly (readonly string[])[], width: number): number[] | undefined {
  const widest = (index: number, measure: (text: string) => number): number =>
    Math.max(...rows.map((row) => measure(row[index] ?? '')))
  const widths = columns.map((_, index) => widest(index, stringWidth))
  const least = columns.map((column, index) => {
    const words = widest(index, longestWord)
    // A figure or a day is one word, and never broken.
    return isNumeric(column) || column.kind === 'day' ? words : Math.min(words, longWord)
  })
  let over = sum(widths) + gap * (columns.length - 1) - width
  if (over > sum(widths) - sum(least)) return undefined
  // The widest gives first: what is short stays on one line.
  while (over > 0) {
    let giving = -1
    for (let index = 0; index < widths.length; index++) {
      const spare = (widths[index] ?? 0) > (least[index] ?? 0)
      if (spare && (giving < 0 || (widths[index] ?? 0) > (widths[giving] ?? 0))) giving = index
    }
    widths[giving] = (widths[giving] ?? 0) - 1
    over--
  }
  return widths
}

function rowLines(
  cells: readonly string[],
  widths: readonly number[],
  right: readonly boolean[],
  color: (cell: string, index: number) => string = (cell) => cell,
): string[] {
  const wrapped = cells.map((cell, index) => wrap(cell, widths[index] ?? 1))
  const height = Math.max(...wrapped.map(({ length }) => length))
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, index) => {
        const text = lines[line] ?? ''
        const space = ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(text)))
        return right[index] === true ? space + color(text, index) : color(text, index) + space
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}

/** A row as lines of header and value, for tables that are wider than the terminal. */
function blocks(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  colors: Colors,
): string[] {
  const indent = Math.min(Math.max(...titles.map((title) => stringWidth(title))) + gap, Math.floor(width / 2))
  return rows.flatMap((row, number) => {
    const lines = titles.flatMap((title, index) => {
      const value = row[index] ?? nothing
      if (value === nothing) return []
      return wrap(value, width - indent).map((line, at) => {
        const name = at === 0 ? (wrap(title, indent - gap)[0] ?? '') : ''
        return `${colors.dim(name)}${' '.repeat(indent - stringWidth(name))}${line}`
      })
    })
    return number === 0 ? lines : ['', ...lines]
  })
}

function verdictColor(words: string, colors: Colors): (text: string) => string {
  if (words.startsWith('proven')) return colors.green
  if (words.startsWith('repeatable')) return colors.cyan
  return words.startsWith('anecdotal') ? colors.yellow : colors.dim
}

/** Words in lines of at most `width` columns; a word that is longer is broken after `-` or `/`, else between characters. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((each) => pieces(each, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && stringWidth(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

function pieces(word: string, width: number): string[] {
  if (stringWidth(word) <= width) return [word]
  const found: string[] = []
  let piece = ''
  for (const part of word.match(/[^/-]*[/-]|[^/-]+/g) ?? []) {
    // A part that is longer than a line is broken wherever the line ends.
    const whole = stringWidth(part) <= width
    for (const segment of whole ? [part] : [...new Intl.Segmenter().segment(part)].map((each) => each.segment)) {
      if (piece !== '' && stringWidth(piece + segment) > width) {
        found.push(piece)
        piece = ''
      }
      piece += segment
    }
  }
  return [...found, piece]
}

function longestWord(text: string): number {
  return Math.max(...text.split(' ').map((word) => stringWidth(word)))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
