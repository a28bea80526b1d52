/**
 * The check, kept up to date: after an edit the edited page is checked at once, and the whole only where it can differ.
 *
 * What rules found is kept with offsets, file by file. A page's findings are decided from what was found in it alone,
 * so a page can be asked by itself; {@link pageRules} says which rules can answer then. The others are asked
 * about everything again when the writer pauses, in small steps that a new edit stops.
 */
import {
  type CheckInput,
  concludeCheck,
  type Found,
  findingsOf,
  type LedgerFacts,
  type PreparedCheck,
  prepareCheck,
} from '../check/check-playbook.ts'
import type { Finding } from '../check/finding.ts'
import { focusedOn } from '../graph/focused-playbook.ts'
import { type EntityType, entityTypes } from '../model/entity-types.ts'
import type { Rule } from '../rules/define-rule.ts'
import type { Place } from '../source/text.ts'
import type { LivePage, PageChange } from './live-playbook.ts'
import { pageRules } from './page-rules.ts'

export class LiveCheck {
  /** By file, what rules found when they were last asked. */
  #found = new Map<string, readonly Found[]>()
  /** The pages about which every rule has been asked, with those rules of which an edit took something out since. */
  #judged = new Map<string, ReadonlySet<Rule>>()

  /**
   * The findings of one page after its text changed. Rules that `outdated` names are not asked, because what they
   * read is being worked out; what they said last keeps standing where its words were not touched.
   */
  checkPage(input: CheckInput, facts: LedgerFacts, change: PageChange, outdated: (rule: Rule) => boolean): Finding[] {
    const { path, before, after } = change
    const entity = after?.entity
    if (after === undefined || entity === undefined) {
      this.#found.delete(path)
      return []
    }
    const prepared = prepareCheck({ ...input, playbook: focusedOn(input.playbook, [entity]) }, facts)
    const asked = (rule: Rule): boolean => pageRules.has(rule.id) && !outdated(rule)
    const kept = (this.#found.get(path) ?? []).filter(({ rule }) => !asked(rule))
    const found = before === undefined ? [] : stillThere(kept, path, before, after)
    const unheard = this.#unheard(path, prepared.rules, lost(kept, found)).filter((rule) => !asked(rule))
    for (const rule of prepared.rules) {
      if (!asked(rule) || isOfOtherType(rule, entity.type)) continue
      for (const each of findingsOf(rule, prepared.inputs)) if (each.at.file === path) found.push(each)
    }
    this.#found.set(path, found)
    // Whether a waiver of theirs is used is not known either.
    const notRun = [...prepared.notRun, ...unheard.map(({ id }) => ({ rule: id, reason: 'not asked yet' }))]
    return [...concludeCheck(found, { ...prepared, notRun }).findings]
  }

  /**
   * Everything anew, or only what rules say that cannot be asked about one page; yields between steps. What it
   * returns is whole, by file. Nothing is kept of a run that is not finished.
   */
  *checkAll(
    input: CheckInput,
    facts: LedgerFacts,
    which: 'all rules' | 'rules about the whole',
  ): Generator<void, ReadonlyMap<string, readonly Finding[]>> {
    const prepared = prepareCheck(input, facts)
    const found = new Map<string, Found[]>()
    const asked = (rule: Rule): boolean => which === 'all rules' || !pageRules.has(rule.id)
    for (const [file, known] of this.#found) {
      const kept = known.filter(({ rule }) => !asked(rule))
      if (kept.length > 0) found.set(file, kept)
    }
    for (const rule of prepared.rules) {
      if (pageRules.has(rule.id)) continue
      for (const each of findingsOf(rule, prepared.inputs)) append(found, each.at.file, each)
      yield
    }
    if (which === 'all rules') yield* askPageRules(prepared, found)
    const { findings } = concludeCheck([...found.values()].flat(), prepared)
    yield
    this.#found = found
    this.#judged = new Map(input.playbook.entities.map((page) => [page.path, none]))
    const byFile = new Map<string, Finding[]>()
    for (const finding of findings) append(byFile, finding.file, finding)
    return byFile
  }

  /** The rules of which nobody can say what they find on a page now; `lost` are those that an edit took something of. */
  #unheard(path: string, rules: readonly Rule[], lost: readonly Rule[]): readonly Rule[] {
    const known = this.#judged.get(path)
    if (known === undefined) return rules
    if (lost.length === 0) return [...known]
    const all = new Set([...known, ...lost])
    this.#judged.set(path, all)
    return [...all]
  }
}

