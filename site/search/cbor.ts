/**
 * CBOR (RFC 8949), as much of it as an index of Pagefind has: whole numbers, texts and arrays of known length.
 */

export type Cbor = number | string | readonly Cbor[]

/** Throws where there is something else. */
export function readCbor(bytes: Buffer): Cbor {
  let at = 0
  return item()

  function item(): Cbor {
    const first = bytes.readUInt8(at)
    const [major, low] = [first >> 5, first & 31]
    if (![0, 1, 3, 4].includes(major) || low > 26) throw new Error('The search index is not made as it was.')
    const width = low < 24 ? 0 : 2 ** (low - 24)
    const count = width === 0 ? low : bytes.readUIntBE(at + 1, width)
    at += 1 + width
    if (major === 0) return count
    if (major === 1) return -1 - count
    if (major === 4) return Array.from({ length: count }, item)
    at += count
    return bytes.toString('utf8', at - count, at)
  }
}

/** Writes one item after the other; an array is its length, and then its items. */
export class CborWriter {
  #bytes = Buffer.allocUnsafe(64 * 1024)
  #length = 0

  /** Of what was written so far, in bytes. */
  get length(): number {
    return this.#length
  }

  /** All that was written: bytes of its own. */
  written(): Uint8Array {
    return new Uint8Array(this.#bytes.subarray(0, this.#length))
  }

  array(length: number): this {
    return this.#head(4 << 5, length)
  }

  /** Puts the length of an array before what was written from there on, its items. */
  arrayBefore(from: number, length: number): this {
    const end = this.#length
    this.array(length)
    const head = Uint8Array.from(this.#bytes.subarray(end, this.#length))
    this.#bytes.copyWithin(from + head.length, from, end)
    this.#bytes.set(head, from)
    return this
  }

  number(value: number): this {
    return value < 0 ? this.#head(1 << 5, -1 - value) : this.#head(0, value)
  }

  text(text: string): this {
    const length = Buffer.byteLength(text)
    this.#head(3 << 5, length)
    this.#makeRoom(length)
    this.#bytes.write(text, this.#length, 'utf8')
    this.#length += length
    return this
  }

  /** What is CBOR already. */
  items(bytes: Uint8Array): this {
    this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
    return this
  }

  #head(major: number, count: number): this {
    this.#makeRoom(5)
    if (count < 24) {
      this.#bytes[this.#length++] = major | count
    } else if (count < 0x100) {
      this.#bytes[this.#length++] = major | 24
      this.#bytes[this.#length++] = count
    } else if (count < 0x10000) {
      this.#bytes[this.#length++] = major | 25
      this.#length = this.#bytes.writeUInt16BE(count, this.#length)
    } else {
      this.#bytes[this.#length++] = major | 26
      this.#length = this.#bytes.writeUInt32BE(count, this.#length)
    }
    return this
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#length + more))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
