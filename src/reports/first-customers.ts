/**
 * `report first-customers`: whom the company won first, and what each of those deals taught.
 *
 * The first few buyers teach more than the next hundred. A deal without a review is work for whoever sold it.
 */
import type { Playbook } from '../graph/playbook.ts'
import type { Deal } from '../ledger/ledger.ts'
import type { Entity } from '../model/entity.ts'
import { learnedSection } from '../model/review.ts'
import { sellersOf } from '../rules/seat/sellers.ts'
import { majorAmount } from './money.ts'
import { defineReport, type LedgerReportInput, type ReportValue, type Sheet } from './report.ts'
import { sectionWords } from './section-words.ts'

interface FirstCustomers extends ReportValue {
  readonly asOf: string
  /** How many are asked for. */
  readonly most: number
  readonly customers: readonly FirstCustomer[]
}

interface FirstCustomer {
  readonly order: number
  readonly deal: string
  readonly account: string
  /** The account, or its parent. */
  readonly group: string
  /** The person's id, else the ledger's spelling. */
  readonly owner: string
  readonly closed: string | null
  /** Major units. */
  readonly amount: number | null
  readonly segments: readonly string[]
  readonly review: Story | null
}

interface Story {
  readonly page: string
  /** Empty where the review says that there was none. */
  readonly compellingEvent: string | null
  readonly relationship: string | null
  readonly plays: readonly string[]
  readonly learned: string | null
  readonly sales: string | null
  readonly marketing: string | null
}

/** How many are listed where playbook.yaml asks for none. */
const usually = 20

export const firstCustomersReport = defineReport({
  name: 'first-customers',
  about: 'Whom we won first, why they had to act, and what each of those deals taught.',
  needs: 'ledger',
  periods: [],
  value(input): FirstCustomers {
    const { playbook, evidence } = input
    const wanted = playbook.settings.evidence.firstCustomers
    const most = wanted > 0 ? wanted : usually
    const describe = describer(input)
    const customers = evidence.firstCustomers(most).map((deal, index) => describe(deal, index + 1))
    return { version: 1, asOf: evidence.asOf, most, customers }
  },
  sheet: sheetOf,
})

function describer({ playbook, evidence, sources }: LedgerReportInput): (deal: Deal, order: number) => FirstCustomer {
  const sellers = sellersOf(playbook)
  const reviews = new Map(
    playbook
      .of('review')
      .map((review) => [review.data.deal, review] as const)
      .reverse(),
  )
  return (deal, order) => {
    const review = reviews.get(deal.id)
    return {
      order,
      deal: deal.id,
      account: deal.account,
      group: deal.accountGroup,
      owner: sellers.get(deal.owner)?.id ?? deal.owner,
      closed: deal.closed,
      amount: deal.amount === null ? null : majorAmount(deal.amount, playbook),
      segments: evidence.segmentsOf(deal.id),
      review: review === undefined ? null : storyOf(review, sources.get(review.path)?.text ?? ''),
    }
  }
}

function storyOf(review: Entity<'review'>, text: string): Story {
  const { compellingEvent, relationship, plays, reviewers } = review.data
  return {
    page: `reviews/${review.id}`,
    compellingEvent: compellingEvent ?? null,
    relationship: relationship ?? null,
    plays,
    learned: sectionWords(review, text, [learnedSection]),
    sales: reviewers?.sales ?? null,
    marketing: reviewers?.marketing ?? null,
  }
}

function sheetOf({ most, customers, asOf }: FirstCustomers, { playbook }: LedgerReportInput): Sheet {
  const missing = customers.filter(({ review }) => review === null)
  return {
    title: `The first ${customers.length === most ? `${most} ` : ''}customers`,
    lines: [
      `The first won deal of each of the first ${most} accounts, as of ${asOf}; companies of one parent are one account.`,
      missing.length === 0
        ? 'Each of these deals has its review.'
        : `${missing.length} of ${customers.length} ${missing.length === 1 ? 'has' : 'have'} no review yet. \`playproof new review <deal>\` fills in what the ledger knows; whoever sold the deal writes the story with marketing.`,
    ],
    tables: [
      {
        name: 'customers',
        title: 'In the order they were won',
        columns: [
          { name: 'order', title: 'No.', kind: 'count' },
          { name: 'deal', title: 'Deal', kind: 'deal' },
          { name: 'account', title: 'Account', kind: 'account' },
          { name: 'closed', title: 'Closed', kind: 'day' },
          { name: 'amount', title: 'Amount', kind: 'money' },
          { name: 'owner', title: 'Sold by', kind: 'person' },
          { name: 'segments', title: 'Segments', kind: 'segment' },
          { name: 'review', title: 'Review', kind: 'text' },
          { name: 'compellingEvent', title: 'Compelling event', kind: 'text' },
          { name: 'relationship', title: 'Relationship', kind: 'text' },
          { name: 'plays', title: 'Plays run', kind: 'play' },
          { name: 'learned', title: 'What we learned', kind: 'text' },
          { name: 'signed', title: 'Signed by', kind: 'person' },
        ],
        rows: customers.map(({ review, ...customer }) => [
          customer.order,
          customer.deal,
          customer.account,
          customer.closed,
          customer.amount,
          customer.owner,
          customer.segments,
          review === null ? `no review: ${nameIn(playbook, customer.owner)} writes it` : review.page,
          review === null ? null : review.compellingEvent === '' ? 'there was none' : review.compellingEvent,
          review?.relationship ?? null,
          review?.plays ?? [],
          review?.learned ?? null,
          [review?.sales, review?.marketing].flatMap((person) => person ?? []),
        ]),
        empty: 'No deal has been won yet.',
      },
    ],
  }
}

function nameIn(playbook: Playbook, owner: string): string {
  return playbook.get('person', owner)?.data.name ?? (owner === '' ? 'nobody' : owner)
}
