/**
 * The order of ids, by UTF-16 units as `<` compares, and looking one up in it.
 */

import { onceFor } from '../model/once.ts'
import type { TextList } from './text-list.ts'

export interface RowOrder {
  /** Of rows with one id the first stands first. */
  readonly rows: Uint32Array
  /** Whether some rows have one id. */
  readonly repeated: boolean
}

/** The rows in the order of their ids. An export often has that order. */
export function sortedById(ids: TextList): RowOrder {
  let repeated = false
  const isAfter = (a: number, b: number): boolean => {
    const difference = ids.compare(a, b)
    // Rows with one id come to stand beside each other, and until they do some comparison is theirs.
    if (difference === 0) repeated = true
    return difference > 0
  }
  const rows = new Uint32Array(ids.length)
  for (let row = 0; row < rows.length; row++) rows[row] = row
  const few = ids.ascending(fewStretches)
  if (few !== undefined) return { rows: merged(rows, few, isAfter), repeated }
  // Comparing two texts costs many times what comparing two numbers does, and ids of a CRM begin alike.
  let shared = ids.at(0).length
  for (let row = 1; row < rows.length; row++) shared = ids.alike(row, 0, shared)
  const keys = new Float64Array(ids.length)
  for (let row = 0; row < keys.length; row++) keys[row] = ids.key(row, shared)
  const isKeyAfter = (a: number, b: number): boolean => {
    const difference = (keys[a] as number) - (keys[b] as number)
    return difference === 0 ? isAfter(a, b) : difference > 0
  }
  return { rows: merged(rows, stretchesOf(rows, isKeyAfter), isKeyAfter), repeated }
}

/** For so many a few comparisons of texts are enough: an export in the order of numbers has one for each length. */
const fewStretches = 16

/** Where stretches that are in order end. */
function stretchesOf(rows: Uint32Array, isAfter: (a: number, b: number) => boolean): number[] {
  const ends: number[] = []
  for (let i = 1; i < rows.length; i++) if (isAfter(rows[i - 1] as number, rows[i] as number)) ends.push(i)
  ends.push(rows.length)
  return ends
}

/**
 * The rows in order, equal ones as they stand, by merging the stretches that are in order already: one look at each row
 * where an export is in the order of numbers, `D-999999` before `D-1000000`. The sort of a typed array would take twenty.
 */
function merged(
  rows: Uint32Array<ArrayBuffer>,
  stretches: readonly number[],
  isAfter: (a: number, b: number) => boolean,
): Uint32Array<ArrayBuffer> {
  let from = rows
  let to = new Uint32Array(rows.length)
  let ends = stretches
  while (ends.length > 1) {
    const longer: number[] = []
    let start = 0
    for (let run = 0; run < ends.length; run += 2) {
      const middle = ends[run] as number
      const end = ends[run + 1] ?? middle
      let left = start
      let right = middle
      for (let i = start; i < end; i++) {
        const takesLeft = left < middle && (right >= end || !isAfter(from[left] as number, from[right] as number))
        to[i] = from[takesLeft ? left++ : right++] as number
      }
      longer.push(end)
      start = end
    }
    ends = longer
    const free = from
    from = to
    to = free
  }
  return from
}

/** Fills `to` with what `from` has for each row of an order, which is mostly a few stretches of rows as they stood. */
export function copyInOrder<Numbers extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  from: Numbers,
  order: Uint32Array,
  to: Numbers,
): Numbers {
  const stretches = unbrokenIn(order)
  if (stretches.length * shortStretch > order.length) {
    for (let i = 0; i < order.length; i++) to[i] = from[order[i] as number] as number
    return to
  }
  let start = 0
  for (const end of stretches) {
    const row = order[start] as number
    to.set(from.subarray(row, row + end - start), start)
    start = end
  }
  return to
}

/** Where stretches end in which each row follows on the one before; found out once for all columns. */
const unbrokenIn = onceFor((order: Uint32Array): readonly number[] => {
  const ends: number[] = []
  for (let i = 1; i <= order.length; i++) if (order[i] !== (order[i - 1] as number) + 1) ends.push(i)
  return ends
})

/** Copying that few rows one by one costs less. */
const shortStretch = 32

/** The row of an id among sorted ids, or -1. */
export function rowOf(ids: TextList, id: string): number {
  let low = 0
  let high = ids.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = ids.at(middle)
    if (found === id) return middle
    if (found < id) low = middle + 1
    else high = middle - 1
  }
  return -1
}
