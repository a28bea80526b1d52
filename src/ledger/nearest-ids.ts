/**
 * Known ids near a mistyped one.
 *
 * Ids are looked up among hundreds of thousands and every unknown citation asks, so ids that cannot be near are passed
 * over by their length and by which characters they have. Letters and digits that look alike (O and 0, I and 1) count
 * as one, and so do ids that differ in leading zeros or separators, which spreadsheets and people lose.
 */
import { distance } from 'fastest-levenshtein'

const most = 3

export class NearestIds {
  readonly #ids: readonly string[]
  readonly #folded: readonly string[]
  /** Which characters an id has, one bit for each of 32 kinds. */
  readonly #kinds: Uint32Array

  constructor(ids: readonly string[]) {
    this.#ids = ids
    this.#folded = ids.map(fold)
    this.#kinds = Uint32Array.from(this.#folded, kinds)
  }

  /** At most three, nearest first; ties in the order of ids. */
  near(id: string): readonly string[] {
    const wanted = fold(id)
    // As long as any id within reach could be; beyond that the text is no id.
    if (wanted === '' || wanted.length > 200) return []
    const bare = withoutZeros(wanted)
    const limit = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)))
    const wantedKinds = kinds(wanted)
    const found: { id: string; far: number }[] = []
    for (let i = 0; i < this.#ids.length; i++) {
      const candidate = this.#folded[i] ?? ''
      // An id cut short, or the 15 characters of Salesforce's 18.
      const cut = wanted.length >= 8 && candidate.startsWith(wanted)
      const sameBare = !cut && candidate.endsWith(bare.slice(-1)) && withoutZeros(candidate) === bare
      let far = sameBare ? 0.5 : cut ? 0.75 : Number.POSITIVE_INFINITY
      // One edit changes at most two kinds of characters.
      const reachable =
        Math.abs(candidate.length - wanted.length) <= limit && count(wantedKinds ^ (this.#kinds[i] ?? 0)) <= 2 * limit
      if (reachable) {
        const edits = distance(wanted, candidate)
        if (edits <= limit) far = Math.min(far, edits)
      }
      if (far === Number.POSITIVE_INFINITY || (found.length === most && far >= (found[most - 1]?.far ?? 0))) continue
      const known = this.#ids[i] ?? ''
      const at = found.findIndex((other) => far < other.far)
      found.splice(at < 0 ? found.length : at, 0, { id: known, far })
      found.length = Math.min(found.length, most)
    }
    return found.map((one) => one.id)
  }
}

const lookAlike: Readonly<Record<string, string>> = {
  o: '0',
  i: '1',
  l: '1',
  s: '5',
  b: '8',
  z: '2',
  _: '-',
  ' ': '-',
  '–': '-',
  '.': '-',
  '/': '-',
}

function fold(id: string): string {
  return id.toLowerCase().replace(/[oilsbz_ –./]/g, (character) => lookAlike[character] ?? character)
}

function withoutZeros(folded: string): string {
  return folded.replaceAll('-', '').replace(/(?<!\d)0+(?=\d)/g, '')
}

function kinds(folded: string): number {
  let bits = 0
  for (let i = 0; i < folded.length; i++) bits |= 1 << (folded.charCodeAt(i) & 31)
  return bits >>> 0
}

function count(bits: number): number {
  let left = bits - ((bits >>> 1) & 0x55555555)
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333)
  return (((left + (left >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
