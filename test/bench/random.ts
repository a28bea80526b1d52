/**
 * Chance that repeats itself: the same seed gives the same playbook on every machine and Node.
 *
 * `Math.random` cannot be seeded. Mulberry32 is small and good enough for choosing words and amounts.
 */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.next() * from.length)]
    if (picked === undefined) throw new Error('Nothing to pick from.')
    return picked
  }

  /**
   * One of 2 ** n - 8 words, the frequent ones first, by Zipf's law: twice as far down, half as often. Past the first
   * eight, which are about equal, as the words are of which a text speaks.
   */
  word(from: readonly string[]): string {
    const octaves = 28 - Math.clz32(from.length + 8)
    const first = 8 * 2 ** this.between(0, octaves - 1)
    const word = from[this.between(first, 2 * first - 1) - 8]
    if (word === undefined) throw new Error('Not as many words as a power of two, less eight.')
    return word
  }

  /** At most `count` different ones, in random order. */
  sample<T>(from: readonly T[], count: number): T[] {
    const pool = [...from]
    for (let index = 0; index < Math.min(count, pool.length); index++) {
      const other = this.between(index, pool.length - 1)
      const [a, b] = [pool[index] as T, pool[other] as T]
      pool[index] = b
      pool[other] = a
    }
    return pool.slice(0, count)
  }
}
