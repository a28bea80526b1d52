import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LineRange } from '../source/text.ts'
import { SourceText } from '../source/text.ts'
import { type RowFault, scanCsv, type TableRow } from './csv.ts'
import { textPieces } from './csv-text.ts'

interface Seen {
  readonly rows: string[][]
  /** `2 open-quote 2:6-2:20` */
  readonly faults: string[]
  readonly places: LineRange[]
}

function scan(text: string | Uint8Array, { delimiter = ',', pieceBytes = 1 << 22 } = {}): Seen {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const seen: Seen = { rows: [], faults: [], places: [] }
  const keep = (row: TableRow): boolean => {
    const cells = Array.from({ length: row.count }, (_, index) => row.cell(index))
    seen.rows.push(cells)
    seen.places.push(row.firstLine(), ...cells.map((_, index) => row.lines(index)))
    return true
  }
  const tell = (row: TableRow, fault: RowFault, cell: number): void => {
    const { start, end } = cell < 0 ? row.firstLine() : row.lines(cell)
    seen.faults.push(`${row.line} ${fault} ${start.line}:${start.column}-${end.line}:${end.column}`)
    seen.places.push({ start, end })
  }
  scanCsv(textPieces(bytes, pieceBytes), delimiter, {
    header(row, fault, cell) {
      if (fault !== undefined) tell(row, fault, cell)
      return keep(row)
    },
    row: keep,
    fault: tell,
  })
  return seen
}

const table = (...lines: string[]): string => ['id,account,amount', ...lines].join('\n')
const faults = (...lines: string[]): string[] => scan(table(...lines)).faults
const ids = (...lines: string[]): string[] =>
  scan(table(...lines))
    .rows.slice(1)
    .map(([id = '']) => id)

test('a quoted cell may hold the delimiter, line ends and doubled quotes', () => {
  const { rows, faults } = scan(table('D-17,"Halyard, ""North"" \r\n& South",5'))
  expect(rows[1]).toEqual(['D-17', 'Halyard, "North" \r\n& South', '5'])
  expect(faults).toEqual([])
})

test('line ends of three kinds may be mixed in one file', () => {
  const { rows, faults } = scan('id,account\r\nD-17,Halyard\nD-18,Bramble\rD-19,Acme')
  expect(rows.map(([id]) => id)).toEqual(['id', 'D-17', 'D-18', 'D-19'])
  expect(faults).toEqual([])
})

test('a row is named by its first physical line, after cells with line ends too', () => {
  expect(faults('D-16,"a\nb\r\nc\rd",1', 'D-17,x')).toEqual(['6 short 6:1-6:7'])
})

test('a delimiter can be declared', () => {
  expect(scan('id;account\nD-17;Halyard, Inc', { delimiter: ';' }).rows[1]).toEqual(['D-17', 'Halyard, Inc'])
})

test('a byte order mark is no part of the first header', () => {
  expect(scan('\ufeffid,account\n').rows[0]).toEqual(['id', 'account'])
})

test('a row with too few or too many cells is told once', () => {
  expect(faults('D-17,Halyard', 'D-18,a,b,c,d')).toEqual(['2 short 2:1-2:13', '3 long 3:1-3:13'])
})

test('a row of a million cells is told like any other that is too long', () => {
  expect(faults(','.repeat(1_000_000), 'D-18,a,1')).toEqual(['2 long 2:1-2:1000001'])
})

test('text after a closing quote is told at its cell, and the next row is read', () => {
  expect(faults('D-17,"Halyard" Bank,5', 'D-18,Bramble,6')).toEqual(['2 after-quote 2:6-2:20'])
  expect(ids('D-17,"Halyard" Bank,5', 'D-18,Bramble,6')).toEqual(['D-18'])
})

test('a quote inside a cell without quotes is told at its cell', () => {
  expect(faults('D-17,Acme 5" pipe,5', 'D-18,"x\ny",6')).toEqual(['2 bare-quote 2:6-2:18'])
  expect(ids('D-17,Acme 5" pipe,5', 'D-18,"x\ny",6')).toEqual(['D-18'])
})

test('a quote left open is told where it opens, and the next line is a row again', () => {
  const lines = ['D-17,"Halyard,5', 'D-18,Bramble,6', 'D-19,"Acme",7', 'D-20,Oak,8']
  expect(faults(...lines)).toEqual(['2 open-quote 2:6-2:16'])
  expect(ids(...lines)).toEqual(['D-18', 'D-19', 'D-20'])
})

test('a quote left open to the end of the file is told where it opens, not at the end', () => {
  const lines = ['D-16,"Oak\nAsh",4', 'D-17,"Halyard,5', 'D-18,Bramble,6']
  expect(faults(...lines)).toEqual(['4 open-quote 4:6-4:16'])
  expect(ids(...lines)).toEqual(['D-16', 'D-18'])
})

