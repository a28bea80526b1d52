/**
 * The known word nearest to what somebody wrote, for "did you mean".
 */
import { distance } from 'fastest-levenshtein'

/**
 * The nearest of `known` within two fifths of the length (at least 1, at most 3 letters changed), by case-insensitive
 * edit distance; ties by the order given. Undefined where nothing is near.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  const limit = Math.max(1, Math.min(3, Math.floor(word.length * 0.4)))
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > limit) continue
    const known = candidate.toLowerCase()
    // Two letters swapped are one slip, not two.
    const d = isAnagram(wanted, known) ? 1 : distance(wanted, known)
    if (d < bestDistance) {
      best = candidate
      bestDistance = d
    }
  }
  return best
}

function isAnagram(a: string, b: string): boolean {
  return a !== b && a.length === b.length && [...a].sort().join('') === [...b].sort().join('')
}
