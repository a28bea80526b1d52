/**
 * Everything the site holds, made from one reading of the playbook.
 */
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Audience } from '../../../src/audience/audience.ts'
import { type VerdictChange, verdictChanges } from '../../../src/evidence/verdict-changes.ts'
import { dayNumber } from '../../../src/model/dates.ts'
import type { EntityType } from '../../../src/model/entity-types.ts'
import { entityTypes } from '../../../src/model/entity-types.ts'
import type { Severity } from '../../../src/model/rule-ids.ts'
import type { PageChange, Remote } from '../../../src/workspace/git.ts'
import type { WorkspaceReading } from '../../../src/workspace/read-workspace.ts'
import { formatOf } from '../show/format.ts'
import { changesOf } from './changes.ts'
import { collateralPage, feedbackPage, isOnBuiltPage, reviewPage } from './deal-pages.ts'
import { forAudience, type OpenReading } from './for-audience.ts'
import { messagePage } from './message-pages.ts'
import type { RecordFigures, SearchRecord, SiteFacts, SitePage } from './page-types.ts'
import { playPage } from './play-pages.ts'
import { competitorPage, marketPage, personaPage, personPage, segmentPage } from './reference-pages.ts'
import { siteReports } from './report-pages.ts'
import type { SiteReports } from './report-types.ts'
import { searchFilters, searchRecords } from './search-records.ts'
import { type RenderBody, Shown } from './shown.ts'
import { tellOf } from './tell.ts'

export interface WholeSite {
  readonly facts: SiteFacts
  readonly reports: SiteReports
  readonly pages: readonly SitePage[]
  readonly records: readonly SearchRecord[]
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

export async function wholeSite(reading: WorkspaceReading, options: SiteOptions): Promise<WholeSite> {
  const shown = new Shown(forAudience(reading, options.audience), options.audience, options.base, options.render)
  const { settings } = reading.playbook
  const pages: SitePage[] = [
    ...shown.built('play').map((play) => playPage(shown, play)),
    ...shown.built('message').map((message) => messagePage(shown, message)),
    ...shown.built('competitor').map((competitor) => competitorPage(shown, competitor)),
    ...shown.built('persona').map((persona) => personaPage(shown, persona)),
    ...shown.built('segment').map((segment) => segmentPage(shown, segment)),
    ...shown.built('market').map((market) => marketPage(shown, market)),
    ...shown.built('person').map((person) => personPage(shown, person)),
    ...shown.built('review').map((review) => reviewPage(shown, review)),
    ...shown
      .built('feedback')
      .filter((feedback) => isOnBuiltPage(shown, feedback))
      .map((feedback) => feedbackPage(shown, feedback)),
    ...shown.built('collateral').map((collateral) => collateralPage(shown, collateral)),
  ]
  const format = formatOf(settings.locale, settings.currency)
  const records = searchRecords(
    pages,
    format,
    viewedFrom(reading.asOf, options.today),
    settings.locale.split('-')[0] ?? 'en',
  )
  return {
    facts: siteFacts(shown, pages, records, options, await verdictNews(reading, options)),
    reports: await siteReports(shown, reading),
    pages,
    records,
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

function siteFacts(
  shown: Shown,
  pages: readonly SitePage[],
  records: readonly SearchRecord[],
  options: SiteOptions,
  verdicts: readonly VerdictChange[],
): SiteFacts {
  const { reading, playbook } = shown
  const { findings } = reading
  const { settings } = playbook
  const { counts: _, ...thresholds } = settings.evidence
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
    axis: axisOf(
      pages.flatMap((page) => (page.type === 'play' && page.row.figures !== undefined ? [page.row.figures] : [])),
    ),
    numbers: Object.fromEntries(
      entityTypes.map((type) => [type, pages.filter((page) => page.type === type).length]),
    ) as Record<EntityType, number>,
    findings: Object.fromEntries(
      (['error', 'warn', 'hint'] as const).map((severity) => [
        severity,
        findings.filter((finding) => finding.severity === severity).length,
      ]),
    ) as Record<Severity, number>,
    notRun: notRun(reading),
    filters: searchFilters(records),
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
