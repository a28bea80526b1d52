/**
 * Why they bought, and why they did not: the compelling events and reasons of won and lost deals side by side.
 *
 * Told by reviews alone, so it says of how many deals it speaks. Events are grouped where reviews use the same words;
 * what kind of event one is, only people can tell.
 */
import { outcomeOn } from '../ledger/outcome-on.ts'
import type { Entity } from '../model/entity.ts'
import { whySection } from '../model/review.ts'
import { majorAmount, sumOf } from './money.ts'
import {
  type Cell,
  type Column,
  defineReport,
  type LedgerReportInput,
  type ReportValue,
  type Sheet,
  type Table,
} from './report.ts'
import { sectionWords } from './section-words.ts'

interface WhyValue extends ReportValue {
  readonly asOf: string
  /** The period the deals closed in; null for all. */
  readonly period: string | null
  /** Deals of the ledger that closed then, reviewed or not. */
  readonly closedDeals: number
  /** All reviews, those that tell of an event and those that say there was none. */
  readonly all: Sides
  readonly withEvent: Sides
  readonly withoutEvent: Sides
  /** By the words of the event; the one that most reviews have first. */
  readonly events: readonly (Sides & { readonly event: string; readonly deals: readonly string[] })[]
  readonly segments: readonly Group[]
  readonly plays: readonly Group[]
  readonly competitors: readonly Group[]
  readonly relationships: readonly Group[]
  /** Every review: the latest first. */
  readonly stories: readonly Story[]
}

/** Won and lost side by side. */
interface Sides {
  readonly won: number
  readonly lost: number
  /** Won, in major units. */
  readonly wonAmount: number
}

/** Reviews of one segment, play, competitor or relationship. */
interface Group extends Sides {
  readonly id: string
  /** How many of them had a compelling event. */
  readonly wonWithEvent: number
  readonly lostWithEvent: number
}

interface Story {
  readonly deal: string
  readonly outcome: 'won' | 'lost'
  readonly account: string | null
  /** Major units; null where the ledger has no such deal or no amount. */
  readonly amount: number | null
  readonly closed: string | null
  /** Empty where the review says that there was none. */
  readonly event: string
  /** The review's own words; null where it does not say. */
  readonly why: string | null
  readonly relationship: string | null
  readonly segments: readonly string[]
  readonly plays: readonly string[]
  readonly competitors: readonly string[]
}

export const whyReport = defineReport({
  name: 'why',
  about: 'Why they bought and why they did not: compelling events of won and lost deals side by side.',
  needs: 'ledger',
  periods: ['quarter', 'month'],
  value: whyOf,
  sheet: sheetOf,
})

function whyOf(input: LedgerReportInput): WhyValue {
  const { asOf, period, evidence } = input
  const stories = input.playbook
    .of('review')
    .flatMap((review) => storyOf(review, input) ?? [])
    .filter(({ closed }) => period === undefined || (closed !== null && closed >= period.from && closed <= period.to))
    .sort((a, b) => compare(b.closed ?? '', a.closed ?? '') || compare(a.deal, b.deal))
  const months = [...evidence.closedByMonth()]
  return {
    version: 1,
    asOf,
    period: period?.name ?? null,
    closedDeals: months
      .filter(([month]) => period === undefined || (month >= period.from.slice(0, 7) && month <= period.to.slice(0, 7)))
      .reduce((sum, [, deals]) => sum + deals, 0),
    all: sidesOf(stories, input),
    withEvent: sidesOf(
      stories.filter(({ event }) => event !== ''),
      input,
    ),
    withoutEvent: sidesOf(
      stories.filter(({ event }) => event === ''),
      input,
    ),
    events: eventsOf(stories, input),
    segments: groupsBy(stories, input, ({ segments }) => segments),
    plays: groupsBy(stories, input, ({ plays }) => plays),
    competitors: groupsBy(stories, input, ({ competitors }) => competitors),
    relationships: groupsBy(stories, input, ({ relationship }) => (relationship === null ? [] : [relationship])),
    stories,
  }
}

