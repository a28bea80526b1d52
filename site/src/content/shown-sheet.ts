/**
 * A sheet as its audience sees it: ids become links to pages that are built, and what is not built is not named.
 */
import type { AnyEntity } from '../../../src/model/entity.ts'
import type { EntityType } from '../../../src/model/entity-types.ts'
import { folders } from '../../../src/model/entity-types.ts'
import type { Cell, Column, Table } from '../../../src/reports/report.ts'
import { saleReasonWords } from '../../../src/reports/sale-reasons.ts'
import type { Mark } from './page-types.ts'
import type { ShownCell, ShownTable, ShownWord } from './report-types.ts'
import type { Shown } from './shown.ts'

/** Where a figure leads: to the deals it is made of. */
export type Leads = (column: Column, row: readonly Cell[]) => string | undefined

/** A wide table leaves out the columns that have nothing to say in any row. */
const wide = 7

/** A page lists no more than a reader scrolls through; the rest is for a spreadsheet. */
const mostRows = 300

export function shownTable(shown: Shown, table: Table, leads: Leads = () => undefined): ShownTable {
  const { name, title, note, empty } = table
  const cells = table.rows.slice(0, mostRows).map((row) =>
    table.columns.map((column, index) => {
      const cell = shownCell(shown, column, row[index] ?? null)
      const href = leads(column, row)
      return href === undefined || isNothing(cell) ? cell : { ...cell, href }
    }),
  )
  const columns = table.columns.map((column, index) => ({ column, index }))
  const told =
    columns.length <= wide || cells.length === 0
      ? columns
      : columns.filter(({ index }) => cells.some((row) => !isBlank(row[index])))
  return {
    name,
    title,
    note,
    columns: told.map(({ column }) => ({ title: column.title, kind: column.kind })),
    rows: cells.map((row) => told.map(({ index }) => row[index] ?? {})),
    empty,
    more: Math.max(0, table.rows.length - mostRows),
  }
}

function isBlank(cell: ShownCell | undefined): boolean {
  return cell?.number === undefined && (cell?.words ?? []).length === 0
}

function isNothing({ number, words = [] }: ShownCell): boolean {
  return (number === undefined || number === 0) && words.length === 0
}

function shownCell(shown: Shown, { kind }: Column, cell: Cell): ShownCell {
  if (cell === null || cell === '') return {}
  if (typeof cell === 'number') return { number: cell }
  const values = typeof cell === 'string' ? [cell] : cell
  return { words: values.flatMap((value) => wordOf(shown, kind, value) ?? []) }
}

function wordOf(shown: Shown, kind: Column['kind'], value: string): ShownWord | undefined {
  switch (kind) {
    case 'play': {
      const play = shown.playbook.get('play', value)
      return play === undefined ? undefined : shown.playLink(play)
    }
    case 'segment':
    case 'market':
    case 'message':
      return shown.link(kind, value)
    case 'person':
      // The owner of a deal whom nobody knows goes by the ledger's spelling.
      return shown.link('person', value) ?? { title: value }
    case 'page':
      return pageWord(shown, value)
    case 'deal': {
      const review = shown.reviewHref(value)
      return review === undefined ? { title: value } : { title: value, href: review }
    }
    case 'verdict':
      return verdictWord(value)
    case 'reasons':
      return {
        title: Object.hasOwn(saleReasonWords, value) ? saleReasonWords[value as keyof typeof saleReasonWords] : value,
      }
    default:
      return { title: value }
  }
}

/** `plays/audit-deadline` */
function pageWord(shown: Shown, value: string): ShownWord | undefined {
  const [folder = '', ...id] = value.split('/')
  const type = (Object.keys(folders) as EntityType[]).find((each) => folders[each] === folder)
  const entity = type === undefined ? undefined : (shown.playbook.get(type, id.join('/')) as AnyEntity | undefined)
  return entity === undefined ? undefined : shown.namedLink(entity)
}

/** `proven (by fit)` */
function verdictWord(value: string): ShownWord {
  const [verdict = ''] = value.split(' ')
  return { title: value, mark: verdict as Mark, byFit: value.endsWith('(by fit)') }
}
