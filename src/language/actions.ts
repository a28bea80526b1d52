/**
 * What an editor may offer to do at a place: the fixes of its findings, a deal to cite, a draft, a waiver.
 */
import type { Finding, FixEdit } from '../check/finding.ts'
import { isRuleId } from '../model/rule-ids.ts'
import { nodeAt } from '../page/data-node.ts'
import type { Edit, Range, SourceText } from '../source/text.ts'
import { visible } from '../source/visible.ts'
import { citing, makingDraft, waiving } from './cite.ts'
import { fittingDeals } from './fitting-deals.ts'
import type { View } from './language-service.ts'
import { dealLine } from './words.ts'

export interface Action {
  readonly title: string
  /** A fix repairs the finding; a change is a decision; a waiver accepts it. */
  readonly kind: 'fix' | 'change' | 'waiver'
  readonly finding: Finding | undefined
  readonly edits: readonly Edit[]
  /** The one that most people want. */
  readonly preferred: boolean
}

const mostDeals = 5

/** Subjects of rules that a citation or a draft may settle. */
const aboutBacking = /^(?:play|message|citation)\//

export function actionsAt(view: View, path: string, range: Range, findings: readonly Finding[]): Action[] {
  const source = view.sources.get(path)
  if (source === undefined) return []
  const here = findings.filter((finding) => {
    const at = { start: source.offsetAt(finding.range.start), end: source.offsetAt(finding.range.end) }
    return at.start <= range.end && at.end >= range.start
  })
  const entity = view.playbook.atPath(path)
  const actions: Action[] = here.flatMap((finding) =>
    finding.fixes.map(
      (fix): Action => ({
        title: fix.title,
        kind: 'fix',
        finding,
        edits: editsOf(fix.edits, view.sources),
        preferred: finding.fixes.length === 1,
      }),
    ),
  )
  if (entity === undefined) return actions
  const evidence = nodeAt(entity.node, ['evidence'])?.range
  const isAtEvidence = evidence !== undefined && range.start >= evidence.start && range.end <= evidence.end
  const backing = here.find(({ rule }) => aboutBacking.test(rule))
  if (isAtEvidence || backing !== undefined) {
    for (const { deal, why } of fittingDeals(view, entity).slice(0, mostDeals)) {
      const edit = citing(view, entity, deal.id)
      if (edit === undefined) continue
      const title = `Cite ${visible(deal.id)} (${dealLine(deal, view)}). ${why}`
      actions.push({ title, kind: 'change', finding: backing, edits: [edit], preferred: false })
    }
  }
  const draft = backing === undefined ? undefined : makingDraft(entity)
  if (draft !== undefined)
    actions.push({ title: 'Make it a draft', kind: 'change', finding: backing, edits: [draft], preferred: false })
  for (const finding of here) {
    const edit =
      isRuleId(finding.rule) && isWaivable(finding)
        ? waiving(view, entity, finding.rule, source.offsetAt(finding.range.start))
        : undefined
    if (edit !== undefined)
      actions.push({
        title: `Waive ${finding.rule} with a reason, which you write`,
        kind: 'waiver',
        finding,
        edits: [edit],
        preferred: false,
      })
  }
  return actions
}

/** Every fix of a file that leaves nothing to decide, as `check --fix` would write them. */
export function allFixes(view: View, path: string, findings: readonly Finding[]): Edit[] {
  return findings.flatMap((finding) => {
    const fix = finding.fixes.length === 1 ? finding.fixes[0] : undefined
    const isDecided =
      fix !== undefined &&
      finding.severity !== 'hint' &&
      !finding.rule.startsWith('citation/') &&
      fix.edits.every(({ file }) => file === path)
    return isDecided ? editsOf(fix.edits, view.sources) : []
  })
}

function editsOf(edits: readonly FixEdit[], sources: ReadonlyMap<string, SourceText>): Edit[] {
  return edits.flatMap(({ file, range, newText }) => {
    const source = sources.get(file)
    return source === undefined
      ? []
      : [{ file, range: { start: source.offsetAt(range.start), end: source.offsetAt(range.end) }, newText }]
  })
}

/** A broken file or a wrong waiver is repaired, not waived. */
function isWaivable({ rule }: Finding): boolean {
  return !/^(?:file|field|waiver)\//.test(rule)
}
