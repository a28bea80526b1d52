/**
 * Known ids near a mistyped one.
 *
 * Every unknown citation asks, and a ledger has hundreds of thousands of ids. So the ids are walked in sorted order like
 * the pages of a dictionary: what two neighbours begin with is compared once, and as soon as a beginning is too far off,
 * all ids with it are passed over. Letters and digits that look alike (O and 0, I and 1) count as one, and so do
 * ids that differ in leading zeros or separators, which spreadsheets and people lose.
 */
import type { TextList } from './text-list.ts'

const most = 3
/** Longer texts are no mistyped ids. */
const longest = 100

interface Candidate {
  readonly index: number
  readonly far: number
}

export class NearestIds {
  readonly #ids: TextList
  /** The ids with look-alikes made alike, sorted, and where each stands in {@link NearestIds.#ids}. */
  readonly #folded: readonly string[]
  readonly #indexes: Uint32Array
  /** Ids by what is left without separators and leading zeros. */
  readonly #bare = new Map<string, number[]>()

  constructor(ids: TextList) {
    this.#ids = ids
    const folded = Array.from(ids, fold)
    this.#indexes = Uint32Array.from(folded.keys()).sort((a, b) => {
      const [one = '', other = ''] = [folded[a], folded[b]]
      return one < other ? -1 : one > other ? 1 : a - b
    })
    this.#folded = Array.from(this.#indexes, (index) => folded[index] ?? '')
    folded.forEach((id, index) => {
      const bare = withoutZeros(id)
      const known = this.#bare.get(bare)
      if (known === undefined) this.#bare.set(bare, [index])
      else if (known.length < most) known.push(index)
    })
  }

  /** At most three, nearest first; ties in the order of ids. */
  near(id: string): readonly string[] {
    const wanted = fold(id)
    if (wanted === '' || wanted.length > longest) return []
    const found = new Map<number, Candidate>()
    const add = (index: number, far: number): void => {
      if ((found.get(index)?.far ?? Number.POSITIVE_INFINITY) > far) found.set(index, { index, far })
    }
    for (const index of this.#bare.get(withoutZeros(wanted)) ?? []) add(index, 0.5)
    // An id that was cut short, or the 15 characters of Salesforce's 18.
    if (wanted.length >= 8) {
      let at = this.#firstFrom(wanted)
      for (let i = 0; i < most && this.#folded[at]?.startsWith(wanted); i++) add(this.#indexes[at++] ?? 0, 0.75)
    }
    // Near ones first: among ids that were counted up, thousands are three edits away.
    const limit = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)))
    for (let edits = 1; edits <= limit && found.size < most; edits++) this.#walk(wanted, edits, add)
    return [...found.values()]
      .sort((a, b) => a.far - b.far || a.index - b.index)
      .slice(0, most)
      .map(({ index }) => this.#ids.at(index))
  }

  /** Adds every id within `limit` edits: a character more, fewer or other, or two neighbours exchanged. */
  #walk(wanted: string, limit: number, add: (index: number, far: number) => void): void {
    const width = wanted.length + 1
    const depth = wanted.length + limit
    // Row d, column w: edits between the first d characters of the id and the first w of the wanted one.
    const rows = new Uint8Array((depth + 1) * width)
    for (let w = 0; w < width; w++) rows[w] = w
    let at = 0
    let before = ''
    let kept = 0
    while (at < this.#folded.length) {
      const id = this.#folded[at] ?? ''
      let shared = 0
      while (shared < kept && id.charCodeAt(shared) === before.charCodeAt(shared)) shared++
      let d = shared
      let near = true
      while (near && d < id.length) {
        if (d === depth) near = false
        else near = fillRow(rows, width, ++d, id, wanted) <= limit
      }
      before = id
      if (near) {
        const far = rows[id.length * width + wanted.length] ?? 0
        if (far <= limit) add(this.#indexes[at] ?? 0, far)
        kept = id.length
        at++
      } else {
        // The first `d` characters are too far off already (or too many): so is every id with them.
        kept = d
        at = Math.max(at + 1, this.#firstFrom(`${id.slice(0, d === depth ? d + 1 : d)}\uffff`))
      }
    }
  }

  /** Where the sorted ids reach `text`. */
  #firstFrom(text: string): number {
    let low = 0
    let high = this.#folded.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#folded[middle] ?? '') < text) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Fills row `d` of the table of edits; returns its least. */
function fillRow(rows: Uint8Array, width: number, d: number, id: string, wanted: string): number {
  const row = d * width
  const above = row - width
  const unit = id.charCodeAt(d - 1)
  let least = d
  rows[row] = d
  for (let w = 1; w < width; w++) {
    const same = unit === wanted.charCodeAt(w - 1)
    let edits = Math.min(
      (rows[above + w - 1] ?? 0) + (same ? 0 : 1),
      (rows[above + w] ?? 0) + 1,
      (rows[row + w - 1] ?? 0) + 1,
    )
    const exchanged =
      d > 1 && w > 1 && unit === wanted.charCodeAt(w - 2) && id.charCodeAt(d - 2) === wanted.charCodeAt(w - 1)
    if (exchanged) edits = Math.min(edits, (rows[above - width + w - 2] ?? 0) + 1)
    rows[row + w] = edits
    if (edits < least) least = edits
  }
  return least
}

const lookAlike: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1', s: '5', b: '8', z: '2' }

function fold(id: string): string {
  return id
    .toLowerCase()
    .replace(/[oilsbz]/g, (letter) => lookAlike[letter] ?? letter)
    .replace(/[_ –./]/g, '-')
}

function withoutZeros(folded: string): string {
  return folded.replace(/(?<!\d)0+(?=\d)/g, '').replaceAll('-', '')
}
