/**
 * What a page may show of the playbook: links to pages that are built, people, deals, evidence.
 *
 * The one door through which pages are made, so that nothing can name a page that its audience has not.
 */

import { type Audience, isHypothesis } from '../../../src/audience/audience.ts'
import type { Finding } from '../../../src/check/finding.ts'
import type { MessageEvidence } from '../../../src/evidence/evidence.ts'
import type { Playbook } from '../../../src/graph/playbook.ts'
import type { Deal } from '../../../src/ledger/ledger.ts'
import { minorDigitsOf } from '../../../src/ledger/money.ts'
import { monthsBefore } from '../../../src/model/dates.ts'
import type { AnyEntity, Entity } from '../../../src/model/entity.ts'
import type { EntityType } from '../../../src/model/entity-types.ts'
import type { RuleId } from '../../../src/model/rule-ids.ts'
import { formatOf } from '../show/format.ts'
import { addressOf, withBase } from './address.ts'
import { type Finder, finderOf } from './finder.ts'
import type { OpenEvidence, OpenPlay, OpenReading, ToldDeal } from './for-audience.ts'
import type {
  CitationLine,
  Confirmation,
  DealLine,
  Doubt,
  Mark,
  MessageLink,
  Notice,
  Owners,
  PageBasics,
  PageLink,
  PlayGroup,
  PlayLink,
  PlayRow,
  RecordFigures,
} from './page-types.ts'
import { type Body, emptyBody, type Lead, type ResolveLink } from './render-markdown.ts'
import { titleOf } from './titles.ts'

/** Finds or makes the HTML of a page; the loader keeps that of pages that did not change. */
export type RenderBody = (entity: AnyEntity, markdown: string, resolveLink: ResolveLink) => Body

export class Shown {
  readonly reading: OpenReading
  readonly playbook: Playbook
  readonly audience: Audience
  readonly evidence: OpenEvidence | undefined
  readonly #evidenceOf: ReadonlyMap<string, OpenPlay>
  readonly #evidenceOfMessage: ReadonlyMap<string, MessageEvidence>
  readonly #findingsIn: ReadonlyMap<string, readonly Finding[]>
  readonly #reviewOf = new Map<string, Entity<'review'>>()
  #citing: Map<string, readonly (Entity<'play'> | Entity<'message'>)[]> | undefined
  #feedback: ReadonlyMap<string, readonly Entity<'feedback'>[]> | undefined
  #runnable: readonly PlayRow[] | undefined
  #bySegment: ReadonlyMap<string, readonly PlayRow[]> | undefined
  readonly #rows = new Map<string, PlayRow>()
  readonly #bodies = new Map<string, Body>()
  #finder: Finder | undefined
  readonly #unit: number
  readonly #base: string
  readonly #render: RenderBody

  constructor(reading: OpenReading, audience: Audience, base: string, render: RenderBody) {
    this.reading = reading
    this.playbook = reading.playbook
    this.audience = audience
    this.evidence = reading.evidence
    this.#base = base
    this.#render = render
    this.#evidenceOf = new Map(this.evidence?.plays.map((play) => [play.id, play]))
    this.#evidenceOfMessage = new Map(this.evidence?.messages.map((message) => [message.id, message]))
    this.#findingsIn = Map.groupBy(reading.findings, ({ file }) => file)
    this.#unit = 10 ** minorDigitsOf(this.playbook.settings.currency)
    for (const review of this.built('review'))
      if (review.data.deal !== undefined) this.#reviewOf.set(review.data.deal, review)
  }

  /** Whether deals may be listed by account, seller and amount. */
  get namesDeals(): boolean {
    return this.audience !== 'partners'
  }

  built<T extends EntityType>(type: T): readonly Entity<T>[] {
    return this.playbook.of(type)
  }

  isVisible(entity: AnyEntity | Entity): boolean {
    return this.playbook.get(entity.type, entity.id) !== undefined
  }

