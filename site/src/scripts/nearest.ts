/**
 * Typing errors: the words of the site that are nearest to those that it does not have.
 *
 * Loaded only when a search found little. The search itself knows beginnings of words, so a word that begins one of
 * the site's is no error.
 */
import { distance } from 'fastest-levenshtein'

let known: Promise<readonly string[]> | undefined

/** The words with each unknown one put right; undefined where nothing is near. `address` is that of the list of words. */
export async function corrected(words: string, address: string): Promise<string | undefined> {
  known ??= fetch(address).then((response) => response.json() as Promise<string[]>)
  const site = await known
  const right = words.split(/\s+/).map((word) => nearest(word, site))
  return right.join(' ') === words.split(/\s+/).join(' ') ? undefined : right.join(' ')
}

/** One wrong letter in a short word, two in a long one; the earliest of the list where several are as near, because common words stand first. */
function nearest(word: string, site: readonly string[]): string {
  const small = word.toLowerCase()
  const allowed = small.length < 4 ? 0 : small.length < 7 ? 1 : 2
  let [best, far] = [word, allowed + 1]
  for (const other of site) {
    if (other.startsWith(small)) return word
    if (Math.abs(other.length - small.length) >= far) continue
    // Two letters that changed places are one slip of the hand.
    const steps = swapped(small, other) ? 1 : distance(small, other)
    if (steps < far) [best, far] = [other, steps]
  }
  return best
}

function swapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  const at = [...one].findIndex((letter, index) => letter !== other[index])
  return at >= 0 && one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2)
}