/** Undefined where the review does not say what it is about, or the deal had not closed by T. */
function storyOf(review: Entity<'review'>, input: LedgerReportInput): Story | undefined {
  const { playbook, evidence, sources } = input
  const { deal: id, outcome, compellingEvent, relationship, plays, competitors } = review.data
  if (id === undefined || outcome === undefined || compellingEvent === undefined) return undefined
  const deal = evidence.deals.get(id)
  if (deal !== undefined && outcomeOn(deal, evidence.asOf) === 'open') return undefined
  return {
    deal: id,
    outcome,
    account: deal?.account ?? null,
    amount: deal === undefined || deal.amount === null ? null : majorAmount(deal.amount, playbook),
    closed: deal?.closed ?? review.data.closed ?? null,
    event: compellingEvent.replace(/\s+/g, ' ').trim(),
    why: sectionWords(review, sources.get(review.path)?.text ?? '', [whySection[outcome]]),
    relationship: relationship ?? null,
    segments: evidence.segmentsOf(id),
    plays,
    competitors,
  }
}

function sidesOf(stories: readonly Story[], { playbook, evidence }: LedgerReportInput): Sides {
  const won = stories.filter(({ outcome }) => outcome === 'won')
  return {
    won: won.length,
    lost: stories.length - won.length,
    wonAmount: sumOf(won.flatMap(({ deal }) => evidence.deals.get(deal) ?? [])).total(playbook).amount,
  }
}

function eventsOf(stories: readonly Story[], input: LedgerReportInput): WhyValue['events'] {
  const told = stories.filter(({ event }) => event !== '')
  return [...Map.groupBy(told, ({ event }) => event.toLowerCase()).values()]
    .map((group) => ({
      event: group[0]?.event ?? '',
      ...sidesOf(group, input),
      deals: group.map(({ deal }) => deal),
    }))
    .sort((a, b) => b.deals.length - a.deals.length || b.wonAmount - a.wonAmount || compare(a.event, b.event))
}

function groupsBy(
  stories: readonly Story[],
  input: LedgerReportInput,
  idsOf: (story: Story) => readonly string[],
): Group[] {
  const groups = new Map<string, Story[]>()
  for (const story of stories)
    for (const id of new Set(idsOf(story))) {
      const group = groups.get(id)
      if (group === undefined) groups.set(id, [story])
      else group.push(story)
    }
  return [...groups]
    .map(([id, group]) => {
      const { won, lost } = sidesOf(
        group.filter(({ event }) => event !== ''),
        input,
      )
      return { id, ...sidesOf(group, input), wonWithEvent: won, lostWithEvent: lost }
    })
    .sort((a, b) => b.won + b.lost - a.won - a.lost || compare(a.id, b.id))
}

function sheetOf(value: WhyValue): Sheet {
  const { all, withEvent, closedDeals, period } = value
  const reviews = all.won + all.lost
  const when = period === null ? '' : ` that closed in ${period}`
  return {
    title: 'Why they bought',
    lines: [
      reviews === 0
        ? `No review tells of a deal${when}. Write one with \`playproof new review <deal>\`, while somebody remembers.`
        : `${reviews.toLocaleString('en-US')} of ${closedDeals.toLocaleString('en-US')} deals${when} have a review: ${all.won} won, ${all.lost} lost.`,
      ...(reviews === 0
        ? []
        : [
            `Something made the buyer act in ${ofAll(withEvent.won, all.won)} won and in ${ofAll(withEvent.lost, all.lost)} lost ones.`,
          ]),
    ],
    tables: [
      eventTable(value),
      storyTable(value, 'won', 'Why they bought'),
      storyTable(value, 'lost', 'Why they did not'),
      groupTable('segments', 'By segment', { name: 'segment', title: 'Segment', kind: 'segment' }, value.segments),
      groupTable('plays', 'By play', { name: 'play', title: 'Play', kind: 'play' }, value.plays),
      groupTable(
        'competitors',
        'By competitor',
        { name: 'competitor', title: 'Competitor', kind: 'page' },
        value.competitors.map((group) => ({ ...group, id: `competitors/${group.id}` })),
      ),
      groupTable(
        'relationships',
        'By relationship',
        { name: 'relationship', title: 'Known before as', kind: 'text' },
        value.relationships,
      ),
    ],
  }
}

