/**
 * Text of authors and of the ledger as Markdown that says just that: no link, no image, no command, no HTML.
 */
import { shortened, visible } from '../source/visible.ts'

/** One line of plain words. */
export function plain(text: string, length = 200): string {
  return visible(shortened(text, length))
    .replace(/[\\`*_[\]<>~|#]|&(?=#?\w+;)|:(?=\/\/)|(?<=www)\.|@/gi, '\\$&')
    .replace(/^(?=[-+=])/, '\\')
    .replace(/^(\d+)(?=[.)])/, '$1\\')
}

/** A value between backticks, whatever it holds. */
export function literal(text: string, length = 80): string {
  const shown = visible(shortened(text, length))
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const pad = shown.startsWith('`') || shown.endsWith('`') || shown === '' ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}
