/**
 * Many texts kept in few, so that the ids of a million deals are not a million objects.
 *
 * Texts of some thousand rows stand behind each other in one; where each ends is a number. A text is cut out when
 * somebody asks for it, and its units can be looked at without that.
 */

/** A power of two; few enough that together they are no longer than a text may be. */
export const rowsOfPiece = 4096
const shift = 12
/** Stands between texts that are handed over as one. In a list it may be in a text too: what counts is where that ends. */
export const separator = '\u0001'

export class TextList implements Iterable<string> {
  readonly length: number
  readonly #pieces: readonly string[]
  /** Within its piece. */
  readonly #ends: Uint32Array
  readonly #order: Uint32Array | undefined

  /** `order` says which text stands where; without it they stand as they were given. */
  private constructor(pieces: readonly string[], ends: Uint32Array, order?: Uint32Array) {
    this.length = order?.length ?? ends.length
    this.#pieces = pieces
    this.#ends = ends
    this.#order = order
  }

  static of(texts: Iterable<string>): TextList {
    const builder = new TextListBuilder()
    for (const text of texts) builder.push(text)
    return builder.finish()
  }

  /** Made by {@link TextListBuilder}. */
  static ofPieces(pieces: readonly string[], ends: Uint32Array): TextList {
    return new TextList(pieces, ends)
  }

  /** `count` texts with the separator, which no text may hold, between them; undefined where that many are not in it. */
  static split(all: string, count: number): TextList | undefined {
    const pieces: string[] = []
    const ends = new Uint32Array(count)
    let start = 0
    let at = 0
    for (let row = 0; row < count; row++) {
      const found = all.indexOf(separator, at)
      if (found < 0 !== (row === count - 1)) return undefined
      const end = found < 0 ? all.length : found
      ends[row] = end - start
      at = end + 1
      if (row === count - 1 || (row & (rowsOfPiece - 1)) === rowsOfPiece - 1) {
        pieces.push(all.slice(start, end))
        start = at
      }
    }
    return count > 0 || all === '' ? new TextList(pieces, ends) : undefined
  }