/** `10 of the 15`, `all 45` */
function ofAll(some: number, all: number): string {
  return some === all && all > 1 ? `all ${all}` : `${some} of the ${all}`
}

function eventTable({ all, withEvent, withoutEvent, events }: WhyValue): Table {
  const repeated = events.filter(({ deals }) => deals.length > 1)
  const row = (words: string, sides: Sides): Cell[] => [
    words,
    sides.won,
    sides.wonAmount,
    sides.lost,
    sides.won + sides.lost === 0 ? null : sides.won / (sides.won + sides.lost),
  ]
  return {
    name: 'events',
    title: 'Won and lost side by side',
    note: 'Of reviewed deals; whoever writes reviews chooses which. An event of its own line came up more than once in the same words.',
    columns: [
      { name: 'event', title: 'Compelling event', kind: 'text' },
      { name: 'won', title: 'Won', kind: 'count' },
      { name: 'wonAmount', title: 'Won amount', kind: 'money' },
      { name: 'lost', title: 'Lost', kind: 'count' },
      { name: 'wonShare', title: 'Won of these', kind: 'share' },
    ],
    rows:
      all.won + all.lost === 0
        ? []
        : [
            row('there was one', withEvent),
            row('there was none', withoutEvent),
            ...repeated.map(({ event, ...sides }) => row(event, sides)),
          ],
    empty: 'No review yet. Write one with `playproof new review <deal>`.',
  }
}

function storyTable({ stories }: WhyValue, outcome: 'won' | 'lost', title: string): Table {
  return {
    name: outcome,
    title,
    columns: [
      { name: 'deal', title: 'Deal', kind: 'deal' },
      { name: 'account', title: 'Account', kind: 'account' },
      { name: 'closed', title: 'Closed', kind: 'day' },
      ...(outcome === 'won' ? [{ name: 'amount', title: 'Amount', kind: 'money' } as const] : []),
      { name: 'event', title: 'Compelling event', kind: 'text' },
      { name: 'why', title: outcome === 'won' ? 'Why we won' : 'Why we lost', kind: 'text' },
      { name: 'plays', title: 'Plays run', kind: 'play' },
      { name: 'competitors', title: 'Against', kind: 'page' },
    ],
    rows: stories
      .filter((story) => story.outcome === outcome)
      .map((story) => [
        story.deal,
        story.account,
        story.closed,
        ...(outcome === 'won' ? [story.amount] : []),
        story.event === '' ? 'there was none' : story.event,
        story.why,
        story.plays,
        story.competitors.map((id) => `competitors/${id}`),
      ]),
    empty: `No review of a ${outcome} deal. Write one with \`playproof new review <deal>\`.`,
  }
}

function groupTable(name: string, title: string, column: Column, groups: readonly Group[]): Table {
  return {
    name,
    title,
    columns: [
      column,
      { name: 'won', title: 'Won', kind: 'count' },
      { name: 'wonWithEvent', title: 'with an event', kind: 'count' },
      { name: 'wonAmount', title: 'Won amount', kind: 'money' },
      { name: 'lost', title: 'Lost', kind: 'count' },
      { name: 'lostWithEvent', title: 'with an event', kind: 'count' },
    ],
    rows: groups.map((group) => [
      group.id,
      group.won,
      group.wonWithEvent,
      group.wonAmount,
      group.lost,
      group.lostWithEvent,
    ]),
    empty: 'No review names one.',
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
