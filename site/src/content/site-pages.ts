/**
 * Everything the site holds, made from one reading of the playbook: first what all pages share, then page after page.
 */
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Audience } from '../../../src/audience/audience.ts'
import { type VerdictChange, verdictChanges } from '../../../src/evidence/verdict-changes.ts'
import { dayNumber } from '../../../src/model/dates.ts'
import type { AnyEntity, Entity } from '../../../src/model/entity.ts'
import type { EntityType } from '../../../src/model/entity-types.ts'
import { entityTypes } from '../../../src/model/entity-types.ts'
import type { Severity } from '../../../src/model/rule-ids.ts'
import type { PageChange, Remote } from '../../../src/workspace/git.ts'
import type { WorkspaceReading } from '../../../src/workspace/read-workspace.ts'
import { formatOf } from '../show/format.ts'
import { nameOf } from './address.ts'
import { changesOf } from './changes.ts'
import { collateralPage, feedbackPage, isOnBuiltPage, reviewPage } from './deal-pages.ts'
import { forAudience, type OpenReading } from './for-audience.ts'
import { messagePage } from './message-pages.ts'
import type { PageOf, RecordFigures, SearchRecord, SiteFacts, SitePage } from './page-types.ts'
import { callHrefOf, playPage } from './play-pages.ts'
import { competitorPage, marketPage, personaPage, personPage, segmentPage } from './reference-pages.ts'
import { hasScoreboard, siteReports } from './report-pages.ts'
import type { SiteReports } from './report-types.ts'
import { searchFilters, searchRecord } from './search-records.ts'
import { type RenderBody, Shown } from './shown.ts'
import { tellOf } from './tell.ts'

/** What every page may need of the others: the first that is made. */
export interface SiteFrame {
  readonly facts: SiteFacts
  /** Of every page, in the order in which they are made. */
  readonly addresses: readonly PageAddress[]
}

export interface PageAddress {
  readonly type: EntityType
  /** The piece of its address by which it differs from others of its type. */
  readonly name: string
  readonly href: string
  /** That of the page made for the call. */
  readonly callHref: string | undefined
}

export interface MadePage {
  /** As in its address. */
  readonly name: string
  readonly page: SitePage
  /** What the search knows of it. */
  readonly record: SearchRecord
}

export interface SiteOptions {
  readonly audience: Audience
  readonly base: string
  /** Today, `YYYY-MM-DD`. */
  readonly today: string
  readonly render: RenderBody
  /** What git knows of the pages. */
  readonly changes: readonly PageChange[]
  readonly remote: Remote | undefined
}

export interface MadeSite {
  readonly frame: SiteFrame
  /** Made one after the other as they are asked for, so that one is drawn while the next is made. */
  readonly pages: Iterable<MadePage>
  /** Made when they are asked for. */
  readonly reports: () => Promise<SiteReports>
}

export async function makeSite(reading: WorkspaceReading, options: SiteOptions): Promise<MadeSite> {
  const shown = new Shown(forAudience(reading, options.audience), options.audience, options.base, options.render)
  const facts = siteFacts(shown, options, await verdictNews(reading, options))
  const addresses = pageTypes.flatMap((type) => pagesOf(shown, type).map((entity) => pageAddress(shown, entity)))
  return {
    frame: { facts, addresses },
    pages: madePages(shown, viewedFrom(reading.asOf, options.today)),
    reports: () => siteReports(shown, reading),
  }
}

const makers: { readonly [T in EntityType]: (shown: Shown, entity: Entity<T>) => PageOf<T> } = {
  play: playPage,
  message: messagePage,
  competitor: competitorPage,
  persona: personaPage,
  segment: segmentPage,
  market: marketPage,
  person: personPage,
  review: reviewPage,
  feedback: feedbackPage,
  collateral: collateralPage,
}

/** In the order in which they are made. */
const pageTypes = Object.keys(makers) as EntityType[]

function* madePages(shown: Shown, from: string | undefined): Iterable<MadePage> {
  const { locale, currency } = shown.playbook.settings
  const told = { format: formatOf(locale, currency), from, language: locale.split('-')[0] ?? 'en' }
  for (const entity of pageTypes.flatMap((type) => pagesOf(shown, type))) {
    const page = (makers[entity.type] as (shown: Shown, entity: AnyEntity) => SitePage)(shown, entity)
    yield { name: nameOf(page.id), page, record: searchRecord(page, told) }
  }
}

