/**
 * Quantiles of type 7, the kind R, spreadsheets and databases (`percentile_cont`) compute.
 */

/** A quantile of values in any order, which it changes: the same number as {@link quantileOf} gives of them sorted, without sorting all. */
export function quantileAmong(values: Float64Array, share: number): number | null {
  const last = values.length - 1
  if (last < 0) return null
  const place = last * share
  const before = Math.floor(place)
  const value = moveToPlace(values, before)
  if (place === before) return value
  let next = Number.POSITIVE_INFINITY
  for (let i = before + 1; i <= last; i++) next = Math.min(next, values[i] as number)
  return value + (place - before) * (next - value)
}

/**
 * Moves to `place` what would stand there if the values were sorted, smaller ones before it and larger ones behind
 * (C. A. R. Hoare, “Algorithm 65: find”, 1961).
 */
function moveToPlace(values: Float64Array, place: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    // By chance: whatever order a ledger has, none makes this slow.
    const pivot = values[low + Math.floor(Math.random() * (high - low + 1))] as number
    let i = low
    let j = high
    while (i <= j) {
      while ((values[i] as number) < pivot) i++
      while ((values[j] as number) > pivot) j--
      if (i > j) continue
      const kept = values[i] as number
      values[i++] = values[j] as number
      values[j--] = kept
    }
    if (j < place) low = i
    if (i > place) high = j
  }
  return values[place] as number
}

/**
 * The quantile of ascending values, linear between them; null where there are none.
 * R. J. Hyndman, Y. Fan, “Sample quantiles in statistical packages”, 1996, definition 7. `quantileOf([1, 2], 0.5) === 1.5`
 */
export function quantileOf(ascending: ArrayLike<number>, share: number): number | null {
  if (ascending.length === 0) return null
  const place = (ascending.length - 1) * share
  const before = Math.floor(place)
  const value = ascending[before] as number
  const next = ascending[Math.min(before + 1, ascending.length - 1)] as number
  return value + (place - before) * (next - value)
}
