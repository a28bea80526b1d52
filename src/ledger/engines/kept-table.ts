/**
 * The cells of a large file as bytes, so that a file that did not change need not be split into cells again.
 *
 * Numbers lie as the machine has them: what is kept never leaves it. Nothing is verified here; who keeps the bytes
 * knows that they are ours.
 */
import type { CodedTexts } from '../ledger.ts'
import { separator, TextList } from '../text-list.ts'
import type { Survey } from './survey-csv.ts'

/** A file of deals as DuckDB has read it. */
export interface ReadTable {
  readonly survey: Survey
  readonly headers: readonly string[]
  /** By header; undefined for a column that nobody asked for, and for the ids. */
  readonly columns: readonly (CodedTexts | undefined)[]
  readonly ids: { readonly index: number; readonly texts: TextList }
}

/** Keeps one table for each place of a file in playbook.yaml. */
export interface TableCache {
  /** What was kept under the same key; undefined where it was another or none. */
  lookUp(place: number, key: string): Uint8Array | undefined
  keep(place: number, key: string, table: readonly Uint8Array[]): void
}

interface Outline {
  readonly width: number
  readonly rows: number
  readonly headers: readonly string[]
  readonly ids: number
  /** The columns that were read, with the bytes of each number. */
  readonly columns: readonly { readonly index: number; readonly bytes: 1 | 2 | 4 }[]
  /** Bytes of what follows: ids, where rows start, on which lines, then texts and codes of each column. */
  readonly parts: readonly number[]
}

/** In parts: together they are too many bytes to copy for nothing. */
export function packTable({ survey, headers, columns, ids }: ReadTable): readonly Uint8Array[] {
  const held = columns.flatMap((column, index) => (column === undefined ? [] : [{ index, column }]))
  const parts = [
    Buffer.from(ids.texts.joined(), 'utf8'),
    bytesOf(survey.starts),
    survey.lines === undefined ? new Uint8Array(0) : bytesOf(survey.lines),
    ...held.flatMap(({ column }) => [Buffer.from(column.values.join(separator), 'utf8'), bytesOf(column.codes)]),
  ]
  const outline: Outline = {
    width: survey.width,
    rows: survey.rows,
    headers,
    ids: ids.index,
    columns: held.map(({ index, column }) => ({ index, bytes: column.codes.BYTES_PER_ELEMENT as 1 | 2 | 4 })),
    parts: parts.map(({ length }) => length),
  }
  return [Buffer.from(`${JSON.stringify(outline)}\n`, 'utf8'), ...parts]
}

/** What {@link packTable} made, as one. */
export function unpackTable(packed: Uint8Array): ReadTable {
  const end = packed.indexOf(10)
  const outline = JSON.parse(textOf(packed.subarray(0, end))) as Outline
  let at = end + 1
  const [ids, starts, lines, ...rest] = outline.parts.map((length) => {
    at += length
    return packed.subarray(at - length, at)
  })
  const columns: (CodedTexts | undefined)[] = outline.headers.map(() => undefined)
  outline.columns.forEach(({ index, bytes }, place) => {
    const values = textOf(rest[place * 2]).split(separator)
    const codes = alone(rest[place * 2 + 1])
    columns[index] = {
      values,
      codes: bytes === 1 ? new Uint8Array(codes) : bytes === 2 ? new Uint16Array(codes) : new Uint32Array(codes),
    }
  })
  return {
    survey: {
      width: outline.width,
      rows: outline.rows,
      starts: new Uint32Array(alone(starts)),
      lines: lines?.length === 0 ? undefined : new Uint32Array(alone(lines)),
    },
    headers: outline.headers,
    columns,
    ids: { index: outline.ids, texts: TextList.split(textOf(ids), outline.rows) ?? TextList.of([]) },
  }
}

function bytesOf(numbers: CodedTexts['codes']): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}

function textOf(bytes: Uint8Array | undefined): string {
  const { buffer, byteOffset, length } = bytes ?? new Uint8Array(0)
  return Buffer.from(buffer, byteOffset, length).toString('utf8')
}

/** A copy that begins where numbers may begin, and lets go of the rest. */
function alone(bytes: Uint8Array | undefined): ArrayBuffer {
  return new Uint8Array(bytes ?? []).buffer
}
