/**
 * `report focus`: which share of the wins lies where we mean to sell, quarter by quarter, and what the rest have in common.
 *
 * Wins outside every segment that a market names are “art classes”: each a work of its own, hardly to be repeated.
 */
import type { SaleEvidence } from '../evidence/evidence.ts'
import { type Focus, focusMaker, segmentsOfMarkets } from './market-focus.ts'
import { sumOf, type Total } from './money.ts'
import { quartersShown, quartersWithDeals } from './quarters.ts'
import { defineReport, type ReportValue, type Sheet } from './report.ts'
import { type SharedValue, whatDealsShare } from './what-deals-share.ts'

interface FocusReport extends ReportValue {
  readonly asOf: string
  /** The segments that markets name. */
  readonly segments: readonly string[]
  /** In order of time. */
  readonly quarters: readonly FocusQuarter[]
  /** The wins outside, over all these quarters. */
  readonly outside: Total
  /** What they share, largest amount first. */
  readonly artClasses: readonly SharedValue[]
  /** How many more values there are. */
  readonly moreArtClasses: number
}

interface FocusQuarter extends Focus {
  readonly quarter: string
  readonly from: string
  readonly to: string
  /** Whether it has ended by T. */
  readonly complete: boolean
}

const mostArtClasses = 15

export const focusReport = defineReport({
  name: 'focus',
  about: 'The share of wins inside the segments our markets name, by quarter, and what the others have in common.',
  needs: 'ledger',
  periods: ['quarter'],
  value(input): FocusReport {
    const { playbook, evidence } = input
    const focusOf = focusMaker(playbook, evidence)
    const known = quartersWithDeals(evidence, playbook.settings.fiscalYearStart)
    const sales = evidence.salesOn(evidence.asOf)
    const art: SaleEvidence[] = []
    const quarters = quartersShown(input, known).map(({ name, from, to }): FocusQuarter => {
      const { focus, outside } = focusOf(sales.within(from, to))
      for (const sale of outside) art.push(sale)
      return { quarter: name, from, to, complete: to <= evidence.asOf, ...focus }
    })
    const shared = whatDealsShare(
      Int32Array.from(art, ({ row }) => row),
      input,
    )
    return {
      version: 1,
      asOf: evidence.asOf,
      segments: segmentsOfMarkets(playbook),
      quarters,
      outside: sumOf(art).total(playbook),
      artClasses: shared.slice(0, mostArtClasses),
      moreArtClasses: Math.max(0, shared.length - mostArtClasses),
    }
  },
  sheet: sheetOf,
})

function sheetOf({ asOf, segments, quarters, outside, artClasses, moreArtClasses }: FocusReport): Sheet {
  const running = quarters.find(({ complete }) => !complete)
  const latest = quarters.at(-1)
  return {
    title: 'Focus: are we winning where we mean to sell?',
    lines: [
      ...(latest === undefined || segments.length === 0
        ? []
        : [`${inWords(latest.inside)} of ${inWords(latest.wins)} wins of ${latest.quarter} lie inside our segments.`]),
      segments.length === 0
        ? 'No market names a segment yet, so every win is outside. Write one with `playproof new market`.'
        : `Inside is a segment that some market names: ${segments.join(', ')}. Deals that count, as of ${asOf}.`,
      ...(running === undefined ? [] : [`${running.quarter} has not ended.`]),
    ],
    tables: [
      {
        name: 'quarters',
        title: 'Wins inside our segments',
        columns: [
          { name: 'quarter', title: 'Quarter', kind: 'text' },
          { name: 'wins', title: 'Wins', kind: 'count' },
          { name: 'inside', title: 'Inside', kind: 'count' },
          { name: 'share', title: 'Share', kind: 'share' },
          { name: 'amount', title: 'Amount', kind: 'money' },
          { name: 'insideAmount', title: 'Inside', kind: 'money' },
          { name: 'amountShare', title: 'Share', kind: 'share' },
        ],
        rows: quarters
          .toReversed()
          .map(({ quarter, wins, inside, share, amountShare }) => [
            quarter,
            wins.deals,
            inside.deals,
            share,
            wins.amount,
            inside.amount,
            amountShare,
          ]),
        empty: 'No deal has closed yet.',
      },
      {
        name: 'art-classes',
        title: 'Art classes: what the wins outside share',
        note: `Of all these quarters. A win stands in one row for each column${moreArtClasses === 0 ? '' : `; ${moreArtClasses} smaller rows are left out`}. What is large and keeps coming may deserve a market of its own.`,
        columns: [
          { name: 'column', title: 'Column', kind: 'text' },
          { name: 'value', title: 'Value', kind: 'text' },
          { name: 'deals', title: 'Deals', kind: 'count' },
          { name: 'amount', title: 'Amount', kind: 'money' },
          { name: 'share', title: 'Of the amount outside', kind: 'share' },
        ],
        rows: artClasses.map(({ column, value, deals, amount }) => [
          column,
          value ?? '(blank)',
          deals,
          amount,
          outside.amount === 0 ? null : amount / outside.amount,
        ]),
        empty: 'Every win lies inside.',
      },
    ],
  }
}

function inWords({ deals }: Total): string {
  return deals.toLocaleString('en-US')
}
