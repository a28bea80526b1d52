/**
 * The pages about what happened: reviews of deals, feedback from the field, and collateral.
 */
import type { AnyEntity, Entity } from '../../../src/model/entity.ts'
import { nameOf } from './address.ts'
import type { CollateralPage, FeedbackNote, FeedbackPage, PageLink, ReviewPage, ReviewRow } from './page-types.ts'
import type { Shown } from './shown.ts'

export function reviewRow(shown: Shown, review: Entity<'review'>): ReviewRow {
  const { data } = review
  const told = data.deal === undefined ? undefined : shown.told(data.deal)
  const account = told?.account
  return {
    title: account === undefined || account === '' ? (data.deal ?? review.id) : account,
    href: shown.hrefOf(review),
    deal: data.deal ?? review.id,
    outcome: data.outcome ?? 'lost',
    account,
    owner: told?.owner ?? undefined,
    amount: told?.amount ?? null,
    closed: shown.namesDeals ? (told?.closed ?? data.closed) : undefined,
    quarter: told?.quarter,
    compellingEvent: data.compellingEvent ?? '',
    plays: shown.pastPlayLinks(data.plays.flatMap((id) => shown.playbook.get('play', id) ?? [])),
  }
}

export function reviewPage(shown: Shown, review: Entity<'review'>): ReviewPage {
  const { data } = review
  const row = reviewRow(shown, review)
  return {
    type: 'review',
    ...shown.basics(review),
    title: row.title,
    row,
    relationship: data.relationship ?? 'none',
    messages: shown.links('message', data.messages),
    competitors: shown.links('competitor', data.competitors),
    reviewers: shown.owners(data.reviewers),
    date: shown.namesDeals ? data.date : undefined,
    citedBy: citers(shown, row.deal),
    notices: shown.notices(review, ['review/one-sided']),
  }
}

function citers(shown: Shown, deal: string): ReviewPage['citedBy'] {
  return shown.citing(deal).map((page) => {
    const citation = shown.citations(page)[page.citations.findIndex((each) => each.deal === deal)]
    return { ...shown.namedLink(page), shows: citation?.shows, reasons: citation?.reasons ?? [] }
  })
}

export function feedbackPage(shown: Shown, feedback: Entity<'feedback'>): FeedbackPage {
  return { type: 'feedback', ...shown.basics(feedback), note: noteOf(shown, feedback) }
}

/** Feedback on a play, message or piece of collateral, latest first. */
export function feedbackOn(shown: Shown, folder: 'plays' | 'messages' | 'collateral', id: string): FeedbackNote[] {
  return shown
    .feedbackOn(`${folder}/${id}`)
    .map((feedback) => noteOf(shown, feedback))
    .sort((a, b) => (a.date < b.date ? 1 : -1))
}

function noteOf(shown: Shown, feedback: Entity<'feedback'>): FeedbackNote {
  const { data } = feedback
  const body = shown.body(feedback)
  const { answer } = data
  return {
    anchor: nameOf(feedback.id),
    href: shown.hrefOf(feedback),
    on: targetOf(shown, data.on),
    by: shown.link('person', data.by),
    date: data.date ?? '',
    result: data.result ?? '',
    deal: shown.namesDeals ? data.deal : undefined,
    review: data.deal === undefined ? undefined : shown.reviewHref(data.deal),
    html: [body.lead, ...body.sections.map(({ html }) => html), body.notes].join(''),
    answer:
      answer === undefined
        ? undefined
        : { by: shown.link('person', answer.by), date: answer.date, action: answer.action },
  }
}

/** Whether the page that feedback is on is built: else the feedback is not either. */
export function isOnBuiltPage(shown: Shown, feedback: Entity<'feedback'>): boolean {
  return targetOf(shown, feedback.data.on) !== undefined
}

function targetOf(shown: Shown, on: string | undefined): PageLink | undefined {
  const match = /^(plays|messages|collateral)\/(.+)$/.exec(on ?? '')
  const type = match?.[1] === 'plays' ? 'play' : match?.[1] === 'messages' ? 'message' : 'collateral'
  const target = match === null ? undefined : (shown.playbook.get(type, match[2]) as AnyEntity | undefined)
  return target === undefined || !shown.isVisible(target) ? undefined : shown.namedLink(target)
}

export function collateralPage(shown: Shown, collateral: Entity<'collateral'>): CollateralPage {
  const { data } = collateral
  return {
    type: 'collateral',
    ...shown.basics(collateral),
    file: data.file ?? '',
    retired: data.status === 'retired',
    owner: shown.link('person', data.owner),
    messages: shown.links('message', data.messages),
  }
}
