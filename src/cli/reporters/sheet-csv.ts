/**
 * One table of a report as CSV (RFC 4180) for a spreadsheet: numbers stay numbers, no cell is a formula.
 */
import type { Cell, Table } from '../../reports/report.ts'
import { visible } from '../../source/visible.ts'

/** Lines end with CR LF but for the last, which has no end yet. */
export function csvTable({ columns, rows }: Table): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => columns.map((_, index) => text(row[index])))]
  return lines.map((cells) => cells.map(quoted).join(',')).join('\r\n')
}

function text(cell: Cell | undefined): string {
  if (cell === undefined || cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const words = visible(typeof cell === 'string' ? cell : cell.join('; '))
  // A spreadsheet takes such a cell for a formula; the wide forms are taken for the others in some of them.
  return /^\s*[=+\-@\t\r＝＋－＠]/.test(words) ? `'${words}` : words
}

function quoted(cell: string): string {
  return /[",;\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
