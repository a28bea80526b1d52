/**
 * What a page must not be before a Markdown parser sees it, and what no reviewer could see.
 *
 * Parsers need far more than linear time on deep nesting, so depth and line length are bounded by
 * a scan that cannot be slow.
 */
import { fixedLimits, type PageLimits, type PageProblem } from './page.ts'

/**
 * The first limit that the text exceeds, at its line; undefined where it may be parsed. Only what stands from `bodyStart`
 * on is Markdown and can be nested as such.
 */
export function exceededLimit(text: string, limits: PageLimits, bodyStart = 0): PageProblem | undefined {
  let lines = 0
  let containers = 0
  let lineStart = 0
  while (lineStart < text.length) {
    const lineEnd = endOfLine(text, lineStart)
    const line = shortRange(text, lineStart, lineEnd)
    if (lineEnd - lineStart > fixedLimits.lineLength) {
      return tooLarge(
        line,
        `This line has ${inWords(lineEnd - lineStart)} characters; a line may have ${inWords(fixedLimits.lineLength)}. Break it.`,
      )
    }
    if (++lines > fixedLimits.lines) return tooMany(line, 'lines', fixedLimits.lines)
    if (lineStart >= bodyStart) {
      const { markers, indent, isList } = markersOf(text, lineStart, lineEnd)
      // A list nested by indentation opens a level for two columns at least.
      if (markers > limits.maxDepth || (isList && indent / 2 > limits.maxDepth)) return tooDeep(line, limits)
      containers += markers
      if (containers > fixedLimits.containers) return tooMany(line, 'list items and quotes', fixedLimits.containers)
    }
    lineStart = lineEnd + (text.charCodeAt(lineEnd) === 13 && text.charCodeAt(lineEnd + 1) === 10 ? 2 : 1)
  }
  const emphasis = longestRun(text, limits.maxDepth * 2)
  if (emphasis !== undefined) return tooDeep({ start: emphasis, end: emphasis + limits.maxDepth }, limits)
  return tooMuchWork(text)
}

export function tooDeep(range: { start: number; end: number }, limits: PageLimits): PageProblem {
  return tooLarge(
    range,
    `This is nested more than ${limits.maxDepth} levels deep. Write it flat, or raise \`limits.maxDepth\` in playbook.yaml.`,
  )
}

export function tooLarge(range: { start: number; end: number }, text: string): PageProblem {
  return { rule: 'file/too-large', range, text }
}

export function tooMany(range: { start: number; end: number }, what: string, limit: number): PageProblem {
  return tooLarge(range, `This page has more than ${inWords(limit)} ${what}. Split it.`)
}

/** The beginning of a range that may be long, not cut inside a character. */
export function shortRange(text: string, start: number, end: number): { start: number; end: number } {
  if (end - start <= 80) return { start, end }
  const cut = start + 80
  const unit = text.charCodeAt(cut)
  return { start, end: unit >= 0xdc00 && unit <= 0xdfff ? cut - 1 : cut }
}

const MARKS = new Set([...'*_~`[]!<>&\\|@:^'].map((mark) => mark.charCodeAt(0)))
const MARKS_IN_WORDS = 'marks (`*`, `[`, `<` and the like)'
/** The beginning of a line that goes on with no paragraph: nothing, a bullet, a first number or a heading. */
const NEW_BLOCK = /^(?: {0,3}>)* {0,3}(?:[ \t]*$|[-*+][ \t]+\S|1[.)][ \t]+\S|#{1,6}[ \t])/

/** What costs a parser more than its length, where there is enough of it to matter. */
function tooMuchWork(text: string): PageProblem | undefined {
  // Shorter texts have no room for it.
  if (text.length < 25_000) return undefined
  let [cells, addresses, footnotes, marks, underscores] = [0, 0, 0, 0, 0]
  let [markCost, addressCost, underscoreCost] = [0, 0, 0]
  let lineStart = 0
  let wide = false
  let marksBefore = 0
  let block = { start: 0, addresses: 0 }
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : 10
    const at = { start: i, end: i + 1 }
    if (unit > 127) wide = true
    else if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) {
      if (wide) markCost += (marks - marksBefore) * (i - lineStart)
      if (markCost > fixedLimits.markCost) return tooDense(shortRange(text, lineStart, i), MARKS_IN_WORDS, 'line')
      underscoreCost += underscores * (i - lineStart)
      if (underscoreCost > fixedLimits.underscoreCost) return tooDense(shortRange(text, lineStart, i), '`_`', 'line')
      underscores = 0
      lineStart = i + 1
      wide = false
      marksBefore = marks
      const ends = i >= text.length || NEW_BLOCK.test(text.slice(lineStart, lineStart + 400).replace(/[\r\n].*$/s, ''))
      if (ends) {
        addressCost += (addresses - block.addresses) * (i - block.start)
        if (addressCost > fixedLimits.addressCost)
          return tooDense(shortRange(text, block.start, i), 'addresses', 'paragraph')
        block = { start: lineStart, addresses }
      }
    } else if (MARKS.has(unit)) {
      if (unit === 95) underscores++
      if (++marks > fixedLimits.marks) return tooMany(at, MARKS_IN_WORDS, fixedLimits.marks)
      if (unit === 124 && ++cells > fixedLimits.cells) return tooMany(at, 'table cells', fixedLimits.cells)
      if (unit === 94 && text.charCodeAt(i - 1) === 91 && ++footnotes > fixedLimits.footnotes)
        return tooMany(at, 'footnotes', fixedLimits.footnotes)
      if ((unit === 64 || (unit === 58 && text.startsWith('//', i + 1))) && ++addresses > fixedLimits.addresses)
        return tooMany(at, 'addresses', fixedLimits.addresses)
    } else if (unit === 46 && /www/i.test(text.slice(i - 3, i)) && ++addresses > fixedLimits.addresses)
      return tooMany(at, 'addresses', fixedLimits.addresses)
  }
  return costlyReferences(text)
}

