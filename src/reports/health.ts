/**
 * Health: what a check found as work, on the list of everybody who has to do something about it.
 *
 * A page is owned by both sides together, so what is wrong with it stands on both lists. A story that is missing is
 * asked of whoever sold the deal.
 */
import type { Finding } from '../check/finding.ts'
import type { Deal } from '../ledger/ledger.ts'
import { folders } from '../model/entity-types.ts'
import type { RuleId, Severity } from '../model/rule-ids.ts'
import { sellersOf } from '../rules/seat/sellers.ts'
import { ownersOf } from './page-owners.ts'
import { defineReport, type ReportInput, type ReportValue, type Sheet } from './report.ts'

/** What kind of work it is: the first five are what keeps a playbook alive, in the order they are told. */
export const workKinds = ['suspect', 'due', 'unowned', 'unanswered', 'no-review', 'other'] as const
export type WorkKind = (typeof workKinds)[number]

export interface HealthValue extends ReportValue {
  readonly asOf: string
  readonly counts: Readonly<Record<WorkKind, number>>
  /** Lists with errors first, then those with warnings; what nobody owns comes last. */
  readonly owners: readonly OwnersWork[]
}

export interface OwnersWork {
  /** A person's id; null for what has no owner. */
  readonly owner: string | null
  readonly counts: Readonly<Record<WorkKind, number>>
  /** The gravest first, then by kind. */
  readonly work: readonly Work[]
}

export interface Work {
  readonly kind: WorkKind
  readonly severity: Severity
  readonly rule: string
  /** What is so and what to do. */
  readonly text: string
  /** `plays/<id>`; null for what stands in no page. */
  readonly page: string | null
  /** The deal whose story is missing. */
  readonly deal: string | null
  readonly file: string
  readonly line: number
}

export const healthReport = defineReport({
  name: 'health',
  about:
    'Who has to do what: pages that are due, suspect or unowned, feedback without an answer, deals without a review.',
  needs: 'pages',
  periods: [],
  value: healthOf,
  sheet: sheetOf,
})

const kinds: Readonly<Partial<Record<RuleId, WorkKind>>> = {
  'play/suspect': 'suspect',
  'message/suspect': 'suspect',
  'play/unconfirmed': 'due',
  'message/unconfirmed': 'due',
  'competitor/unconfirmed': 'due',
  'owner/one-sided': 'unowned',
  'owner/left': 'unowned',
  'feedback/unanswered': 'unanswered',
  'citation/no-review': 'no-review',
  'review/missing-first-customer': 'no-review',
}

function healthOf(input: ReportInput): HealthValue {
  const found = input.findings.map((finding) => ({ work: workOf(finding, input), owners: asked(finding, input) }))
  const lists = new Map<string | null, Work[]>()
  for (const { work, owners } of found) {
    for (const owner of owners.length === 0 ? [null] : owners) {
      const list = lists.get(owner)
      if (list === undefined) lists.set(owner, [work])
      else list.push(work)
    }
  }
  return {
    version: 1,
    asOf: input.asOf,
    counts: countsOf(found.map(({ work }) => work)),
    owners: [...lists]
      .map(([owner, work]) => ({ owner, counts: countsOf(work), work: work.sort(byGravity) }))
      .sort(
        (a, b) => urgency(b) - urgency(a) || b.work.length - a.work.length || compare(a.owner ?? '', b.owner ?? ''),
      ),
  }
}

function workOf(finding: Finding, { playbook }: ReportInput): Work {
  const entity = playbook.atPath(finding.file)
  const kind = kinds[finding.rule] ?? 'other'
  return {
    kind,
    severity: finding.severity,
    rule: finding.rule,
    text: finding.text,
    page: entity === undefined ? null : `${folders[entity.type]}/${entity.id}`,
    deal: kind === 'no-review' ? dealIn(finding) : null,
    file: finding.file,
    line: finding.range.start.line,
  }
}

