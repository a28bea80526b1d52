/**
 * Sets of rows, one bit each, so that "and" over 100,000 deals costs some thousand operations.
 */
export class Bits {
  readonly length: number
  readonly #words: Uint32Array

  private constructor(length: number, words: Uint32Array) {
    this.length = length
    this.#words = words
  }

  /** The rows whose code `passes`; 1 means that it does. */
  static ofCodes(codes: Uint8Array | Uint16Array | Uint32Array, passes: Uint8Array): Bits {
    const words = new Uint32Array((codes.length + 31) >>> 5)
    for (let word = 0, row = 0; word < words.length; word++) {
      const end = Math.min(row + 32, codes.length)
      let bits = 0
      for (let shift = 0; row < end; shift++, row++) bits |= (passes[codes[row] as number] as number) << shift
      words[word] = bits
    }
    return new Bits(codes.length, words)
  }

  /** The rows of 0 to `length` that pass a test. */
  static ofRows(length: number, test: (row: number) => boolean): Bits {
    const words = new Uint32Array((length + 31) >>> 5)
    for (let row = 0; row < length; row++) {
      if (test(row)) words[row >>> 5] = (words[row >>> 5] as number) | (1 << (row & 31))
    }
    return new Bits(length, words)
  }

  /** The rows whose number is between two, both included; NaN is between none. */
  static ofRange(numbers: Float64Array, min: number, max: number): Bits {
    const words = new Uint32Array((numbers.length + 31) >>> 5)
    for (let word = 0, row = 0; word < words.length; word++) {
      const end = Math.min(row + 32, numbers.length)
      let bits = 0
      for (let shift = 0; row < end; shift++, row++) {
        const number = numbers[row] as number
        if (number >= min && number <= max) bits |= 1 << shift
      }
      words[word] = bits
    }
    return new Bits(numbers.length, words)
  }

  static none(length: number): Bits {
    return new Bits(length, new Uint32Array((length + 31) >>> 5))
  }

  get bytes(): number {
    return this.#words.byteLength
  }

  /** The rows that are in all sets; `sets` are of one length and at least one. */
  static intersection(sets: readonly [Bits, ...Bits[]]): Bits {
    const words = sets[0].#words.slice()
    for (let i = 1; i < sets.length; i++) {
      const other = (sets[i] as Bits).#words
      for (let word = 0; word < words.length; word++) words[word] = (words[word] as number) & (other[word] as number)
    }
    return new Bits(sets[0].length, words)
  }

  /** The rows of the set, ascending. */
  rows(): Int32Array {
    const rows = new Int32Array(this.#size())
    let at = 0
    for (let word = 0; word < this.#words.length; word++) {
      let bits = this.#words[word] as number
      while (bits !== 0) {
        const lowest = bits & -bits
        rows[at++] = word * 32 + 31 - Math.clz32(lowest)
        bits ^= lowest
      }
    }
    return rows
  }

  #size(): number {
    let size = 0
    for (const word of this.#words) size += bitCount(word)
    return size
  }
}

/** How many bits of a number of 32 are set. */
function bitCount(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555)
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333)
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
