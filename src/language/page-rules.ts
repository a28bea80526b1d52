/**
 * The rules that can be asked about one page at a time.
 *
 * What such a rule says of a page depends on that page and on what can be looked up, never on a walk over the other
 * pages of its type: asked about each page alone it finds what it finds in the whole playbook. A rule that is not
 * named here is always asked about the whole; naming it wrongly is found by `page-rules.test.ts`.
 */
import type { RuleId } from '../model/rule-ids.ts'

export const pageRules: ReadonlySet<RuleId> = new Set<RuleId>([
  'citation/churned',
  'citation/elephant',
  'citation/friends-and-family',
  'citation/no-compelling-event',
  'citation/no-review',
  'citation/not-counted',
  'citation/not-run',
  'citation/not-won',
  'citation/outside-segment',
  'citation/same-account',
  'citation/stale',
  'citation/unknown-deal',
  'competitor/unconfirmed',
  'feedback/unanswered',
  'field/missing',
  'field/unknown',
  'field/wrong',
  'figure/uncited',
  'file/encoding',
  'file/frontmatter',
  'file/hidden-characters',
  'file/too-large',
  'link/broken',
  'message/overclaimed',
  'message/suspect',
  'message/unbacked',
  'message/unconfirmed',
  'owner/one-sided',
  'play/concentrated',
  'play/dead',
  'play/overclaimed',
  'play/suspect',
  'play/trial-expired',
  'play/unbacked',
  'play/unconfirmed',
  'play/underclaimed',
  'predicate/unknown-column',
  'predicate/unknown-value',
  'reference/unknown',
  'review/one-sided',
  'section/empty',
  'section/missing',
  'segment/two-price-levels',
])