test('a quote that opens in the last line of a row with line ends is told at that line', () => {
  expect(faults('"D\n17","Halyard,5', 'D-18,Bramble,6')).toEqual(['2 open-quote 3:5-3:15'])
  expect(ids('"D\n17","Halyard,5', 'D-18,Bramble,6')).toEqual(['D-18'])
})

test('many quotes left open cost no more than one pass each over what follows', () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => (i % 2 === 0 ? `D-${i},"Halyard,5` : `D-${i},Bramble,6`))
  const started = process.cpuUsage().user
  expect(ids(lines.join('\n'))).toHaveLength(50_000)
  expect((process.cpuUsage().user - started) / 1_000).toBeLessThan(5_000)
})

test('a quote left open does not make the file be read once for each of its pieces', () => {
  const text = table('D-17,"Halyard,5', Array.from({ length: 300_000 }, () => 'D-18,Bramble,6').join('\n'))
  const started = process.cpuUsage().user
  const { faults, rows } = scan(text, { pieceBytes: 1 << 10 })
  expect([faults, rows.length]).toEqual([['2 open-quote 2:6-2:16'], 300_001])
  expect((process.cpuUsage().user - started) / 1_000).toBeLessThan(5_000)
})

test('a blank line is told, and so is a NUL byte and a byte that is not UTF-8', () => {
  expect(faults('', 'D-17,Hal\0yard,5')).toEqual(['2 blank 2:1-2:1', '3 nul 3:6-3:14'])
  const latin = Uint8Array.from([
    ...new TextEncoder().encode(table('D-17,Soci')),
    0xe9,
    ...new TextEncoder().encode('té,5\nD-18,é,6'),
  ])
  expect(scan(latin).faults).toEqual(['2 not-text 2:6-2:13'])
  expect(scan(latin).rows.at(-1)).toEqual(['D-18', 'é', '6'])
})

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'é', '😀', '"', ',', ';', '\n', '\r', ' ', '\u2028', '\t') }),
  fc.string({ unit: 'grapheme', maxLength: 5 }).map((text) => text.replaceAll('\0', '')),
)
const rowsOfCells = fc
  .integer({ min: 2, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))
const lineEnds = fc.constantFrom('\n', '\r\n', '\r')
const pieceSizes = fc.constantFrom(1, 2, 3, 5, 8, 64, 1 << 22)

/** As a strict program writes it; sometimes with quotes that are not needed. */
function written(cells: readonly string[], delimiter: string, generous: boolean): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  return cells.map((text) => (generous || /["\r\n,;]/.test(text) ? quoted(text) : text)).join(delimiter)
}

test('whatever cells are written are read again, in pieces of any size', () => {
  const property = fc.property(
    rowsOfCells,
    fc.array(lineEnds, { minLength: 8, maxLength: 8 }),
    fc.boolean(),
    fc.boolean(),
    pieceSizes,
    (rows, ends, generous, finalEnd, pieceBytes) => {
      // A last line that is an empty cell would be no line at all; two cells at least make one.
      const text = rows
        .map((cells, i) => written(cells, ';', generous) + (i < rows.length - 1 || finalEnd ? ends[i] : ''))
        .join('')
      const { rows: read, faults } = scan(text, { delimiter: ';', pieceBytes })
      expect(faults).toEqual([])
      expect(read).toEqual(rows)
    },
  )
  fc.assert(property, { numRuns: 500 })
})

const hostile = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', '"', '""', ',', '\n', '\r', '\r\n', ',"', '",', '\0'),
  maxLength: 60,
})

test('any text is read without a fault of the reader, and every place is inside the text', () => {
  const property = fc.property(hostile, pieceSizes, (text, pieceBytes) => {
    const source = new SourceText('deals.csv', text)
    const seen = scan(text, { pieceBytes })
    for (const { start, end } of seen.places) {
      for (const position of [start, end]) expect(source.positionAt(source.offsetAt(position))).toEqual(position)
      expect(source.offsetAt(start)).toBeLessThanOrEqual(source.offsetAt(end))
    }
    // Pieces are an economy, not a meaning.
    expect(seen).toEqual(scan(text))
  })
  fc.assert(property, { numRuns: 2_000 })
})

test('any bytes are read without a fault of the reader, the same in pieces of any size', () => {
  const bytes = fc.array(
    fc.constantFrom(
      0,
      10,
      13,
      34,
      44,
      65,
      0x80,
      0xc3,
      0xa9,
      0xe2,
      0x82,
      0xac,
      0xf0,
      0x9f,
      0x98,
      0x80,
      0xed,
      0xa0,
      0xff,
    ),
    { maxLength: 40 },
  )
  const property = fc.property(bytes, pieceSizes, (content, pieceBytes) => {
    const array = Uint8Array.from(content)
    expect(scan(array, { pieceBytes })).toEqual(scan(array))
  })
  fc.assert(property, { numRuns: 2_000 })
})
