/**
 * Reports an id in the frontmatter or in comp.yaml that nothing has.
 *
 * Deals are asked about in reviews, feedback and hypotheses only, where there is a ledger; a citation is for
 * `citation/unknown-deal`. What is near is looked for after a miss, never before.
 */
import type { Evidence } from '../../evidence/evidence.ts'
import type { Playbook } from '../../graph/playbook.ts'
import { type AnyEntity, placeOf, type Reference } from '../../model/entity.ts'
import { type EntityType, folders } from '../../model/entity-types.ts'
import { nodeAt } from '../../page/data-node.ts'
import { nearest } from '../../source/nearest.ts'
import type { Place } from '../../source/text.ts'
import { code, listed } from '../citation/deal-in-words.ts'
import { defineRule, type LedgerAnswers, type RuleFinding } from '../define-rule.ts'
import { inYaml } from './in-yaml.ts'

type Found = RuleFinding<{ readonly text: string }>

export const unknownReference = defineRule({
  id: 'reference/unknown',
  reads: ['playbook', 'evidenceIfAny', 'ledgerIfAny'],
  text: ({ text }: { readonly text: string }) => text,
  *check({ playbook, evidenceIfAny, ledgerIfAny }) {
    const ids = new KnownIds(playbook)
    for (const entity of playbook.entities) {
      for (const reference of entity.references) {
        if (entity.invalid.has(String(reference.path[0]))) continue
        const at = { file: entity.path, range: reference.range }
        yield* unknownId(reference, at, folderWritten(entity, reference), ids)
      }
      if (entity.type === 'play') yield* unknownStage(entity, playbook)
      if (evidenceIfAny !== undefined) yield* unknownDeals(entity, evidenceIfAny, ledgerIfAny?.leftOut)
    }
    const { compensation } = playbook
    const wrong = new Set(compensation?.problems.map(({ range }) => range.start))
    for (const reference of compensation?.references ?? []) {
      if (compensation === undefined || wrong.has(reference.range.start)) continue
      yield* unknownId(reference, { file: compensation.path, range: reference.range }, '', ids)
    }
  },
})

function* unknownId(
  { type, id }: { readonly type: EntityType; readonly id: string },
  at: Place,
  prefix: string,
  ids: KnownIds,
): Iterable<Found> {
  if (ids.has(type, id)) return
  const near = ids.near(type, id)
  const nothing = `Nothing in \`${folders[type]}/\` has the id ${code(id)}.`
  const what = near === undefined ? otherwise(type, id, ids.few(type)) : `Did you mean ${code(near)}?`
  yield { at, data: { text: `${nothing} ${what}` }, fixes: near === undefined ? [] : [replace(at, `${prefix}${near}`)] }
}

function otherwise(type: EntityType, id: string, few: readonly string[]): string {
  const page = code(`${folders[type]}/${/^[\w.-]+$/.test(id) ? id : '<id>'}.md`)
  if (few.length === 0) return `Write the page ${page} first.`
  return `Name one that is there, such as ${listed(few.map(code), 'or')}, or write the page ${page} first.`
}

/** Feedback writes the folder too: `on: plays/audit-deadline`. */
function folderWritten(entity: AnyEntity, { type, path }: Reference): string {
  return entity.type === 'feedback' && path[0] === 'on' ? `${folders[type]}/` : ''
}

function* unknownStage(play: AnyEntity, playbook: Playbook): Iterable<Found> {
  const node = nodeAt(play.node, ['stage'])
  const { stages } = playbook.settings
  if (play.type !== 'play' || play.data.stage === undefined || node === undefined) return
  const { stage } = play.data
  if (stages.length === 0 || stages.includes(stage) || play.invalid.has('stage')) return
  const at = placeOf(play, 'stage')
  const near = nearest(stage, stages)
  const text = `${code(stage)} is no sales stage of playbook.yaml. ${near === undefined ? `Write ${listed(stages.slice(0, 8).map(code), 'or')}, or add it to \`stages\` there.` : `Did you mean ${code(near)}?`}`
  yield { at, data: { text }, fixes: near === undefined ? [] : [replace(at, near)] }
}

function* unknownDeals(
  entity: AnyEntity,
  evidence: Evidence,
  leftOut: LedgerAnswers['leftOut'] | undefined,
): Iterable<Found> {
  for (const { deal, range, path } of entity.deals) {
    if (path[0] === 'evidence' || entity.invalid.has(String(path[0])) || evidence.deals.has(deal)) continue
    const at = { file: entity.path, range }
    const row = leftOut?.get(deal)
    if (row !== undefined) {
      const text = `The ledger's row of ${code(deal)} (${row.file}, line ${row.line}) could not be read, so nobody knows this deal. Put the row right in the CRM and export it again.`
      yield { at, data: { text } }
      continue
    }
    const near = evidence.nearest.get(deal) ?? []
    // A neighbour's number is as likely another deal as a slip, so no fix puts it in unasked.
    const what =
      near.length > 0
        ? `Did you mean ${listed(near.map(code), 'or')}?`
        : 'Write the id as the CRM has it; a deal that is new there comes with the next `playproof import`.'
    yield { at, data: { text: `The ledger has no deal ${code(deal)}. ${what}` } }
  }
}

function replace(at: Place, value: string) {
  return {
    title: `Write ${code(value)}`,
    edits: 'range' in at ? [{ file: at.file, range: at.range, newText: inYaml(value) }] : [],
  }
}

/** Every id is compared with all others of its type; a page moved by mistake may leave ten thousand unknown. */
const mostLookedFor = 200

/** The ids of each type, and what an unknown one may have meant, looked for once. */
class KnownIds {
  readonly #playbook: Playbook
  readonly #near = new Map<string, string | undefined>()

  constructor(playbook: Playbook) {
    this.#playbook = playbook
  }

  has(type: EntityType, id: string): boolean {
    return this.#playbook.get(type, id) !== undefined
  }

  near(type: EntityType, id: string): string | undefined {
    const key = `${type}/${id}`
    if (!this.#near.has(key) && this.#near.size < mostLookedFor) this.#near.set(key, this.#find(type, id))
    return this.#near.get(key)
  }

  /** Some ids to choose from. */
  few(type: EntityType): readonly string[] {
    const few: string[] = []
    for (const id of this.#playbook.ids(type)) if (few.push(id) === 4) break
    return few
  }

  #find(type: EntityType, id: string): string | undefined {
    // A path where an id belongs: `../plays/audit-deadline.md`.
    const name = id.replace(/^.*\//, '').replace(/\.md$/, '')
    return this.has(type, name) ? name : nearest(name, this.#playbook.ids(type))
  }
}
