/**
 * Quantiles of type 7, the kind R, spreadsheets and databases (`percentile_cont`) compute.
 */

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
