/**
 * Where the address of a link, image or definition stands in the text.
 *
 * The tree gives the range of the whole link and the address with escapes resolved; a finding and
 * a rename need the characters of the address itself.
 */
import type { Definition, Image, Link } from 'mdast'
import type { Range } from '../source/text.ts'

/** The address as written, without `<` and `>`; the whole node for an autolink or bare address. */
export function addressRange(text: string, node: Link | Image | Definition): Range {
  const range = { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 }
  const first = text[range.start]
  if (node.type === 'definition') {
    const colon = closingBracket(text, range.start + 1, range.end)
    return colon === undefined ? range : destination(text, colon + 2, range.end)
  }
  if (node.type === 'link' && first === '<') return { start: range.start + 1, end: range.end - 1 }
  if (node.type === 'link' && first !== '[') return range
  const lastChild = node.type === 'link' ? node.children.at(-1)?.position?.end.offset : undefined
  const bracket = closingBracket(text, lastChild ?? range.start + (node.type === 'image' ? 2 : 1), range.end)
  if (bracket === undefined || text[bracket + 1] !== '(') return range
  return destination(text, bracket + 2, range.end)
}

function closingBracket(text: string, from: number, end: number): number | undefined {
  let depth = 0
  for (let i = from; i < end; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '[') depth++
    else if (text[i] === ']' && depth-- === 0) return i
  }
  return undefined
}

function destination(text: string, from: number, end: number): Range {
  let start = from
  while (start < end && /\s/.test(text[start] ?? '')) start++
  if (text[start] === '<') {
    let close = start + 1
    while (close < end && text[close] !== '>') close += text[close] === '\\' ? 2 : 1
    return { start: start + 1, end: Math.min(close, end) }
  }
  let depth = 0
  for (let i = start; i < end; i++) {
    const character = text[i] ?? ''
    if (character === '\\') i++
    else if (/\s/.test(character)) return { start, end: i }
    else if (character === '(') depth++
    else if (character === ')' && depth-- === 0) return { start, end: i }
  }
  return { start, end }
}
