/**
 * The order of ids, by UTF-16 units as `<` compares, and looking one up in it.
 */

import type { TextList } from './text-list.ts'

/** The rows in the order of their ids; of rows with one id the first stands first. An export often has that order. */
export function sortedById(ids: TextList): Uint32Array {
  const rows = new Uint32Array(ids.length)
  for (let row = 0; row < rows.length; row++) rows[row] = row
  // Comparing two texts costs many times what comparing two numbers does, and ids of a CRM begin alike.
  let shared = ids.length === 0 ? 0 : ids.at(0).length
  for (let row = 1; row < rows.length; row++) shared = ids.alike(row, 0, shared)
  const keys = new Float64Array(ids.length)
  for (let row = 0; row < keys.length; row++) keys[row] = ids.key(row, shared)
  return merged(rows, (a, b) => {
    const difference = (keys[a] as number) - (keys[b] as number)
    return difference === 0 ? ids.compare(a, b) > 0 : difference > 0
  })
}

/**
 * The rows in order, equal ones as they stand, by merging the stretches that are in order already: one look at each row
 * where an export is in the order of numbers, `D-999999` before `D-1000000`. The sort of a typed array would take twenty.
 */
function merged(rows: Uint32Array<ArrayBuffer>, isAfter: (a: number, b: number) => boolean): Uint32Array<ArrayBuffer> {
  let from = rows
  let to = new Uint32Array(rows.length)
  let ends: number[] = []
  for (let i = 1; i < from.length; i++) if (isAfter(from[i - 1] as number, from[i] as number)) ends.push(i)
  ends.push(from.length)
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
