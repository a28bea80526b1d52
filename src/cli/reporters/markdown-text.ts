/**
 * Text of authors and of the ledger in Markdown that a code host renders: made inert.
 */
import { shortened, visible } from '../../source/visible.ts'

/** A code span that its content cannot end. */
export function code(text: string): string {
  return `\`${shortened(visible(text), 120).replaceAll('`', 'ˋ')}\``
}

/** Text with every character that Markdown or the code host might act on taken out of action. */
export function plain(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()#+!|~<>&$^]/g, (character) => `\\${character}`)
    .replace(/[@#]/g, (character) => `${character}\u2060`)
    .replaceAll('://', ':\u2060//')
    .replace(/\bwww\./gi, (word) => `${word.slice(0, -1)}\u2060.`)
    .replace(/\b(gh-|[0-9a-f]{7,40}\b)/gi, (word) => `${word.slice(0, 1)}\u2060${word.slice(1)}`)
}
