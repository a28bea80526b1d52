/**
 * Sentences of a stretch of plain text.
 *
 * A sentence ends with a mark, perhaps a closing quote, and a blank before what may begin another one. An
 * abbreviation, an initial and a decimal point end none.
 */
import type { Range } from '../source/text.ts'

const ending = /[.!?…]+["'”’»)\]]*\s+(?=["'“‘«([]*[\p{Lu}\p{N}$€£¥#*])/gu
const abbreviation = /(?:^|[\s("“'])(?:e\.g|i\.e|vs|mr|mrs|ms|dr|prof|st|inc|ltd|corp|jr|sr|u\.s|u\.k)\.$/i
const beforeNumber = /(?:^|[\s("“'])(?:no|nos|fig|approx|ca|p|pp)\.$/i
const initial = /(?:^|[\s("“'])(?!I)\p{Lu}\.$/u

/** Where each sentence stands; blanks between two belong to neither. */
export function sentencesIn(text: string): Range[] {
  const sentences: Range[] = []
  let start = text.length - text.trimStart().length
  for (const match of text.matchAll(ending)) {
    const mark = match[0].trimEnd()
    const end = match.index + mark.length
    if (mark === '.' && endsNone(text.slice(Math.max(start, end - 8), end), text[match.index + match[0].length]))
      continue
    sentences.push({ start, end })
    start = match.index + match[0].length
  }
  const end = text.trimEnd().length
  if (end > start) sentences.push({ start, end })
  return sentences
}

/** Whether a full stop belongs to the word before it; `next` is what follows the blank. */
function endsNone(before: string, next = ''): boolean {
  return abbreviation.test(before) || initial.test(before) || (/\d/.test(next) && beforeNumber.test(before))
}
