/**
 * Typing errors: the words of the site that are nearest to those that it does not have.
 *
 * The search itself passes over words that no page has, and would not say so. It knows beginnings and endings of
 * words, so what begins a word of the site, or only ends otherwise, is no error.
 */
import { distance } from 'fastest-levenshtein'

export interface Spelling {
  /** The words with those put right that are near to one of the site's. */
  readonly right: string
  /** Those to which nothing is near. */
  readonly missing: readonly string[]
}

/** `site` are the words of all pages, common ones first. */
export function spelling(words: string, site: readonly string[]): Spelling {
  const missing: string[] = []
  const right = words.split(/\s+/).map((word) => {
    // As the site's words are: a hyphen or a sign parts two words, and each is looked up by itself.
    return word.replace(/\p{L}[\p{L}\p{N}]+/gu, (letters) => {
      const near = nearest(letters, site)
      if (near === undefined) missing.push(letters)
      return near ?? letters
    })
  })
  return { right: right.join(' '), missing }
}

/** The word itself where the site has it; one wrong letter in a short word, two in a long one; a common word before a rare one. */
function nearest(word: string, site: readonly string[]): string | undefined {
  const small = word.toLowerCase()
  let best: string | undefined
  let far = small.length < 3 ? 1 : small.length < 7 ? 2 : 3
  for (const other of site) {
    if (other.startsWith(small) || endsOtherwise(small, other)) return word
    if (Math.abs(other.length - small.length) - 0.5 >= far) continue
    // Two letters that changed places are one slip of the hand.
    const slips = swapped(small, other) ? 1 : distance(small, other)
    // The first letter is seldom the wrong one.
    const steps = small[0] === other[0] ? slips - 0.5 : slips
    if (steps < far) [best, far] = [other, steps]
  }
  return best
}

function endsOtherwise(word: string, other: string): boolean {
  return other.length > 3 && word.length - other.length <= 3 && word.startsWith(other)
}

function swapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  const at = [...one].findIndex((letter, index) => letter !== other[index])
  return at >= 0 && one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2)
}
