/**
 * What is wrong with a row, in words: the value as the file has it, shortened and safe to show, and what to do.
 *
 * A text shows the cell at fault and never more of its row: it ends in CI logs that many can read, and a row of a CRM
 * holds names.
 */
import { nearest } from '../source/nearest.ts'
import type { LineRange } from '../source/text.ts'
import { shortened, visible } from '../source/visible.ts'
import type { RowFault, TableRow } from './csv.ts'
import type { LedgerProblem } from './ledger.ts'

export const exportAgain = 'Correct it in the CRM and export the ledger again.'

/** A header, a cell or a name in a text: as Markdown code, on one line, of at most 60 characters. */
export function shown(text: string): string {
  // The cut before the cut: counting the characters of a cell of many megabytes would take long.
  return `\`${visible(shortened(text.slice(0, 400)))}\``
}

export function list(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`
}

/** A sentence to add, or nothing where no known word is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = nearest(word, known)
  return near === undefined ? '' : ` Did you mean ${shown(near)}?`
}

/** Collects the problems of one file while it is read. */
export class ProblemList {
  readonly found: LedgerProblem[] = []
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  at(lines: LineRange, text: string, deal?: string): void {
    this.found.push({ file: this.#file, lines, text, deal: deal === '' ? undefined : deal })
  }
}

/** What to say about a row that is no row. `header` is that of the cell at fault, where there is one. */
export function faultText(
  fault: RowFault,
  row: TableRow,
  width: number,
  header: string | undefined,
  cell: number,
  delimiter: string,
): string {
  const where = header === undefined || header === '' ? 'A cell of this row' : shown(header)
  switch (fault) {
    case 'blank':
      return 'This line is blank. Delete it.'
    case 'short':
      return `This row has ${cells(row.count)} and the header has ${width}, so nobody can tell which is missing. Export the ledger again, or complete the row.`
    case 'long':
      return `This row has ${cells(row.count)} and the header has ${width}. Put a cell that contains ${delimiter === '\t' ? 'a tab' : shown(delimiter)} in double quotes, or export the ledger again.`
    case 'open-quote':
      return `${where} begins with a double quote that is not closed. Close it, or double it if it belongs to the value (\`""\` inside a cell in quotes).`
    case 'bare-quote':
      return `${where} has a double quote inside but does not begin with one. Put the whole cell in double quotes and write the one inside twice (\`"Acme 5"" pipe"\`).`
    case 'after-quote':
      return `${where} goes on after its closing double quote. Write a double quote that belongs to the value twice (\`"Acme 5"" pipe"\`).`
    case 'nul':
      return `${where} holds a NUL byte, so the file is damaged or no text. Export the ledger again as UTF-8.`
    case 'not-text':
      return `${where} holds ${damage(row.raw(cell))}. Export the ledger again as UTF-8, or save the file with that encoding.`
  }
}

function cells(count: number): string {
  return count === 1 ? '1 cell' : `${count.toLocaleString('en-US')} cells`
}

function damage(raw: string): string {
  const unit = /[\ud800-\udfff]/u.exec(raw)?.[0].charCodeAt(0) ?? 0
  const byte = unit - 0xdc00
  return byte >= 0x80 && byte <= 0xff ? `the byte 0x${byte.toString(16)}, which is not UTF-8` : 'half a character'
}