  at(index: number): string {
    const row = this.#row(index)
    return (this.#pieces[row >> shift] as string).slice(this.#start(row), this.#ends[row])
  }

  /** All texts as they were given, with the separator between them. */
  joined(): string {
    return this.#pieces.join(separator)
  }

  /** Below 0 where the text of `a` stands before that of `b`, by UTF-16 units as `<` compares. */
  compare(a: number, b: number): number {
    const [rowOfA, rowOfB] = [this.#row(a), this.#row(b)]
    const [one, other] = [this.#pieces[rowOfA >> shift] as string, this.#pieces[rowOfB >> shift] as string]
    const [start, otherStart] = [this.#start(rowOfA), this.#start(rowOfB)]
    const [size, otherSize] = [(this.#ends[rowOfA] as number) - start, (this.#ends[rowOfB] as number) - otherStart]
    const shorter = Math.min(size, otherSize)
    for (let i = 0; i < shorter; i++) {
      const difference = one.charCodeAt(start + i) - other.charCodeAt(otherStart + i)
      if (difference !== 0) return difference
    }
    return size - otherSize
  }

  /**
   * Where stretches end in which each text stands before the next; undefined where there are more than `most`.
   */
  ascending(most: number): number[] | undefined {
    const ends: number[] = []
    let before = new Uint16Array(0)
    let [beforeStart, beforeEnd] = [0, 0]
    let [units, unitsOf] = [before, -1]
    for (let index = 0; index < this.length; index++) {
      const row = this.#row(index)
      const piece = row >> shift
      if (piece !== unitsOf) units = this.#units(piece)
      unitsOf = piece
      const start = this.#start(row)
      const end = this.#ends[row] as number
      let [at, other] = [beforeStart, start]
      while (at < beforeEnd && other < end && before[at] === units[other]) {
        at++
        other++
      }
      const isBefore = other < end && (at === beforeEnd || (before[at] as number) < (units[other] as number))
      if (!isBefore && index > 0 && ends.push(index) >= most) return undefined
      before = units
      beforeStart = start
      beforeEnd = end
    }
    return [...ends, this.length]
  }

  /** How many units a text has in common with another from their beginnings on, `most` at most. */
  alike(a: number, b: number, most: number): number {
    const [rowOfA, rowOfB] = [this.#row(a), this.#row(b)]
    const [one, other] = [this.#pieces[rowOfA >> shift] as string, this.#pieces[rowOfB >> shift] as string]
    const [start, otherStart] = [this.#start(rowOfA), this.#start(rowOfB)]
    const [size, otherSize] = [(this.#ends[rowOfA] as number) - start, (this.#ends[rowOfB] as number) - otherStart]
    const end = Math.min(size, otherSize, most)
    let same = 0
    while (same < end && one.charCodeAt(start + same) === other.charCodeAt(otherStart + same)) same++
    return same
  }

  /**
   * Six units from a place on as one number: a text with a smaller number stands before one with a larger, where both
   * are the same before that place; with the same number, perhaps.
   */
  key(index: number, place: number): number {
    const row = this.#row(index)
    const piece = this.#pieces[row >> shift] as string
    const end = this.#ends[row] as number
    let at = this.#start(row) + place
    let key = 0
    let whole = true
    for (const last = at + 6; at < last; at++) {
      const unit: number = whole && at < end ? piece.charCodeAt(at) : 0
      // A unit that does not fit into a byte is cut, and then nothing behind it may decide.
      whole &&= unit < 255
      key = key * 256 + Math.min(unit, 255)
    }
    return key
  }

  /** The first UTF-16 unit of a text; NaN where it is empty. */
  firstUnit(index: number): number {
    const row = this.#row(index)
    const start = this.#start(row)
    return start < (this.#ends[row] as number) ? (this.#pieces[row >> shift] as string).charCodeAt(start) : Number.NaN
  }

  /** The piece that begins with the text of `index`, and where its texts end; undefined where none does, or it is not full. */
  pieceAt(index: number): { readonly texts: string; readonly ends: Uint32Array } | undefined {
    const next = index + rowsOfPiece
    if (this.#order !== undefined || index % rowsOfPiece !== 0 || next > this.length) return undefined
    return { texts: this.#pieces[index >> shift] as string, ends: this.#ends.subarray(index, next) }
  }

  /** The same texts in another order; a place of `order` that is missing is left out. */
  inOrder(order: Uint32Array): TextList {
    const own = this.#order
    const isTheSame = order.length === this.length && order.every((row, rank) => row === rank)
    if (isTheSame) return this
    return new TextList(this.#pieces, this.#ends, own === undefined ? order : order.map((row) => own[row] as number))
  }

  *[Symbol.iterator](): Iterator<string> {
    for (let index = 0; index < this.length; index++) yield this.at(index)
  }

  #row(index: number): number {
    return this.#order === undefined ? index : (this.#order[index] as number)
  }

  /** The units of a piece as numbers: where each is looked at, that takes a fourth of the time. */
  #units(piece: number): Uint16Array<ArrayBuffer> {
    const texts = this.#pieces[piece] as string
    const units = new Uint16Array(texts.length)
    for (let at = 0; at < units.length; at++) units[at] = texts.charCodeAt(at)
    return units
  }

  #start(row: number): number {
    return (row & (rowsOfPiece - 1)) === 0 ? 0 : (this.#ends[row - 1] as number) + 1
  }
}

/** Takes texts one by one. */
export class TextListBuilder {
  readonly #pieces: string[] = []
  #ends = new Uint32Array(rowsOfPiece)
  #length = 0
  #end = 0
  #open: string[] = []

  push(text: string): void {
    this.#reserve(1)
    this.#end += text.length
    this.#ends[this.#length++] = this.#end++
    this.#open.push(text)
    if (this.#open.length < rowsOfPiece) return
    this.#close()
  }

  /** Takes the texts from one to before another, whole pieces where they fit. */
  pushAll(texts: TextList, from: number, to: number): void {
    for (let index = from; index < to; ) {
      const piece = this.#open.length === 0 && index + rowsOfPiece <= to ? texts.pieceAt(index) : undefined
      if (piece === undefined) {
        this.push(texts.at(index++))
        continue
      }
      this.pushPiece(piece.texts, piece.ends)
      index += rowsOfPiece
    }
  }

  /** Takes the next piece at once; `ends` are those of its texts. Only the last may have fewer than {@link rowsOfPiece}. */
  pushPiece(texts: string, ends: Uint32Array): void {
    this.#reserve(ends.length)
    this.#ends.set(ends, this.#length)
    this.#pieces.push(texts)
    this.#length += ends.length
  }

  finish(): TextList {
    this.#close()
    return TextList.ofPieces(this.#pieces, this.#ends.slice(0, this.#length))
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#ends.length) return
    const larger = new Uint32Array(Math.max(this.#length + more, this.#length * 2))
    larger.set(this.#ends)
    this.#ends = larger
  }

  /** A new text: one cut from a file's text would keep all of that in memory. */
  #close(): void {
    if (this.#open.length > 0) this.#pieces.push(this.#open.join(separator))
    this.#open = []
    this.#end = 0
  }
}
