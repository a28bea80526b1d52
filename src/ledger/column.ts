/**
 * One column of a table in memory: each distinct text once, and a small number per row.
 *
 * A CRM repeats itself: 100,000 deals have a dozen stages and some hundred accounts. A question about a column is
 * then asked once per distinct text, and a row costs one to four bytes.
 */
import type { ColumnType } from '../model/ledger-settings.ts'
import { copyInOrder } from './order-ids.ts'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  /** The texts that {@link Column.codes} point to; the first is the blank. A column of mostly distinct texts may repeat one. */
  readonly values: readonly string[]
  /** Row to index of its text. */
  readonly codes: Uint8Array | Uint16Array | Uint32Array
}

/** Takes the cells of a column in the order of the file. */
export class ColumnBuilder {
  readonly name: string
  readonly type: ColumnType
  /** Reads what the file says as what is meant; undefined where it cannot be. Undefined itself: every text is itself. */
  readonly #read: ((text: string) => string | undefined) | undefined
  readonly #values: string[] = ['']
  readonly #codeOfValue = new Map<string, number>([['', 0]])
  readonly #codeOfText: Map<string, number>
  readonly #codes = new RowNumbers()
  /** What a blank cell is: blank, unless a spelling is declared for it. */
  readonly #blank: number
  #shared = true

  constructor(name: string, type: ColumnType, read?: (text: string) => string | undefined) {
    this.name = name
    this.type = type
    this.#read = read
    this.#codeOfText = read === undefined ? this.#codeOfValue : new Map()
    const blank = read?.('') ?? ''
    this.#blank = blank === '' ? 0 : this.#values.push(blank) - 1
  }

  /** The number that stands for the cell `text`; -1 where the column cannot read it. */
  code(text: string): number {
    if (text === '') return this.#blank
    if (!this.#shared) return this.#unshared(text)
    const known = this.#codeOfText.get(text)
    if (known !== undefined) return known
    const value = this.#read === undefined ? text : this.#read(text)
    if (value === undefined) return -1
    let code = this.#codeOfValue.get(value)
    if (code === undefined) {
      code = this.#values.push(value) - 1
      this.#codeOfValue.set(value, code)
    }
    // A date-time is read anew each time: there are few dates and many times.
    if (this.#read !== undefined && !(this.type === 'date' && text.length > value.length))
      this.#codeOfText.set(text, code)
    return code
  }

  /** What `code` stands for. */
  value(code: number): string {
    return this.#values[code] ?? ''
  }

  push(code: number): void {
    this.#codes.push(code)
    // Where most texts differ, looking each up costs time and memory for nothing.
    if (this.#shared && this.#values.length > 16_384 && this.#values.length * 2 > this.#codes.length)
      this.#shared = false
  }

  /** The codes of the rows `from` to before `to`, as their table numbers its texts. */
  pushAll(codeOfText: Int32Array, texts: ArrayLike<number>, from: number, to: number): void {
    this.#codes.pushAll(codeOfText, texts, from, to)
  }

  /** Makes the cell of a row blank. */
  clear(row: number): void {
    this.#codes.clear(row)
  }

  reserve(rows: number): void {
    this.#codes.reserve(rows)
  }

  /** Blank cells up to `rows`: an earlier file did not have the column. */
  pad(rows: number): void {
    while (this.#codes.length < rows) this.#codes.push(0)
  }

  /** The column with the rows of `order` in that order. */
  finish(order: Uint32Array): Column {
    const values = detached(this.#values)
    const codes = this.#codes.inOrder(order)
    return { name: this.name, type: this.type, values, codes }
  }

  #unshared(text: string): number {
    const value = this.#read === undefined ? text : this.#read(text)
    return value === undefined ? -1 : this.#values.push(value) - 1
  }
}

/** Unsigned numbers, one per row, in an array that grows: in length, and in width once a number needs it. */
export class RowNumbers {
  length = 0
  #numbers: Unsigned = new Uint8Array(1024)
  /** What the array can hold. */
  #most = 0xff

  /** Makes room for so many at once. */
  reserve(length: number): void {
    if (length > this.#numbers.length) this.#grow(length)
  }

  push(value: number): void {
    if (value > this.#most) this.#widen(value)
    if (this.length === this.#numbers.length) this.#grow(this.length * 2)
    this.#numbers[this.length++] = value
  }

  /** What `numbers` has for `keys` from one place to before another. */
  pushAll(numbers: ArrayLike<number>, keys: ArrayLike<number>, from: number, to: number): void {
    let largest = 0
    for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, numbers[i] as number)
    if (largest > this.#most) this.#widen(largest)
    const start = this.length
    this.length += to - from
    this.reserve(this.length)
    const own = this.#numbers
    for (let i = from; i < to; i++) own[start + i - from] = numbers[keys[i] as number] as number
  }

  /** The numbers from one to before another. */
  pushRange(from: number, to: number): void {
    if (to - 1 > this.#most) this.#widen(to - 1)
    const start = this.length
    this.length += to - from
    this.reserve(this.length)
    const own = this.#numbers
    for (let number = from; number < to; number++) own[start + number - from] = number
  }

  /** The same number for so many rows. */
  pushSame(number: number, count: number): void {
    if (number > this.#most) this.#widen(number)
    const start = this.length
    this.length += count
    this.reserve(this.length)
    this.#numbers.fill(number, start, this.length)
  }

  /** Makes the number of a row 0. */
  clear(row: number): void {
    this.#numbers[row] = 0
  }

  all(): Unsigned {
    return this.#numbers.slice(0, this.length)
  }

  inOrder(order: Uint32Array): Unsigned {
    return copyInOrder(this.#numbers, order, new (arrayFor(this.#most))(order.length))
  }

  #grow(length: number): void {
    const larger = new (arrayFor(this.#most))(length)
    larger.set(this.#numbers)
    this.#numbers = larger
  }

  #widen(value: number): void {
    this.#most = value > 0xffff ? 0xffffffff : 0xffff
    this.#grow(this.#numbers.length)
  }
}

type Unsigned = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

function arrayFor(most: number): Uint8ArrayConstructor | Uint16ArrayConstructor | Uint32ArrayConstructor {
  return most <= 0xff ? Uint8Array : most <= 0xffff ? Uint16Array : Uint32Array
}

/**
 * The same strings cut from new texts. A string cut from a file's text keeps that whole text in memory for as long as
 * it lives; after this the file's text can go.
 */
function detached(strings: readonly string[]): string[] {
  const copies: string[] = []
  while (copies.length < strings.length) {
    const first = copies.length
    let length = 0
    let end = first
    // One string has a limit of length, so a long column becomes several.
    while (end < strings.length && length < 1 << 24) length += strings[end++]?.length ?? 0
    const all = strings.slice(first, end).join('')
    let at = 0
    for (let i = first; i < end; i++) {
      const start = at
      at += strings[i]?.length ?? 0
      copies.push(all.slice(start, at))
    }
  }
  return copies
}