const none: ReadonlySet<Rule> = new Set()

/** Whether pages beside the edited one may have to be judged anew: what others see of a page has changed. */
export function othersMayDiffer({ before, after }: PageChange): boolean {
  if (before === undefined || after === undefined) return before !== after
  return seenByOthers(before) !== seenByOthers(after)
}

/** The fields as written, and what links may lead to or come from. The rest of a page's text is its own affair. */
function seenByOthers({ source, entity }: LivePage): string {
  if (entity === undefined) return ''
  const { facts } = entity
  return JSON.stringify([
    // Of a page that cannot be read any word may be the name that others ask for.
    facts.data === undefined ? source.text : source.text.slice(0, facts.bodyStart),
    facts.problems.map(({ rule }) => rule),
    facts.headings.map(({ slug }) => slug),
    facts.anchors,
    facts.links.map(({ url }) => url),
  ])
}

/** Pages that are asked about together: more make fewer steps, and longer ones. */
const pagesAtOnce = 100

/** Asks the rules of pages about some pages after the others, so that no step is long however large the playbook is. */
function* askPageRules({ input, inputs, rules }: PreparedCheck, found: Map<string, Found[]>): Generator<void> {
  const { playbook } = input
  const asked = rules.filter(({ id }) => pageRules.has(id))
  const pagesByType = entityTypes.map((type) => playbook.entities.filter((page) => page.type === type))
  for (const pages of pagesByType) {
    for (let from = 0; from < pages.length; from += pagesAtOnce) {
      const some = pages.slice(from, from + pagesAtOnce)
      const paths = new Set(some.map(({ path }) => path))
      const type = some[0]?.type
      const focused = { ...inputs, playbook: focusedOn(playbook, some) }
      for (const rule of asked) {
        if (type !== undefined && isOfOtherType(rule, type)) continue
        for (const each of findingsOf(rule, focused)) if (paths.has(each.at.file)) append(found, each.at.file, each)
        yield
      }
    }
  }
  // What they say of playbook.yaml and comp.yaml.
  const noPage = { ...inputs, playbook: focusedOn(playbook, []) }
  for (const rule of asked)
    for (const each of findingsOf(rule, noPage))
      if (playbook.atPath(each.at.file) === undefined) append(found, each.at.file, each)
  yield
}

/** What `play/…` finds stands on plays. */
function isOfOtherType({ id }: Rule, type: EntityType): boolean {
  const subject = id.slice(0, id.indexOf('/')) as EntityType
  return subject !== type && entityTypes.includes(subject)
}

/** Findings whose words are as they were, where they are now; the others are left out until somebody asks again. */
function stillThere(found: readonly Found[], path: string, before: LivePage, after: LivePage): Found[] {
  if (found.length === 0) return []
  const [a, b] = [before.source.text, after.source.text]
  if (a === b) return [...found]
  let start = 0
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start++
  let same = 0
  while (
    same < a.length - start &&
    same < b.length - start &&
    a.charCodeAt(a.length - 1 - same) === b.charCodeAt(b.length - 1 - same)
  )
    same++
  const end = a.length - same
  const moved = (place: Place): Place | undefined => {
    if (place.file !== path || 'lines' in place) return place
    const { range } = place
    if (range.end < start || (range.end === start && range.start < start)) return place
    if (range.start < end || (range.start === end && end === start && range.end === start)) return undefined
    const by = b.length - a.length
    return { file: path, range: { start: range.start + by, end: range.end + by } }
  }
  return found.flatMap((each) => {
    const at = moved(each.at)
    if (at === undefined) return []
    const related = (each.related ?? []).flatMap((one) => {
      const place = moved(one.at)
      return place === undefined ? [] : [{ ...one, at: place }]
    })
    const fixes = (each.fixes ?? []).flatMap((fix) => {
      const edits = fix.edits.flatMap((edit) => {
        const place = moved(edit)
        return place === undefined || 'lines' in place ? [] : [{ ...edit, range: place.range }]
      })
      return edits.length === fix.edits.length ? [{ ...fix, edits }] : []
    })
    return [{ ...each, at, related, fixes }]
  })
}

/** The rules that had found something which is not there any more. */
function lost(found: readonly Found[], left: readonly Found[]): Rule[] {
  const times = (list: readonly Found[]) => Map.groupBy(list, ({ rule }) => rule)
  const remaining = times(left)
  return [...times(found)].flatMap(([rule, all]) => (all.length > (remaining.get(rule)?.length ?? 0) ? [rule] : []))
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
