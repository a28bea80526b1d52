/**
 * Reports a market that was opened for reps before anybody could say what they should repeat.
 *
 * Either it is in `creation` or `building` and no play for it is repeatable, or it was branched from a market that had
 * itself not graduated. One that was branched from a graduated market has some months to get there.
 */
import { hasGraduated, playsFor } from '../../evidence/markets.ts'
import { monthsBefore } from '../../model/dates.ts'
import { type Entity, placeOf } from '../../model/entity.ts'
import { isSchool, type MarketStage, stageOn, stagesOf } from '../../model/market.ts'
import { shortened } from '../../source/visible.ts'
import { code, counted, listed } from '../citation/deal-in-words.ts'
import { defineRule, type RuleInputs } from '../define-rule.ts'
import { awaitsReview, mayBeNamed } from '../unread-pages.ts'

interface NoPlay {
  readonly kind: 'no-play'
  readonly title: string
  readonly stage: MarketStage
  /** Plays for the market, with their verdicts. */
  readonly plays: readonly { readonly id: string; readonly verdict: string }[]
  /** Where it was branched from a graduated market: the months it had. */
  readonly grace: number | undefined
}

interface NoParent {
  readonly kind: 'no-parent'
  readonly title: string
  readonly parent: string
  readonly parentStage: string
}

export const openedTooEarlyMarket = defineRule({
  id: 'market/opened-too-early',
  reads: ['playbook', 'evidence', 'asOf', 'textOf'],
  text: (data: NoPlay | NoParent) => (data.kind === 'no-play' ? noPlayInWords(data) : noParentInWords(data)),
  *check(inputs) {
    const { playbook } = inputs
    for (const market of playbook.of('market')) {
      if (['stage', 'since', 'history'].some((field) => market.invalid.has(field))) continue
      const data = noPlay(market, inputs) ?? noParent(market, inputs)
      if (data === undefined) continue
      const parent = playbook.get('market', market.data.branchedFrom)
      const related =
        data.kind === 'no-play' || parent === undefined
          ? []
          : [{ at: placeOf(parent, 'stage'), text: 'The stage of the market that it was branched from.' }]
      yield { at: placeOf(market, 'stage'), subject: data.kind, data, related }
    }
  },
})

type Inputs = Pick<RuleInputs, 'playbook' | 'evidence' | 'asOf' | 'textOf'>

function noPlay(market: Entity<'market'>, inputs: Inputs): NoPlay | undefined {
  const { playbook, evidence, asOf } = inputs
  const { title = market.id, segment } = market.data
  const stage = stageOn(market.data, asOf)
  // Where the segment is unknown nobody can say which plays are for it.
  if (stage === undefined || isSchool(stage) || playbook.get('segment', segment) === undefined) return undefined
  if (hasGraduated(market, playbook, evidence) || mayGraduate(market, inputs)) return undefined
  const parent = playbook.get('market', market.data.branchedFrom)
  const months = playbook.settings.evidence.graceMonths
  const branched = parent !== undefined && hasGraduated(parent, playbook, evidence)
  if (branched && openedOn(market, asOf) >= monthsBefore(asOf, months)) return undefined
  const verdicts = new Map(evidence.plays.map((play) => [play.id, play.verdict]))
  const plays = playsFor(market, playbook).map(({ id }) => ({ id, verdict: verdicts.get(id) ?? 'unproven' }))
  return { kind: 'no-play', title, stage, plays, grace: branched ? months : undefined }
}

/** Whether a page or a field that cannot be read may be what makes a play for it repeatable: the play's own, or a review of a deal it cites. */
function mayGraduate(market: Entity<'market'>, inputs: Inputs): boolean {
  const { playbook, evidence } = inputs
  const names = [market.id, ...(market.data.segment === undefined ? [] : [market.data.segment])]
  if (mayBeNamed(names, ['play'], inputs)) return true
  if (playbook.of('play').some(({ invalid }) => invalid.has('segment') || invalid.has('markets'))) return true
  const forIt = playsFor(market, playbook)
  if (forIt.some(({ invalid }) => ['evidence', 'match', 'since'].some((field) => invalid.has(field)))) return true
  const plays = new Set(forIt.map(({ id }) => id))
  return evidence.plays.some(
    ({ id, citations }) => plays.has(id) && citations.some((citation) => awaitsReview(citation, playbook)),
  )
}

/** The day since which it has been out of school. */
function openedOn(market: Entity<'market'>, asOf: string): string {
  const stages = stagesOf(market.data).filter(({ on }) => on <= asOf)
  const lastSchool = stages.findLastIndex(({ stage }) => isSchool(stage))
  return stages[lastSchool + 1]?.on ?? asOf
}

function noParent(market: Entity<'market'>, inputs: Inputs): NoParent | undefined {
  const { playbook, evidence, asOf } = inputs
  const parent = playbook.get('market', market.data.branchedFrom)
  if (
    parent === undefined ||
    parent === market ||
    parent.invalid.has('stage') ||
    hasGraduated(parent, playbook, evidence)
  )
    return undefined
  if (!isSchool(stageOn(parent.data, asOf) ?? 'discovery') && mayGraduate(parent, inputs)) return undefined
  const { title = market.id } = market.data
  const parentStage = stageOn(parent.data, asOf) ?? 'no stage yet'
  return { kind: 'no-parent', title, parent: parent.data.title ?? parent.id, parentStage }
}

function noPlayInWords({ title, stage, plays, grace }: NoPlay): string {
  const known = plays.slice(0, 3).map(({ id, verdict }) => `${code(id)} is ${verdict}`)
  const more = plays.length > known.length ? [`${counted(plays.length - known.length, 'other')} no better`] : []
  const why = plays.length === 0 ? 'no play is for it' : `of its plays ${listed([...known, ...more])}`
  const waited = grace === undefined ? '' : ` The ${counted(grace, 'month')} that a branched market has are over.`
  return `“${shortened(title)}” is in \`${stage}\`, where reps repeat what has been learned, but ${why}: nothing is repeatable yet.${waited} Go back to \`stage: validation\`, with the reason under \`history\`, until a play is.`
}

function noParentInWords({ title, parent, parentStage }: NoParent): string {
  const why =
    parentStage === 'creation' || parentStage === 'building'
      ? `which is in \`${parentStage}\` without a repeatable play`
      : `which is in ${parentStage === 'no stage yet' ? parentStage : `\`${parentStage}\``}`
  return `“${shortened(title)}” was branched from “${shortened(parent)}”, ${why}. There is no cookbook to bring along yet: let that market graduate first, or begin here in \`discovery\` without \`branchedFrom\`.`
}
