/**
 * The waivers of one state, with what the text of a finding about them needs.
 *
 * A waiver in a `waivers` field that has a field problem is left to that.
 */
import type { AnyEntity } from '../../model/entity.ts'
import type { WaiverComment } from '../../page/page.ts'
import type { JudgedWaiver, RuleInputs, WaiverState } from '../define-rule.ts'

export interface WaiverOnPage extends JudgedWaiver {
  readonly page: AnyEntity
  /** Undefined for a waiver in the frontmatter. */
  readonly comment: WaiverComment | undefined
}

type Inputs = Pick<RuleInputs, 'playbook' | 'waivers'>

export function* waiversThatAre(state: WaiverState, { playbook, waivers }: Inputs): Iterable<WaiverOnPage> {
  for (const waiver of waivers) {
    const page = waiver.state === state ? playbook.atPath(waiver.at.file) : undefined
    if (page === undefined) continue
    const comment = commentOf(waiver, page)
    if (comment !== undefined || !page.invalid.has('waivers')) yield { ...waiver, page, comment }
  }
}

function commentOf({ at }: JudgedWaiver, { facts }: AnyEntity): WaiverComment | undefined {
  return 'range' in at && at.range.start >= facts.bodyStart
    ? facts.waivers.find(({ range }) => range.start === at.range.start)
    : undefined
}
