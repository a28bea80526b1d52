/**
 * Every rule of the product and its default severity: what `rules:` of playbook.yaml may name.
 *
 * An id never changes once released. The rules themselves live in the rules room, and can have no id that is not
 * here; what is here and has no rule yet is for decks (`collateral/*`) and names of customers (`naming/leak`).
 */

export type Severity = 'error' | 'warn' | 'hint'
export type RuleSetting = Severity | 'off'

export const ruleDefaults = {
  'file/encoding': 'error',
  'file/frontmatter': 'error',
  'file/too-large': 'error',
  'file/hidden-characters': 'error',
  'file/duplicate-id': 'error',
  'field/missing': 'error',
  'field/unknown': 'error',
  'field/wrong': 'error',
  'section/missing': 'warn',
  'section/empty': 'warn',
  'reference/unknown': 'error',
  'link/broken': 'error',
  'link/retired': 'warn',
  'page/orphan': 'hint',
  'play/unbacked': 'error',
  'message/unbacked': 'error',
  'citation/unknown-deal': 'error',
  'citation/not-won': 'error',
  'citation/review-disagrees': 'error',
  'citation/not-counted': 'warn',
  'citation/stale': 'warn',
  'citation/no-review': 'warn',
  'citation/no-compelling-event': 'warn',
  'citation/not-run': 'warn',
  'citation/friends-and-family': 'warn',
  'citation/outside-segment': 'warn',
  'citation/elephant': 'warn',
  'citation/same-account': 'warn',
  'citation/churned': 'warn',
  'play/overclaimed': 'error',
  'play/underclaimed': 'hint',
  'play/suspect': 'warn',
  'message/suspect': 'warn',
  'play/unconfirmed': 'warn',
  'message/unconfirmed': 'warn',
  'competitor/unconfirmed': 'warn',
  'message/overclaimed': 'warn',
  'play/concentrated': 'warn',
  'play/dead': 'hint',
  'play/trial-expired': 'error',
  'figure/uncited': 'error',
  'collateral/number-changed': 'error',
  'collateral/retired-message': 'error',
  'collateral/missing-message': 'warn',
  'collateral/reworded': 'warn',
  'collateral/two-versions': 'warn',
  'collateral/unapproved-claim': 'warn',
  'collateral/unreadable': 'error',
  'owner/one-sided': 'error',
  'owner/left': 'warn',
  'seat/shared': 'error',
  'seat/flip-flop': 'warn',
  'seat/founder-selling': 'hint',
  'market/opened-too-early': 'error',
  'rep/without-market': 'warn',
  'segment/two-price-levels': 'hint',
  'person/unknown-seller': 'warn',
  'naming/leak': 'error',
  'config/weakened': 'error',
  'predicate/unknown-column': 'error',
  'predicate/unknown-value': 'warn',
  'review/missing-first-customer': 'error',
  'review/one-sided': 'error',
  'feedback/unanswered': 'warn',
  'ledger/row': 'error',
  'ledger/unsigned': 'warn',
  'ledger/tampered': 'error',
  'waiver/unused': 'warn',
  'waiver/expired': 'error',
  'waiver/open-ended': 'error',
  'waiver/no-reason': 'error',
} as const satisfies Record<string, Severity>

export type RuleId = keyof typeof ruleDefaults

export const ruleIds = Object.keys(ruleDefaults) as RuleId[]

export function isRuleId(id: string): id is RuleId {
  return Object.hasOwn(ruleDefaults, id)
}
