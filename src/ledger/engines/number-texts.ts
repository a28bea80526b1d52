/**
 * The cells of a column, as bytes, to its distinct texts and a number for each row; or to a list of texts.
 *
 * A cell comes as slots of four words: how many bytes, and twelve bytes with zeros behind them. That is how DuckDB holds
 * a short text, so that nothing has to be made of a cell to compare it. A longer one comes in several slots.
 */
import type { CodedTexts } from '../ledger.ts'
import { rowsOfPiece, separator, type TextList, TextListBuilder } from '../text-list.ts'

/** Bytes of a cell in one slot. */
export const slotBytes = 12
const slotWords = 4
const separatorByte = separator.charCodeAt(0)

/** Takes the cells of some rows: for each of the column's slots the words of all rows. */
export interface CellTaker {
  take(slots: readonly Int32Array[], rows: number): void
}

/** Numbers texts in the order in which they first come; the blank is 0. */
export class TextNumbers implements CellTaker {
  readonly #codes: Uint32Array
  #row = 0
  /** Words of a text: its length, then all of its bytes. */
  readonly #stride: number
  /** By code. */
  #texts: Int32Array
  #count = 1
  /** Codes by hash, at most half of it used. The blank never stands here, so that its 0 is no code. */
  #places = new Uint32Array(1 << 12)
  readonly #seed = (Math.random() * 2 ** 32) | 0
  #hashes = new Int32Array(0)
  #lengths = new Int32Array(0)
  #guesses = new Uint32Array(0)
  #steps = 0

  /** `slots` of each cell. */
  constructor(slots: number, rows: number) {
    this.#codes = new Uint32Array(rows)
    this.#stride = 1 + slots * (slotWords - 1)
    this.#texts = new Int32Array(this.#stride << 8)
  }

