/**
 * The geometry of bars: how long one is, in percent of the width, so that the drawing stretches and its text does not.
 */

/** `barOf(25, 100)` is `25%`; less than nothing is drawn as nothing, and what is not nothing is always seen. */
export function barOf(value: number, most: number): string {
  if (value <= 0 || most <= 0) return '0%'
  return `${Math.max(0.5, Math.round((value / most) * 10_000) / 100)}%`
}