function tooDense(range: { start: number; end: number }, what: string, where: string): PageProblem {
  return tooLarge(range, `This ${where} has too many ${what} for its length. Break it up.`)
}

/** A parser that joins texts copies all of a paragraph for every character reference in it. */
function costlyReferences(text: string): PageProblem | undefined {
  const blankLine = /(?:\r\n|\n|\r(?!\n))[ \t>]*(?:\r\n|\n|\r)/g
  const reference = /&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});/g
  let cost = 0
  let blockStart = 0
  let blockEnd = 0
  for (let match = reference.exec(text); match !== null; match = reference.exec(text)) {
    if (match.index >= blockEnd) {
      // On to the block that holds the reference.
      blankLine.lastIndex = blockEnd
      while (blockEnd <= match.index) {
        blockStart = blockEnd
        const blank = blankLine.exec(text)
        blockEnd = blank === null ? text.length + 1 : blank.index + 1
        if (blank !== null) blankLine.lastIndex = blockEnd
      }
    }
    cost += match.index - blockStart
    if (cost > fixedLimits.referenceCost) {
      const range = { start: match.index, end: match.index + match[0].length }
      return tooLarge(
        range,
        'There are too many character references (`&…;`) in this paragraph. Write the characters themselves.',
      )
    }
  }
  return undefined
}

function inWords(number: number): string {
  return number.toLocaleString('en-US')
}

function endOfLine(text: string, start: number): number {
  for (let i = start; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 10 || unit === 13) return i
  }
  return text.length
}

/** Container markers (`>`, bullets, numbers) and the indentation before the first of them. */
function markersOf(text: string, start: number, end: number): { markers: number; indent: number; isList: boolean } {
  let markers = 0
  let indent = 0
  let isList = false
  let i = start
  while (i < end) {
    const character = text[i]
    if (character === ' ' || character === '\t') {
      if (markers === 0) indent += character === '\t' ? 4 : 1
      i++
      continue
    }
    if (character === '>') {
      markers++
      i++
      continue
    }
    if ((character === '-' || character === '*' || character === '+') && isBlank(text[i + 1])) {
      isList = true
      markers++
      i++
      continue
    }
    const number = /^\d{1,9}[.)](?=[ \t])/.exec(text.slice(i, i + 11))
    if (number === null) break
    isList = true
    markers++
    i += number[0].length
  }
  return { markers, indent, isList }
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === undefined
}

/** A run of more than `length` emphasis marks opens a level for two of them, unless the whole line is a rule. */
function longestRun(text: string, length: number): number | undefined {
  const run = new RegExp(`(?:\\*{${length + 1},}|_{${length + 1},}|~{${length + 1},})`).exec(text)
  if (run === null) return undefined
  const lineStart = Math.max(text.lastIndexOf('\n', run.index), text.lastIndexOf('\r', run.index)) + 1
  const line = text.slice(lineStart, endOfLine(text, lineStart)).trim()
  return /^([*_~])\1*$/.test(line) && run.index === lineStart ? undefined : run.index
}

// Bidirectional and zero-width controls, other format characters and control characters. Tab, LF and CR are text.
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming control characters is the purpose of this expression.
  /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\u{1bca0}-\u{1bca3}\u{e0000}-\u{e007f}]+/gu

const EMOJI_BEFORE = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u
const EMOJI_AFTER = /^\p{Extended_Pictographic}/u

/** Characters that a reviewer of the diff cannot see, each run at its place with the edit that removes it. */
export function hiddenCharacters(text: string): PageProblem[] {
  const problems: PageProblem[] = []
  let further = 0
  let firstFurther = { start: 0, end: 0 }
  for (const match of text.matchAll(HIDDEN)) {
    const before = text.slice(Math.max(0, match.index - 3), match.index)
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 2)
    if (match[0] === '\u200d' && EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after)) continue
    if (problems.length >= fixedLimits.hidden) {
      if (further++ === 0) firstFurther = { start: match.index, end: match.index + match[0].length }
      continue
    }
    const codes = [
      ...new Set(
        [...match[0].slice(0, 100)].map(
          (c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
        ),
      ),
    ]
    problems.push({
      rule: 'file/hidden-characters',
      range: { start: match.index, end: match.index + match[0].length },
      text: `There ${match[0].length > 1 ? 'are characters' : 'is a character'} here that nobody can see (${codes.slice(0, 4).join(', ')}). Remove ${match[0].length > 1 ? 'them' : 'it'}: a reviewer would read another text than the one that is saved.`,
      replacement: '',
    })
  }
  if (further > 0) {
    const text = `From here on ${further === 1 ? 'one more place has' : `${inWords(further)} more places have`} characters that nobody can see. Repair the first ${fixedLimits.hidden} and check again.`
    problems.push({ rule: 'file/hidden-characters', range: firstFurther, text })
  }
  return problems
}

const LATIN = /\p{Script=Latin}/u
const LOOK_ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u

/** The first letter of another alphabet in a word that is otherwise Latin, as an index; undefined where there is none. */
export function lookAlike(id: string): { index: number; letter: string } | undefined {
  if (!LATIN.test(id)) return undefined
  const match = LOOK_ALIKE.exec(id)
  return match === null ? undefined : { index: match.index, letter: match[0] }
}
