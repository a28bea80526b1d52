import { expect, test } from 'vitest'
import { fieldCursor } from './cursor-in-fields.ts'

/** `key evidence.0 "de"` for fields with the cursor at `|`; what else the mapping has in brackets. */
function at(marked: string): string {
  const offset = marked.indexOf('|')
  const cursor = fieldCursor(marked.replace('|', ''), 0, offset)
  if (cursor === undefined) return 'nothing'
  const { due, path, typed, siblings } = cursor
  return `${due} ${path.join('.') || '-'} "${typed}"${siblings.length === 0 ? '' : ` [${siblings.join(' ')}]`}`
}

test.for([
  ['a field is begun', 'title: a\nsta|\nsegment: x\n', 'key - "sta" [title segment]'],
  ['nothing is written yet', 'title: a\n|\n', 'key - "" [title]'],
  ['a field is renamed', 'title: a\nsta|tus: draft\n', 'key - "sta" [title]'],
  ['a value is begun', 'status: dr|\nsegment: x\n', 'value status "dr"'],
  ['a value is due', 'status: |\nsegment: x\n', 'value status ""'],
  ['there is no blank behind the colon', 'status:|\n', 'value status ""'],
  ['an entry of a list is begun', 'personas:\n  - it|\n', 'key personas.0 "it"'],
  ['an entry of a list of groups has a field', 'evidence:\n  - deal: D-1\n    sh|\n', 'key evidence.0 "sh" [deal]'],
  ['a value in an entry', 'evidence:\n  - deal: D-|\n    shows: x\n', 'value evidence.0.deal "D-"'],
  ['a list in brackets', 'personas: [a, it|]\n', 'value personas.1 "it"'],
  ['a list in brackets is not closed', 'personas: [a, it|\nstatus: draft\n', 'value personas.1 "it"'],
  ['a mapping in braces', 'owners: { marketing: a, sales: b| }\n', 'value owners.sales "b"'],
  ['a key in braces', 'owners: { marketing: a, s| }\n', 'key owners "s" [marketing]'],
  ['a quoted value', 'status: "dr|"\n', 'value status "dr"'],
  ['a comment', 'status: draft # dr|\n', 'nothing'],
  ['a mark that is no comment', 'title: "a # b|"\n', 'value title "a # b"'],
] as const)('where %s, it is known what is due', ([, marked, expected]) => {
  expect(at(marked)).toBe(expected)
})