/** Feedback on a page that is not built is not told of either. */
function pagesOf(shown: Shown, type: EntityType): readonly AnyEntity[] {
  const built = shown.built(type) as readonly AnyEntity[]
  return built.filter((entity) => entity.type !== 'feedback' || isOnBuiltPage(shown, entity))
}

function pageAddress(shown: Shown, entity: AnyEntity): PageAddress {
  const href = shown.hrefOf(entity)
  return {
    type: entity.type,
    name: nameOf(entity.id),
    href,
    callHref: entity.type === 'play' ? callHrefOf(shown.playRow(entity)) : undefined,
  }
}

/** The day from which “41 days ago” is true for the reader; undefined where the judging day was fixed more than 31 days ago. */
function viewedFrom(asOf: string, today: string): string | undefined {
  return dayNumber(today) - dayNumber(asOf) > 31 ? undefined : asOf
}

/** So far back a verdict is compared. */
const newsDays = 30

/** Which verdicts the ledger changed; partners are not told on which day, because that may be the day of a deal. */
async function verdictNews(
  { asOf, result }: WorkspaceReading,
  { audience, today, changes }: SiteOptions,
): Promise<VerdictChange[]> {
  const stands = viewedFrom(asOf, today) === undefined
  if (result.evidence === undefined || audience === 'partners' || stands || changes.length === 0) return []
  return verdictChanges(result.evidence, newsDays)
}

function siteFacts(shown: Shown, options: SiteOptions, verdicts: readonly VerdictChange[]): SiteFacts {
  const { reading, playbook } = shown
  const { findings } = reading
  const { settings } = playbook
  const { counts: _, ...thresholds } = settings.evidence
  const numbers = Object.fromEntries(entityTypes.map((type) => [type, pagesOf(shown, type).length])) as Record<
    EntityType,
    number
  >
  const wins = shown.evidence?.sales.flatMap(({ deal }) => deal.closed ?? []) ?? []
  return {
    title: settings.site.title,
    company: settings.company,
    locale: settings.locale,
    currency: settings.currency,
    audience: options.audience,
    asOf: reading.asOf,
    pinned: viewedFrom(reading.asOf, options.today) === undefined,
    judgedOn: shown.evidence?.judgedOn,
    hasScoreboard: hasScoreboard(shown),
    deals: reading.deals,
    ledgerSha256: reading.ledgerSha256,
    latestWin: wins.reduce<string | undefined>(
      (latest, day) => (latest === undefined || day > latest ? day : latest),
      undefined,
    ),
    notice: noticeOf(reading.root, playbook.folder),
    repository:
      options.audience !== 'partners' && settings.repository !== undefined && /^https?:\/\//i.test(settings.repository)
        ? settings.repository
        : undefined,
    thresholds,
    axis: axisOf(shown.built('play').flatMap((play) => shown.playRow(play).figures ?? [])),
    numbers,
    findings: Object.fromEntries(
      (['error', 'warn', 'hint'] as const).map((severity) => [
        severity,
        findings.filter((finding) => finding.severity === severity).length,
      ]),
    ) as Record<Severity, number>,
    notRun: notRun(reading),
    filters: searchFilters(shown, numbers),
    finder: shown.finder.questions,
    changes: changesOf(shown, options.changes, verdicts),
    tell: tellOf(shown, options.remote),
  }
}

function notRun(reading: OpenReading): SiteFacts['notRun'] {
  const byReason = new Map<string, string[]>()
  for (const { rule, reason } of reading.notRun) byReason.set(reason, [...(byReason.get(reason) ?? []), rule])
  return [...byReason].map(([reason, rules]) => ({ reason, rules }))
}

/** The tenths around every interval and baseline, three of them at least. */
function axisOf(figures: readonly RecordFigures[]): { from: number; to: number } {
  const values = figures
    .filter(({ tooFew }) => !tooFew)
    .flatMap(({ record, baseline }) => [record.low, record.high, baseline.winRate].filter((value) => value !== null))
  if (values.length === 0) return { from: 0, to: 1 }
  let from = Math.floor(Math.min(...values) * 10)
  let to = Math.ceil(Math.max(...values) * 10)
  while (to - from < 3) {
    if (to < 10) to++
    if (to - from < 3 && from > 0) from--
  }
  return { from: from / 10, to: to / 10 }
}

/** The paragraphs of `ledger/NOTICE`, which says where the deals come from. */
function noticeOf(root: string, folder: string): string[] {
  const path = join(root, folder, 'ledger', 'NOTICE')
  if (!existsSync(path) || !lstatSync(path).isFile() || lstatSync(path).size > 16_384) return []
  return readFileSync(path, 'utf8')
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
}
