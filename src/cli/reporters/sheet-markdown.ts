/**
 * A report as Markdown that a code host renders: for a wiki, an issue or a pull request.
 *
 * Nothing from a file acts on the page it is put on: no markup, mention or link of anybody's survives.
 */
import type { PlaybookSettings } from '../../model/playbook-settings.ts'
import type { Sheet, Table } from '../../reports/report.ts'
import { code, plain } from './markdown-text.ts'
import { count } from './report.ts'
import { isNumeric, nothing, shownRows } from './sheet-cells.ts'

/** A code host refuses a comment of more than 65,536 characters. */
const mostRows = 100

/** `all` says how the rest of a long table is had. */
export function markdownSheet(sheet: Sheet, settings: PlaybookSettings, all: (table: Table) => string): string {
  const parts = [`## ${plain(sheet.title)}`, ...sheet.lines.map(plain)]
  for (const table of sheet.tables) {
    parts.push(`### ${plain(table.title)}`)
    if (table.note !== undefined) parts.push(plain(table.note))
    if (table.rows.length === 0) {
      parts.push(plain(table.empty))
      continue
    }
    parts.push(tableText({ ...table, rows: table.rows.slice(0, mostRows) }, settings))
    const more = table.rows.length - mostRows
    if (more > 0) parts.push(`And ${count(more, 'more row')}: ${code(all(table))}`)
  }
  return parts.join('\n\n')
}

function tableText(table: Table, settings: PlaybookSettings): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    row(table.columns.map(({ title }) => plain(title))),
    row(table.columns.map((column) => (isNumeric(column) ? '---:' : '---'))),
    ...shownRows(table, settings).map((cells) =>
      row(
        cells.map((cell, index) =>
          table.columns[index]?.kind === 'code' && cell !== nothing ? inCell(cell) : plain(cell),
        ),
      ),
    ),
  ].join('\n')
}

/** A code span of a table, where a bar would end the cell even inside it. */
function inCell(text: string): string {
  return code(text).replaceAll('|', '\\|')
}
