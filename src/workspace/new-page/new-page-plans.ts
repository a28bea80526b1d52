/**
 * What `new` puts on a page of each type: which optional fields beside the required ones, what it asks for, what is
 * filled in, and the sections.
 */
import type { EntityType } from '../../model/entity-types.ts'
import type { Role } from '../../model/person.ts'
import type { PlaybookSettings } from '../../model/playbook-settings.ts'
import { noValues, type Values } from './field-values.ts'

export interface PagePlan {
  /** Optional fields that most pages of the type come to need. */
  readonly offers: readonly string[]
  /** Dotted names of the fields that a person is asked for, in this order. */
  readonly asks: readonly string[]
}

export const pagePlans: Readonly<Record<EntityType, PagePlan>> = {
  play: {
    offers: ['personas', 'markets', 'competitors', 'messages', 'stage', 'since', 'until', 'match', 'evidence'],
    asks: ['title', 'segment', 'owners.marketing', 'owners.sales', 'personas', 'competitors', 'messages'],
  },
  message: {
    offers: ['personas', 'segments', 'replaces', 'evidence'],
    asks: ['title', 'claim', 'pillar', 'owners.marketing', 'owners.sales', 'personas', 'segments'],
  },
  segment: { offers: ['description'], asks: ['title', 'match', 'description'] },
  persona: { offers: ['segments', 'goals', 'pains'], asks: ['title', 'segments'] },
  competitor: { offers: ['ledgerName', 'segments'], asks: ['title', 'ledgerName', 'segments'] },
  market: {
    offers: ['branchedFrom', 'reps'],
    asks: ['title', 'segment', 'territory', 'stage', 'seats.learning', 'seats.selling'],
  },
  person: { offers: ['ledgerName', 'email', 'from'], asks: ['name', 'role', 'ledgerName', 'email'] },
  review: {
    offers: ['plays', 'messages', 'competitors', 'naming', 'amount', 'closed'],
    asks: ['compellingEvent', 'relationship', 'plays', 'competitors', 'reviewers.sales', 'reviewers.marketing'],
  },
  feedback: { offers: ['deal', 'answer'], asks: ['on', 'by', 'result', 'deal'] },
  collateral: { offers: ['owner', 'status'], asks: ['title', 'file', 'messages', 'owner'] },
}

/** What a new page says unless somebody says otherwise. */
export function usualValues(type: EntityType, today: string): Values {
  const usual: Partial<Record<EntityType, Values>> = {
    play: { status: 'draft' },
    message: { status: 'draft' },
    market: { stage: 'discovery', since: today },
    review: { relationship: 'none', date: today },
    feedback: { date: today },
    collateral: { status: 'current' },
  }
  return Object.assign(noValues(), usual[type])
}

/** The `##` headings of a new page. */
export function sectionsOf(type: EntityType, values: Values, { sections }: PlaybookSettings): readonly string[] {
  switch (type) {
    case 'play':
      return sections.play
    case 'competitor':
      return sections.competitor
    case 'message':
      return ['One line', 'Email', 'Talk track', 'Slide', 'Proof points']
    case 'review':
      return ['What happened', values.outcome === 'lost' ? 'Why we lost' : 'Why we won', 'What we learned']
    default:
      return []
  }
}

/** Roles that may own a page or sign a review, by the last part of the field's name. */
export const rolesThatSign: Readonly<Record<string, readonly Role[]>> = {
  sales: ['rep', 'sales-lead', 'founder', 'executive'],
  marketing: ['marketing', 'product', 'founder', 'executive'],
}
