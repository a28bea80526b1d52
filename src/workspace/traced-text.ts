/**
 * A text that remembers where each of its characters came from, and what a reader makes of one: escapes decoded, tags
 * taken out.
 */
import { domainToUnicode } from 'node:url'
import { characterReference } from '../source/character-reference.ts'
import { unitAt } from '../source/unit-at.ts'

export interface Traced {
  readonly text: string
  at(offset: number): number
}

/** Entities, percent, `\u` and `\x` escapes and `xn--` labels, until nothing is left to decode, at most four times. */
export function unescaped(traced: Traced): Traced {
  let current = traced
  for (let round = 0; round < 4 && someEscape.test(current.text); round++) {
    const next = decodedOnce(current)
    if (next.text === current.text) break
    current = next
  }
  return current
}

const someEscape = /&[#a-z]|%[0-9a-f]{2}|\\[ux]|xn--/i
const escapes =
  /&#x[0-9a-f]{1,6};?|&#\d{1,7};?|&[a-z][a-z0-9]{1,31};|(?:%[0-9a-f]{2})+|(?:\\u[0-9a-f]{4})+|\\u\{[0-9a-f]{1,6}\}|\\x[0-9a-f]{2}|\bxn--[a-z0-9-]+/gi

function decodedOnce(traced: Traced): Traced {
  const next = new Rewriting(traced)
  for (const { 0: written, index } of traced.text.matchAll(escapes)) {
    const put = decodedEscape(written)
    if (put !== written) next.replace(index, index + written.length, put)
  }
  return next.done()
}

function decodedEscape(written: string): string {
  if (written.startsWith('&')) return characterReference(written)
  if (written.startsWith('%')) return Buffer.from(written.replaceAll('%', ''), 'hex').toString('utf8')
  if (/^xn--/i.test(written)) return domainToUnicode(written.toLowerCase()) || written
  if (written.startsWith('\\u{')) return characterReference(`&#x${written.slice(3, -1)};`)
  return written.replace(/\\[ux]([0-9a-f]+)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/**
 * Tags are gone: without a trace inside a line, and leaving a gap where a block ends. Looks at each character once,
 * because pages hold tens of tags in a thousand characters and a regular expression makes an object of each.
 */
export function withoutTags(traced: Traced): Traced {
  const { text } = traced
  const next = new Rewriting(traced)
  for (let at = 0; at < text.length; at++) {
    const code = unitAt(text, at)
    let end = at
    if (code === lessThan) end = text.startsWith('<!--', at) ? at + 4 : endOfTag(text, at)
    else if (code === hyphen && text.startsWith('-->', at)) end = at + 3
    else if (code === 0xad || code === 0x200b || code === 0x2060) end = at + 1
    if (end === at) continue
    next.replace(at, end, end === at + 1 || isInline(text, at) ? '' : ' \n\n ')
    at = end - 1
  }
  return next.done()
}

const [lessThan, greaterThan, hyphen, slash] = [0x3c, 0x3e, 0x2d, 0x2f]

/** Where the tag ends that begins at `start`; `start` where none does. What stands in quotes ends no tag. */
function endOfTag(text: string, start: number): number {
  let at = startOfName(text, start)
  if (!isLetter(unitAt(text, at))) return start
  for (at++; at < text.length; at++) {
    const code = unitAt(text, at)
    if (code === greaterThan) return at + 1
    if (code === lessThan) return start
    if (code !== 0x22 && code !== 0x27) continue
    at = text.indexOf(code === 0x22 ? '"' : "'", at + 1)
    if (at === -1) return start
  }
  return start
}

function startOfName(text: string, start: number): number {
  return unitAt(text, start + 1) === slash ? start + 2 : start + 1
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
}

/** Whether the tag at `start` ends no line. */
function isInline(text: string, start: number): boolean {
  const name = startOfName(text, start)
  let end = name
  while (end <= name + longestInline && isWordSign(unitAt(text, end))) end++
  return inline.has(text.slice(name, end).toLowerCase())
}

function isWordSign(code: number): boolean {
  return isLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x5f
}

const inline = new Set(
  'a abbr b bdi bdo cite code del em font i ins kbd mark q s samp small span strong sub sup time tspan tt u var wbr'.split(
    ' ',
  ),
)
const longestInline = Math.max(...[...inline].map(({ length }) => length))

/** Makes one text of another by replacing stretches of it, from left to right. */
class Rewriting {
  readonly #old: Traced
  readonly #parts: string[] = []
  /** In turn a place in the new text and the place in the old one it goes on from. */
  readonly #joints = [0, 0]
  #length = 0
  #from = 0

  constructor(old: Traced) {
    this.#old = old
  }

  replace(start: number, end: number, put: string): void {
    if (start > this.#from) {
      this.#parts.push(this.#old.text.slice(this.#from, start))
      this.#length += start - this.#from
      this.#joints.push(this.#length, start)
    }
    this.#parts.push(put)
    this.#length += put.length
    this.#from = end
    this.#joints.push(this.#length, end)
  }

  /** The old text itself where nothing was replaced. */
  done(): Traced {
    if (this.#parts.length === 0) return this.#old
    this.#parts.push(this.#old.text.slice(this.#from))
    const [old, joints] = [this.#old, this.#joints]
    return {
      text: this.#parts.join(''),
      at(offset) {
        let low = 0
        let high = joints.length / 2 - 1
        while (low < high) {
          const middle = Math.ceil((low + high) / 2)
          if ((joints[2 * middle] ?? 0) <= offset) low = middle
          else high = middle - 1
        }
        const [start = 0, from = 0] = joints.slice(2 * low)
        return old.at(from + offset - start)
      },
    }
  }
}