/** Those of the page, and for a missing story whoever sold the deal. */
function asked(finding: Finding, input: ReportInput): string[] {
  const { playbook } = input
  if (kinds[finding.rule] === 'no-review') {
    const seller = sellersOf(playbook).get(soldBy(dealIn(finding), input) ?? '')
    if (seller !== undefined) return [seller.id]
  }
  const entity = playbook.atPath(finding.file)
  return entity === undefined ? [] : ownersOf(entity, playbook).filter((id) => playbook.get('person', id) !== undefined)
}

function soldBy(id: string, { evidence }: ReportInput): Deal['owner'] | undefined {
  return (evidence?.deals.get(id) ?? evidence?.wonDeal(id))?.owner
}

/** The subject of such a finding is the deal as it is written there, perhaps in quotes. */
function dealIn({ subject }: Finding): string {
  return subject.replace(/^(["'])(.*)\1$/s, '$2')
}

function countsOf(work: readonly Work[]): Record<WorkKind, number> {
  const counts = { suspect: 0, due: 0, unowned: 0, unanswered: 0, 'no-review': 0, other: 0 }
  for (const { kind } of work) counts[kind]++
  return counts
}

const weight: Readonly<Record<Severity, number>> = { error: 0, warn: 1, hint: 2 }

function byGravity(a: Work, b: Work): number {
  return weight[a.severity] - weight[b.severity] || workKinds.indexOf(a.kind) - workKinds.indexOf(b.kind)
}

function urgency({ owner, work }: OwnersWork): number {
  return owner === null ? -1 : 2 - Math.min(...work.map(({ severity }) => weight[severity]))
}

export const workWords: Readonly<Record<WorkKind, string>> = {
  suspect: 'changed since it was confirmed',
  due: 'to be confirmed',
  unowned: 'without an owner',
  unanswered: 'waits for an answer',
  'no-review': 'no review yet',
  other: 'to be put right',
}

const shortWords: Readonly<Record<WorkKind, string>> = {
  suspect: 'suspect',
  due: 'due',
  unowned: 'unowned',
  unanswered: 'unanswered',
  'no-review': 'without a review',
  other: 'other',
}

function sheetOf({ owners, counts }: HealthValue): Sheet {
  const told = workKinds.filter((kind) => counts[kind] > 0)
  return {
    title: 'Health',
    lines:
      told.length === 0
        ? ['Nothing is to be done: no rule found anything wrong.']
        : [
            `${told.map((kind) => `${counts[kind].toLocaleString('en-US')} ${shortWords[kind]}`).join(', ')}.`,
            'What is wrong with a page stands on the list of everybody who owns it.',
          ],
    tables: [
      {
        name: 'work',
        title: 'Who has to do what',
        columns: [
          { name: 'owner', title: 'Owner', kind: 'person' },
          { name: 'kind', title: 'What', kind: 'text' },
          { name: 'severity', title: 'Weight', kind: 'text' },
          { name: 'page', title: 'Page', kind: 'page' },
          { name: 'deal', title: 'Deal', kind: 'deal' },
          { name: 'text', title: 'To do', kind: 'text' },
        ],
        rows: owners.flatMap(({ owner, work }) =>
          work.map(({ kind, severity, page, deal, text }) => [owner, workWords[kind], severity, page, deal, text]),
        ),
        empty: 'Nothing.',
      },
      {
        name: 'owners',
        title: 'By owner',
        columns: [
          { name: 'owner', title: 'Owner', kind: 'person' },
          { name: 'suspect', title: 'Suspect', kind: 'count' },
          { name: 'due', title: 'Due', kind: 'count' },
          { name: 'unowned', title: 'Unowned', kind: 'count' },
          { name: 'unanswered', title: 'Unanswered', kind: 'count' },
          { name: 'noReview', title: 'No review', kind: 'count' },
          { name: 'other', title: 'Other', kind: 'count' },
        ],
        rows: owners.map(({ owner, counts: own }) => [owner, ...workKinds.map((kind) => own[kind])]),
        empty: 'Nothing.',
      },
    ],
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
