/**
 * Quantiles of type 7, the kind R, spreadsheets and databases (`percentile_cont`) compute.
 */

/** The median of values in any order, which it changes: the same number as `quantileOf(sorted, 0.5)`, without sorting all. */
export function medianOf(values: Float64Array): number | null {
  const middle = (values.length - 1) >> 1
  if (middle < 0) return null
  const lower = moveToPlace(values, middle)
  if (values.length % 2 === 1) return lower
  let upper = Number.POSITIVE_INFINITY
  for (let i = middle + 1; i < values.length; i++) upper = Math.min(upper, values[i] as number)
  return lower + 0.5 * (upper - lower)
}

/**
 * Moves to `place` what would stand there if the values were sorted, smaller ones before it and larger ones behind
 * (C. A. R. Hoare, “Algorithm 65: find”, 1961).
 */
function moveToPlace(values: Float64Array, place: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[place] as number
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