  /** An address of the site with its base path. */
  href(address: string): string {
    return withBase(this.#base, address)
  }

  hrefOf(entity: AnyEntity | Entity): string {
    return this.href(addressOf(entity.type, entity.id))
  }

  linkTo(entity: AnyEntity | Entity): PageLink {
    return { title: titleOf(entity as AnyEntity), href: this.hrefOf(entity) }
  }

  /** The same where plays stand among other pages: a hypothesis is never named without saying so. */
  namedLink(entity: AnyEntity | Entity): PageLink {
    const { title, href } = this.linkTo(entity)
    return { title: isHypothesis(entity as AnyEntity) ? `${title} (hypothesis)` : title, href }
  }

  basics(entity: AnyEntity | Entity): PageBasics {
    return {
      id: entity.id,
      ...this.linkTo(entity),
      body: this.body(entity),
      tags: (entity as AnyEntity).data.tags,
      restricted: entity.data.visibility === 'restricted',
      doubt: this.doubt(entity),
    }
  }

  /** A link to a page that is built; undefined for any other id. */
  link(type: EntityType, id: string | undefined): PageLink | undefined {
    const entity = this.playbook.get(type, id) as AnyEntity | undefined
    return entity === undefined || !this.isVisible(entity) ? undefined : this.linkTo(entity)
  }

  links(type: EntityType, ids: readonly string[]): PageLink[] {
    return ids.flatMap((id) => this.link(type, id) ?? [])
  }

  playLink(play: Entity<'play'>): PlayLink {
    const evidence = this.#evidenceOf.get(play.id)
    const mark = markOf(play, evidence)
    return {
      ...this.linkTo(play),
      mark,
      byFit: mark === 'proven' && evidence?.record.basis === 'matched',
      doubt: this.doubt(play),
    }
  }

  /** The same row each time it is asked for: many pages list a play. */
  playRow(play: Entity<'play'>): PlayRow {
    const known = this.#rows.get(play.id) ?? this.#makeRow(play)
    this.#rows.set(play.id, known)
    return known
  }

  #makeRow(play: Entity<'play'>): PlayRow {
    const evidence = this.#evidenceOf.get(play.id)
    return {
      ...this.playLink(play),
      id: play.id,
      group: groupOf(play, evidence),
      segment: this.link('segment', play.data.segment),
      stage: play.data.stage,
      markets: this.links('market', play.data.markets),
      figures: evidence === undefined ? undefined : this.figures(evidence),
      rank: evidence?.rank ?? Number.MAX_SAFE_INTEGER,
      until: play.data.until,
      fit: this.finder.fitOf(play),
    }
  }

  backing(message: string): MessageEvidence['backed'] | undefined {
    return this.#evidenceOfMessage.get(message)?.backed
  }

  evidenceOf(play: string): OpenPlay | undefined {
    return this.#evidenceOf.get(play)
  }

  figures({ verdict, tooFew, record, baseline, withheld }: OpenPlay): RecordFigures {
    return { verdict, tooFew, record, baseline, withheld }
  }

  /** Links to those plays that can be run, best first; hypotheses are never offered beside them. */
  playLinks(plays: readonly Entity<'play'>[]): PlayLink[] {
    return this.#linksOf(plays, (group) => group !== 'learning' && group !== 'retired')
  }

  /** The same with retired ones, where it is told what was done and not what to do. */
  pastPlayLinks(plays: readonly Entity<'play'>[]): PlayLink[] {
    return this.#linksOf(plays, (group) => group !== 'learning')
  }

