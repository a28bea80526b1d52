/**
 * Applies edits to one text.
 *
 * Edits are ranges of the text as it was read, so they are applied from the end;
 * overlapping ones would destroy each other, so the later one of such a pair is left out
 * and handed back, to be tried again on the next reading.
 */
import type { Edit } from './text.ts'

export interface Applied {
  readonly text: string
  readonly applied: readonly Edit[]
  readonly leftOut: readonly Edit[]
}

/** `applyEdits('status: trial', [{ range: { start: 8, end: 13 }, newText: 'draft' }]).text === 'status: draft'` */
export function applyEdits(text: string, edits: readonly Edit[]): Applied {
  const sorted = [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)
  const applied: Edit[] = []
  const leftOut: Edit[] = []
  let result = ''
  let done = 0
  for (const edit of sorted) {
    if (edit.range.start < done || edit.range.end > text.length) {
      leftOut.push(edit)
      continue
    }
    result += text.slice(done, edit.range.start) + edit.newText
    done = edit.range.end
    applied.push(edit)
  }
  return { text: result + text.slice(done), applied, leftOut }
}