  take(slots: readonly Int32Array[], rows: number): void {
    if (rows > this.#hashes.length) {
      this.#hashes = new Int32Array(rows)
      this.#lengths = new Int32Array(rows)
      this.#guesses = new Uint32Array(rows)
    }
    this.#hashes.fill(this.#seed)
    this.#lengths.fill(0)
    for (const words of slots) mixIn(words, rows, this.#hashes, this.#lengths)
    this.#guess(rows)
    for (let row = 0; row < rows; row++) {
      row = this.#asGuessed(slots, row, rows)
      if (row < rows) this.#codes[this.#row + row] = this.#codeOf(slots, row)
    }
    this.#row += rows
  }

  finish(): CodedTexts {
    const texts = new JoinedTexts()
    const bytes = new Uint8Array(this.#texts.buffer)
    for (let code = 0; code < this.#count; code++) {
      const at = code * this.#stride
      texts.push(bytes, (at + 1) * 4, this.#texts[at] as number)
      texts.end()
    }
    const values = texts.all().split(separator)
    const codes = this.#codes
    const narrow = values.length <= 0x100 ? new Uint8Array(codes) : values.length <= 0x10000 && new Uint16Array(codes)
    return { values, codes: narrow || codes }
  }

  /** What stands at the first place of each hash: apart from looking at the texts, so that the memory is asked for many at once. */
  #guess(rows: number): void {
    const [hashes, guesses, places] = [this.#hashes, this.#guesses, this.#places]
    const last = places.length - 1
    for (let row = 0; row < rows; row++) guesses[row] = places[(hashes[row] as number) & last] as number
  }

  /** Numbers rows from one on while the guesses are right; gives the first for which it is not. */
  #asGuessed(slots: readonly Int32Array[], from: number, rows: number): number {
    const [lengths, guesses, texts, codes] = [this.#lengths, this.#guesses, this.#texts, this.#codes]
    const stride = this.#stride
    const first = this.#row
    for (let row = from; row < rows; row++) {
      const length = lengths[row] as number
      if (length === 0) continue
      const code = guesses[row] as number
      const at = code * stride
      if (texts[at] !== length || !isAt(texts, at + 1, slots, row * slotWords + 1)) return row
      codes[first + row] = code
    }
    return rows
  }

  #codeOf(slots: readonly Int32Array[], row: number): number {
    const length = this.#lengths[row]
    const last = this.#places.length - 1
    for (let place = (this.#hashes[row] as number) & last; ; place = (place + 1) & last) {
      const code = this.#places[place] as number
      if (code === 0) return this.#add(slots, row)
      const at = code * this.#stride
      if (this.#texts[at] === length && isAt(this.#texts, at + 1, slots, row * slotWords + 1)) return code
      // Somebody may have made texts that all have one hash.
      if (this.#steps++ > this.#codes.length * 64) throw new Error('the texts are too much alike')
    }
  }

  #add(slots: readonly Int32Array[], row: number): number {
    const code = this.#count++
    const at = code * this.#stride
    if (at + this.#stride > this.#texts.length) {
      const texts = new Int32Array(this.#texts.length * 2)
      texts.set(this.#texts)
      this.#texts = texts
    }
    this.#texts[at] = this.#lengths[row] as number
    slots.forEach((words, slot) => {
      const start = row * slotWords
      this.#texts.set(words.subarray(start + 1, start + slotWords), at + 1 + slot * (slotWords - 1))
    })
    if (this.#count * 2 > this.#places.length) this.#spread()
    else this.#place(code, this.#hashes[row] as number)
    return code
  }

  /** Makes room for more. */
  #spread(): void {
    this.#places = new Uint32Array(this.#places.length * 4)
    for (let code = 1; code < this.#count; code++) {
      let hash = this.#seed
      const at = code * this.#stride
      for (let word = at + 1; word < at + this.#stride; word++) hash = mixed(hash, this.#texts[word] as number)
      this.#place(code, hash)
    }
  }

  #place(code: number, hash: number): void {
    const last = this.#places.length - 1
    let place = hash & last
    while (this.#places[place] !== 0) place = (place + 1) & last
    this.#places[place] = code
  }
}

/** Continues the hash and the length of each row with a slot. */
function mixIn(words: Int32Array, rows: number, hashes: Int32Array, lengths: Int32Array): void {
  for (let row = 0, at = 0; row < rows; row++, at += slotWords) {
    const length = lengthAt(words, at)
    lengths[row] = (lengths[row] as number) + length
    let hash = mixed(hashes[row] as number, words[at + 1] as number)
    hash = mixed(hash, words[at + 2] as number)
    hashes[row] = mixed(hash, words[at + 3] as number)
  }
}

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1)
  return product ^ (product >>> 15)
}

/** Whether the bytes of a text are those of a cell. */
function isAt(texts: Int32Array, at: number, slots: readonly Int32Array[], cell: number): boolean {
  for (let slot = 0, word = at; slot < slots.length; slot++, word += slotWords - 1) {
    const words = slots[slot] as Int32Array
    if (texts[word] !== words[cell] || texts[word + 1] !== words[cell + 1] || texts[word + 2] !== words[cell + 2])
      return false
  }
  return true
}

/** Texts behind each other, with the separator between them. */
class JoinedTexts {
  #bytes = new Uint8Array(1 << 16)
  #length = 0

  push(from: Uint8Array, start: number, length: number): void {
    const bytes = this.#with(length)
    const at = this.#length
    for (let i = 0; i < length; i++) bytes[at + i] = from[start + i] as number
    this.#length += length
  }

  /** Ends a text; gives where, in bytes. */
  end(): number {
    this.#bytes[this.#length] = separatorByte
    return this.#length++
  }

  /** All texts so far, and begins anew. */
  all(): string {
    const all = Buffer.from(this.#bytes.buffer, 0, Math.max(this.#length - 1, 0)).toString('utf8')
    this.#length = 0
    return all
  }

  /** The bytes, with room for so many more and a separator. */
  #with(more: number): Uint8Array {
    if (this.#length + more < this.#bytes.length) return this.#bytes
    const larger = new Uint8Array(Math.max(this.#length + more + 1, this.#bytes.length * 2))
    larger.set(this.#bytes)
    this.#bytes = larger
    return larger
  }
}

/** Lists texts that mostly all differ. */
export class TextsInOrder implements CellTaker {
  readonly #list = new TextListBuilder()
  readonly #texts = new JoinedTexts()
  #ends = new Uint32Array(rowsOfPiece)
  #rows = 0

  take(slots: readonly Int32Array[], rows: number): void {
    const bytes = slots.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength))
    for (let row = 0, at = 0; row < rows; row++, at += slotWords) {
      for (let slot = 0; slot < slots.length; slot++) {
        const length = lengthAt(slots[slot] as Int32Array, at)
        this.#texts.push(bytes[slot] as Uint8Array, (at + 1) * 4, length)
      }
      this.#ends[this.#rows++] = this.#texts.end()
      if (this.#rows === rowsOfPiece) this.#close()
    }
  }

  finish(): TextList {
    if (this.#rows > 0) this.#close()
    return this.#list.finish()
  }

  #close(): void {
    const all = this.#texts.all()
    const ends = this.#ends.subarray(0, this.#rows)
    // Where each letter is one byte, the bytes are counted already.
    if (all.length !== ends.at(-1)) unitEnds(all, ends)
    this.#list.pushPiece(all, ends)
    this.#rows = 0
  }
}

function unitEnds(texts: string, ends: Uint32Array): void {
  let at = 0
  texts.split(separator).forEach((text, index) => {
    at += text.length
    ends[index] = at++
  })
}

/** Of a longer text there is an address. */
function lengthAt(words: Int32Array, at: number): number {
  const length = words[at] as number
  if (length >>> 0 > slotBytes) throw new Error('a cell is longer than its slots')
  return length
}
