/**
 * Reports what a reviewer of a change cannot see: hidden characters anywhere, and letters of another
 * alphabet in ids.
 *
 * An id that is known under its odd spelling is reported once, at its file, and not at every mention.
 */
import type { Evidence } from '../../evidence/evidence.ts'
import type { Playbook } from '../../graph/playbook.ts'
import type { AnyEntity } from '../../model/entity.ts'
import { type DataPath, nodeAt } from '../../page/data-node.ts'
import { hiddenCharacters, lookAlike } from '../../page/guard.ts'
import type { PageProblem } from '../../page/page.ts'
import type { Range } from '../../source/text.ts'
import { code } from '../citation/deal-in-words.ts'
import { defineRule, type RuleFinding } from '../define-rule.ts'

type Found = RuleFinding<{ readonly text: string }>

export const hiddenCharactersInFile = defineRule({
  id: 'file/hidden-characters',
  reads: ['playbook', 'evidenceIfAny'],
  text: ({ text }: { readonly text: string }) => text,
  *check({ playbook, evidenceIfAny }) {
    const { settingsFile, compensation } = playbook
    yield* hiddenIn(settingsFile.path, settingsFile.hidden)
    if (compensation !== undefined) {
      yield* hiddenIn(compensation.path, compensation.hidden)
      for (const { id, range } of compensation.references) {
        if (playbook.get('person', id) === undefined) yield* lookAlikeAt(compensation.path, id, range)
      }
    }
    for (const entity of playbook.entities) {
      yield* inName(entity)
      yield* hiddenIn(entity.path, entity.facts.problems)
      yield* inIds(entity, playbook, evidenceIfAny)
    }
  },
})

function* hiddenIn(file: string, problems: readonly PageProblem[]): Iterable<Found> {
  for (const { rule, range, text, replacement } of problems) {
    if (rule !== 'file/hidden-characters') continue
    const fixes =
      replacement === undefined
        ? []
        : [{ title: 'Remove what is hidden', edits: [{ file, range, newText: replacement }] }]
    yield { at: { file, range }, data: { text }, fixes }
  }
}

function* inName({ id, path, facts }: AnyEntity): Iterable<Found> {
  const at = { file: path, range: facts.opening }
  const letter = lookAlike(id)
  if (hiddenCharacters(id).length > 0) {
    const text =
      'The name of this file has a character that nobody can see. Type the name again: who refers to it would miss it.'
    yield { at, data: { text }, subject: id }
  } else if (letter !== undefined) {
    const text = `The name of this file has ${letterInWords(letter.letter)} Type the name again in one alphabet: who refers to it would miss it.`
    yield { at, data: { text }, subject: id }
  }
}

function* inIds(entity: AnyEntity, playbook: Playbook, evidence: Evidence | undefined): Iterable<Found> {
  for (const { type, id, range, path } of entity.references) {
    if (playbook.get(type, id) === undefined) yield* lookAlikeAt(entity.path, id, narrowed(entity, path, range, id))
  }
  for (const { deal, range, path } of entity.deals) {
    // The ledger's own spelling is a fact, however odd.
    if (evidence?.deals.has(deal) !== true) yield* lookAlikeAt(entity.path, deal, narrowed(entity, path, range, deal))
  }
}

function* lookAlikeAt(file: string, id: string, range: Range): Iterable<Found> {
  const found = lookAlike(id)
  if (found === undefined) return
  const exact = range.end - range.start === id.length
  const start = range.start + found.index
  const text = `${code(id)} has ${letterInWords(found.letter)} Type the id again in one alphabet, so that it is what it looks like.`
  yield { at: { file, range: exact ? { start, end: start + found.letter.length } : range }, data: { text } }
}

/** The characters of an id alone, without quotes and without the `plays/` of a feedback note; the whole value where it is escaped. */
function narrowed(entity: AnyEntity, path: DataPath, range: Range, id: string): Range {
  const node = nodeAt(entity.node, path)
  if (node?.kind !== 'scalar') return range
  const quote = node.quoted ? 1 : 0
  if (range.end - range.start !== node.source.length + 2 * quote) return range
  return { start: range.end - quote - id.length, end: range.end - quote }
}

function letterInWords(letter: string): string {
  const number = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `\`${letter}\` (U+${number}) of ${alphabetOf(letter)} among Latin letters.`
}

function alphabetOf(letter: string): string {
  if (/\p{Script=Cyrillic}/u.test(letter)) return 'the Cyrillic alphabet'
  return /\p{Script=Greek}/u.test(letter) ? 'the Greek alphabet' : 'another alphabet'
}
