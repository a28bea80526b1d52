/**
 * Offsets, lines and columns of one text.
 *
 * Everything inside Playproof speaks offsets (UTF-16 units from the start of the
 * text, byte order mark not counted); lines and columns are worked out here, and
 * only when a person or a program outside reads them.
 */

/** A stretch of text: `start` inclusive, `end` exclusive, in UTF-16 units. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A point as people count: line and column from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A stretch as people count; the end is exclusive. */
export interface LineRange {
  readonly start: Position
  readonly end: Position
}

/**
 * Where a finding points: a stretch of a text that is in memory, or lines that a reader
 * of a large file (the ledger) counted itself.
 */
export type Place =
  | { readonly file: string; readonly range: Range }
  | { readonly file: string; readonly lines: LineRange }

/** Replaces `range` of `file` by `newText`. */
export interface Edit {
  readonly file: string
  readonly range: Range
  readonly newText: string
}

/** One text file as read: without byte order mark, line ends untouched. */
export class SourceText {
  readonly path: string
  readonly text: string
  /** Whether the file began with a byte order mark, which a writer must put back. */
  readonly bom: boolean
  #lineStarts: readonly number[] | undefined

  constructor(path: string, text: string) {
    this.path = path
    this.bom = text.charCodeAt(0) === 0xfeff
    this.text = this.bom ? text.slice(1) : text
  }

  /** The position of an offset; one past the end is the end. */
  positionAt(offset: number): Position {
    this.#lineStarts ??= lineStartsOf(this.text)
    const starts = this.#lineStarts
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: Math.min(offset, this.text.length) - (starts[low] ?? 0) + 1 }
  }

  lineRange(range: Range): LineRange {
    return { start: this.positionAt(range.start), end: this.positionAt(range.end) }
  }

  /** The offset of a position; a line or column past the end is the end of the text or line. */
  offsetAt(position: Position): number {
    this.#lineStarts ??= lineStartsOf(this.text)
    const start = this.#lineStarts[position.line - 1]
    if (start === undefined) return this.text.length
    const next = this.#lineStarts[position.line] ?? this.text.length
    return Math.min(start + position.column - 1, next)
  }

  /** The text of line `line` (from 1) without its line end; empty past the last line. */
  lineText(line: number): string {
    this.#lineStarts ??= lineStartsOf(this.text)
    const start = this.#lineStarts[line - 1]
    if (start === undefined) return ''
    return this.text.slice(start, this.#lineStarts[line] ?? this.text.length).replace(/[\r\n]+$/, '')
  }
}

/** LF, CR LF and CR end a line; U+2028, U+0085, VT and FF do not, as in every editor. */
function lineStartsOf(text: string): number[] {
  const starts = [0]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 10) starts.push(i + 1)
    else if (unit === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1)
  }
  return starts
}