  #linksOf(plays: readonly Entity<'play'>[], wanted: (group: PlayGroup) => boolean): PlayLink[] {
    return this.playRows(plays)
      .filter(({ group }) => wanted(group))
      .map(({ title, href, mark, byFit, doubt }) => ({ title, href, mark, byFit, doubt }))
  }

  playRows(plays: readonly Entity<'play'>[]): PlayRow[] {
    return plays
      .filter((play) => this.isVisible(play))
      .map((play) => this.playRow(play))
      .sort(byStrength)
  }

  /** Every play that can be run, best first. */
  get runnable(): readonly PlayRow[] {
    this.#runnable ??= this.playRows(this.built('play')).filter(
      ({ group }) => group !== 'retired' && group !== 'learning',
    )
    return this.#runnable
  }

  /** Those of them for one segment. */
  playsFor(segment: string | undefined): readonly PlayRow[] {
    this.#bySegment ??= Map.groupBy(this.runnable, ({ id }) => this.playbook.get('play', id)?.data.segment ?? '')
    return this.#bySegment.get(segment ?? '') ?? []
  }

  owners(owners: { readonly marketing?: string | undefined; readonly sales?: string | undefined } | undefined): Owners {
    return { marketing: this.link('person', owners?.marketing), sales: this.link('person', owners?.sales) }
  }

  confirmation(page: Entity<'play'> | Entity<'message'> | Entity<'competitor'>): Confirmation | undefined {
    const { confirmed } = page.data
    if (confirmed === undefined) return undefined
    const months = this.playbook.settings.evidence.confirmMonths[page.type]
    return {
      by: this.link('person', confirmed.by),
      date: confirmed.date,
      due: monthsBefore(confirmed.date, -months),
    }
  }

  doubt(entity: AnyEntity | Entity): Doubt | undefined {
    return this.reading.doubts.get(entity.path)
  }

  /** What a plain reader of the page should be warned of; in general words where the finding is not for this reader. */
  notices(entity: AnyEntity | Entity, rules: readonly RuleId[]): Notice[] {
    const told = (this.#findingsIn.get(entity.path) ?? [])
      .filter(({ rule }) => rules.includes(rule))
      .map(({ rule, severity, text }) => ({ rule, severity, text: withoutCommands(text) }))
    const doubt = this.doubt(entity)
    const flaw = doubt === undefined ? undefined : doubt === 'suspect' ? '/suspect' : '/unconfirmed'
    const rule = rules.find((rule) => flaw !== undefined && rule.endsWith(flaw))
    if (rule === undefined || told.some((notice) => notice.rule === rule)) return told
    const text = `Ask ${this.namesDeals ? 'its owners' : 'us'} before you rely on it.`
    return [{ rule, severity: 'warn', text }, ...told]
  }

  messageLink(message: Entity<'message'>): MessageLink {
    return {
      ...this.linkTo(message),
      claim: message.data.claim ?? '',
      backed: this.backing(message.id),
      doubt: this.doubt(message),
    }
  }

  /** What the play finder asks, and what each play answers. */
  get finder(): Finder {
    this.#finder ??= finderOf(this)
    return this.#finder
  }

  review(deal: string): Entity<'review'> | undefined {
    return this.#reviewOf.get(deal)
  }

  reviewHref(deal: string): string | undefined {
    const review = this.#reviewOf.get(deal)
    return review === undefined ? undefined : this.hrefOf(review)
  }

  /** Plays and messages that cite a deal. */
  citing(deal: string): readonly (Entity<'play'> | Entity<'message'>)[] {
    if (this.#citing === undefined) {
      this.#citing = new Map()
      for (const page of [...this.built('play'), ...this.built('message')])
        for (const id of new Set(page.citations.map((citation) => citation.deal)))
          this.#citing.set(id, [...(this.#citing.get(id) ?? []), page])
    }
    return this.#citing.get(deal) ?? []
  }

  /** Feedback on `plays/<id>`, `messages/<id>` or `collateral/<id>`. */
  feedbackOn(target: string): readonly Entity<'feedback'>[] {
    this.#feedback ??= Map.groupBy(this.built('feedback'), ({ data }) => data.on ?? '')
    return this.#feedback.get(target) ?? []
  }

  /** Major units of an amount of the ledger. */
  major(amount: number | null): number | null {
    return amount === null ? null : amount / this.#unit
  }

  deal(id: string): Deal | undefined {
    return this.evidence?.deals.get(id)
  }

  /** The cited deals of a play that count; none where deals are not named. */
  countingDeals(play: Entity<'play'>): readonly Deal[] {
    const { citations = [] } = this.#evidenceOf.get(play.id) ?? {}
    return citations.flatMap(({ deal, eligible }) => (eligible ? (this.deal(deal) ?? []) : []))
  }

  /** A deal as this audience may hear of it. */
  told(id: string): ToldDeal | undefined {
    return this.evidence?.told(id)
  }

  dealLine(deal: Deal): DealLine {
    return {
      deal: deal.id,
      account: deal.account,
      owner: deal.owner,
      outcome: deal.outcome,
      amount: this.major(deal.amount),
      closed: deal.closed,
      review: this.reviewHref(deal.id),
    }
  }

  citations(entity: Entity<'play'> | Entity<'message'>): CitationLine[] {
    const found =
      entity.type === 'play'
        ? this.#evidenceOf.get(entity.id)?.citations
        : this.#evidenceOfMessage.get(entity.id)?.citations
    return entity.citations.map(({ deal, shows }, index) => {
      const told = this.told(deal)
      const judged = found?.[index]
      return {
        deal: this.dealId(deal),
        account: told?.account ?? null,
        owner: told?.owner ?? null,
        amount: told?.amount ?? null,
        closed: told?.closed ?? null,
        band: told?.band,
        quarter: told?.quarter,
        eligible: judged?.eligible ?? false,
        reasons: judged?.reasons ?? [],
        shows,
        review: this.reviewHref(deal),
        story: this.#storyOf(deal),
      }
    })
  }

  /** A deal by its id, which those outside read only where a page of theirs has it. */
  dealId(deal: string): string {
    return this.namesDeals || this.#reviewOf.has(deal) ? deal : ''
  }

  /** The first that a review tells, after what forced the buyer to act. */
  #storyOf(deal: string): CitationLine['story'] {
    const review = this.#reviewOf.get(deal)
    if (review === undefined) return undefined
    const { lead, sections } = this.body(review)
    return { event: review.data.compellingEvent ?? '', html: lead === '' ? (sections[0]?.html ?? '') : lead }
  }

  /** That of a review or of feedback is the same each time: it is told on its own page and on others. */
  body(entity: AnyEntity | Entity): Body {
    const known = this.#bodies.get(entity.path) ?? this.#makeBody(entity)
    if (entity.type === 'review' || entity.type === 'feedback') this.#bodies.set(entity.path, known)
    return known
  }

  #makeBody(entity: AnyEntity | Entity): Body {
    const text = this.reading.textOf(entity as AnyEntity)
    // What was too large or too deep to be read is not rendered either.
    if (
      text === undefined ||
      entity.facts.problems.some(({ rule }) => rule === 'file/too-large' || rule === 'file/encoding')
    )
      return emptyBody
    return this.#render(entity as AnyEntity, text, (url) => this.#resolve(entity as AnyEntity, url))
  }

  /** The address of a link in a page's text; undefined for what the site does not have, which then is plain words. */
  #resolve(from: AnyEntity, url: string): Lead | undefined {
    if (url.startsWith('#')) return { href: url }
    const target = this.playbook.target(from, url)
    if (target.kind === 'external') return { href: url }
    if (target.kind !== 'page' || !this.isVisible(target.entity)) return undefined
    const href = this.hrefOf(target.entity)
    return {
      href: target.anchor === undefined || href.includes('#') ? href : `${href}#${encodeURIComponent(target.anchor)}`,
      note: this.#noteOn(target.entity),
    }
  }

  /** What a reader should know of a page before following the link: how a deal ended, or that the page is not to be used. */
  #noteOn(entity: AnyEntity): string | undefined {
    if (entity.type === 'review' && entity.data.outcome !== undefined) {
      const closed = this.told(entity.data.deal ?? '')?.closed ?? entity.data.closed
      const { locale, currency } = this.playbook.settings
      const day = closed == null ? '' : ` ${formatOf(locale, currency).shortDay(closed)}`
      return `${entity.data.outcome}${this.namesDeals ? day : ''}`
    }
    if (isHypothesis(entity)) return 'hypothesis'
    if ((entity.type === 'play' || entity.type === 'message') && entity.data.status === 'retired') return 'retired'
    return this.doubt(entity) === 'suspect' ? 'suspect' : undefined
  }
}

