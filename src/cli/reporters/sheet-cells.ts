/**
 * Cells of a report as people read them: money, shares and counts as the playbook's locale writes them.
 *
 * What comes from files is made visible here, once for every format.
 */
import { minorDigitsOf } from '../../ledger/money.ts'
import type { PlaybookSettings } from '../../model/playbook-settings.ts'
import type { Cell, Column, Table } from '../../reports/report.ts'
import { saleReasonWords } from '../../reports/sale-reasons.ts'
import { visible } from '../../source/visible.ts'

/** Shown where there is nothing to say. */
export const nothing = '–'

/** The rows of a table as text, a cell for each column. */
export function shownRows({ columns, rows }: Table, settings: PlaybookSettings): string[][] {
  const show = columns.map((column, index) =>
    shower(
      column,
      rows.map((row) => row[index] ?? null),
      settings,
    ),
  )
  return rows.map((row) => columns.map((_, index) => show[index]?.(row[index] ?? null) ?? ''))
}

/** Whether a column is read from its right edge. */
export function isNumeric({ kind }: Column): boolean {
  return kind === 'count' || kind === 'number' || kind === 'money' || kind === 'share' || kind === 'days'
}

function shower({ kind }: Column, cells: readonly Cell[], settings: PlaybookSettings): (cell: Cell) => string {
  const number = formatOf(kind, cells, settings)
  const text = (cell: string | number): string =>
    typeof cell === 'number' ? number.format(cell) : kind === 'reasons' ? reasonWords(cell) : visible(cell)
  return (cell) => {
    if (cell === null || cell === '') return nothing
    if (typeof cell === 'string' || typeof cell === 'number') return text(cell)
    return cell.length === 0 ? nothing : cell.map(text).join(', ')
  }
}

function reasonWords(code: string): string {
  return Object.hasOwn(saleReasonWords, code) ? saleReasonWords[code as keyof typeof saleReasonWords] : visible(code)
}

/** One format for a whole column: money has its minor unit everywhere in it or nowhere. */
function formatOf(kind: Column['kind'], cells: readonly Cell[], settings: PlaybookSettings): Intl.NumberFormat {
  if (kind === 'share') return new Intl.NumberFormat(settings.locale, { style: 'percent', maximumFractionDigits: 0 })
  if (kind === 'money')
    return moneyFormat(
      settings,
      cells.every((cell) => cell === null || Number.isInteger(cell)),
    )
  return new Intl.NumberFormat(settings.locale, { maximumFractionDigits: 20 })
}

function moneyFormat({ locale, currency }: PlaybookSettings, whole: boolean): Intl.NumberFormat {
  const digits = whole ? 0 : minorDigitsOf(currency)
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}
