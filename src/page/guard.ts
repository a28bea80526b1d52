/**
 * What a page must not be before a Markdown parser sees it, and what no reviewer could see.
 *
 * Parsers need far more than linear time on deep nesting, so depth and line length are bounded by
 * a scan that cannot be slow.
 */
import { fixedLimits, type PageLimits, type PageProblem } from './page.ts'

/** The first limit that the text exceeds, at its line; undefined where it may be parsed. */
export function exceededLimit(text: string, limits: PageLimits): PageProblem | undefined {
  let indentOfLine = 0
  let lineStart = 0
  while (lineStart < text.length) {
    const lineEnd = endOfLine(text, lineStart)
    const line = { start: lineStart, end: Math.min(lineEnd, lineStart + 80) }
    if (lineEnd - lineStart > fixedLimits.lineLength) {
      return tooLarge(
        line,
        `This line has ${(lineEnd - lineStart).toLocaleString('en-US')} characters; a line may have ${fixedLimits.lineLength.toLocaleString('en-US')}. Break it.`,
      )
    }
    const depth = markersOf(text, lineStart, lineEnd)
    // A list nested by indentation opens a level for two columns at least.
    indentOfLine = depth.indent
    if (depth.markers > limits.maxDepth || (depth.isList && indentOfLine / 2 > limits.maxDepth))
      return tooDeep(line, limits)
    lineStart = lineEnd + (text.charCodeAt(lineEnd) === 13 && text.charCodeAt(lineEnd + 1) === 10 ? 2 : 1)
  }
  const emphasis = longestRun(text, limits.maxDepth * 2)
  if (emphasis !== undefined) return tooDeep({ start: emphasis, end: emphasis + limits.maxDepth }, limits)
  return undefined
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
  for (const match of text.matchAll(HIDDEN)) {
    const before = text.slice(Math.max(0, match.index - 3), match.index)
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 2)
    if (match[0] === '\u200d' && EMOJI_BEFORE.test(before) && EMOJI_AFTER.test(after)) continue
    const codes = [
      ...new Set([...match[0]].map((c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)),
    ]
    problems.push({
      rule: 'file/hidden-characters',
      range: { start: match.index, end: match.index + match[0].length },
      text: `There ${match[0].length > 1 ? 'are characters' : 'is a character'} here that nobody can see (${codes.slice(0, 4).join(', ')}). Remove ${match[0].length > 1 ? 'them' : 'it'}: a reviewer would read another text than the one that is saved.`,
      replacement: '',
    })
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