/** A reader is told what is so; what an owner types is on the work list. */
function withoutCommands(text: string): string {
  const sentences = text.split(/(?<=[.!?]) (?=\p{Lu}|[“`])/u)
  return sentences.filter((sentence) => !sentence.includes('`playproof ')).join(' ') || text
}

function markOf(play: Entity<'play'>, evidence: OpenPlay | undefined): Mark {
  if (play.data.status === 'retired') return 'retired'
  if (play.data.status === 'draft') return 'learning'
  return evidence?.verdict ?? 'unjudged'
}

/** A play is listed by what it claims or by what the ledger supports, whichever is less. */
function groupOf(play: Entity<'play'>, evidence: OpenPlay | undefined): PlayGroup {
  const { status } = play.data
  if (status === 'retired') return 'retired'
  if (status === 'draft') return 'learning'
  const supported = evidence === undefined ? 'unproven' : evidence.verdict
  if (status === 'proven' && supported === 'proven') return 'proven'
  return status !== 'trial' && (supported === 'proven' || supported === 'repeatable') ? 'repeatable' : 'trial'
}

const groupOrder: readonly PlayGroup[] = ['proven', 'repeatable', 'trial', 'learning', 'retired']

function byStrength(a: PlayRow, b: PlayRow): number {
  return groupOrder.indexOf(a.group) - groupOrder.indexOf(b.group) || a.rank - b.rank || (a.id < b.id ? -1 : 1)
}
