/**
 * The reading of a playbook with all that an audience may not have taken out, before anything is made of it.
 *
 * Pages, findings, texts, deals and figures go here and nowhere later: what follows cannot show what it was never
 * given. Partners get customers in words, amounts in bands, days as quarters, and no group of fewer than five.
 */
import { type Audience, isBuilt } from '../../../src/audience/audience.ts'
import { amountBand, quarterOf } from '../../../src/audience/bands.ts'
import { customerDescriptions } from '../../../src/audience/customer-words.ts'
import { type Naming, namingOf } from '../../../src/audience/naming.ts'
import { type HiddenCounts, hiddenCounts, isSmallCount } from '../../../src/audience/small-groups.ts'
import type { Finding, NotRun } from '../../../src/check/finding.ts'
import type { Evidence, PlayEvidence, PlayRecord } from '../../../src/evidence/evidence.ts'
import { Playbook } from '../../../src/graph/playbook.ts'
import type { Deal } from '../../../src/ledger/ledger.ts'
import { minorDigitsOf } from '../../../src/ledger/money.ts'
import type { AnyEntity } from '../../../src/model/entity.ts'
import { entityTypes } from '../../../src/model/entity-types.ts'
import type { WorkspaceReading } from '../../../src/workspace/read-workspace.ts'
import { formatOf } from '../show/format.ts'
import type { Doubt, Withheld } from './page-types.ts'
import { titleOf } from './titles.ts'

export interface OpenReading {
  readonly root: string
  readonly asOf: string
  readonly playbook: Playbook
  textOf(entity: AnyEntity): string | undefined
  readonly findings: readonly Finding[]
  /** By path, also where the finding itself names what is not told: who reads a page is warned of it. */
  readonly doubts: ReadonlyMap<string, Doubt>
  readonly notRun: readonly NotRun[]
  /** Rows of the ledger; undefined where that is not told. */
  readonly deals: number | undefined
  readonly ledgerSha256: string | undefined
  readonly evidence: OpenEvidence | undefined
}

/** A deal as it may be told. Amounts are in major units. */
export interface ToldDeal {
  /** The name, or what kind of customer it is. */
  readonly account: string
  readonly owner: string | null
  readonly amount: number | null
  readonly closed: string | null
  /** In place of an amount and a day. */
  readonly band: string | undefined
  readonly quarter: string | undefined
}

export interface OpenPlay extends PlayEvidence {
  readonly withheld: Withheld | undefined
  /** The median amount's band, in place of it. */
  readonly amounts: string | undefined
}

export interface OpenEvidence
  extends Pick<Evidence, 'judgedOn' | 'messages' | 'segments' | 'deals' | 'sales' | 'recordOf'> {
  readonly plays: readonly OpenPlay[]
  told(deal: string): ToldDeal | undefined
}

export function forAudience(reading: WorkspaceReading, audience: Audience): OpenReading {
  const { playbook, sources, result } = reading
  const built = entityTypes
    .flatMap((type) => playbook.of(type) as readonly AnyEntity[])
    .filter((entity) => isBuilt(entity, audience))
  const paths = new Set(built.map(({ path }) => path))
  const outside = audience === 'partners'
  return {
    root: reading.root,
    asOf: reading.asOf,
    playbook: onlyWith(playbook, built),
    textOf: ({ path }) => (paths.has(path) ? sources.get(path)?.text : undefined),
    findings: outside ? [] : openFindings(reading, paths),
    doubts: doubtsIn(result.findings, built),
    notRun: outside ? [] : result.notRun,
    deals: outside ? undefined : result.deals,
    ledgerSha256: outside ? undefined : reading.ledgerSha256,
    evidence:
      result.evidence === undefined
        ? undefined
        : outside
          ? evidenceForPartners(reading, result.evidence, built)
          : evidenceInside(reading, result.evidence, built),
  }
}

function onlyWith(playbook: Playbook, entities: readonly AnyEntity[]): Playbook {
  return new Playbook({
    folder: playbook.folder,
    entities,
    files: new Set(entities.map(({ path }) => path)),
    settings: { settings: playbook.settings, problems: [] },
    settingsNode: playbook.settingsFile.node,
    settingsHidden: [],
    compensation: undefined,
  })
}

/** Not those of pages that the audience has not, nor any that names one. */
function openFindings({ playbook, result }: WorkspaceReading, built: ReadonlySet<string>): Finding[] {
  const hidden = playbook.entities.filter(({ path }) => !built.has(path))
  const files = new Set(hidden.map(({ path }) => path))
  const names = hidden.flatMap((entity) => [`\`${entity.id}\``, `“${titleOf(entity)}”`, entity.path])
  return result.findings.filter(
    (finding) =>
      !files.has(finding.file) &&
      !finding.related.some(({ file }) => files.has(file)) &&
      !names.some((name) => finding.text.includes(name)),
  )
}

function doubtsIn(findings: readonly Finding[], built: readonly AnyEntity[]): Map<string, Doubt> {
  const rules = Map.groupBy(findings, ({ file }) => file)
  return new Map(
    built.flatMap((entity) => {
      const found = rules.get(entity.path) ?? []
      const suspect = found.some(({ rule }) => rule.endsWith('/suspect'))
      if (!suspect && !found.some(({ rule }) => rule.endsWith('/unconfirmed'))) return []
      const once = 'confirmed' in entity.data && entity.data.confirmed !== undefined
      return [[entity.path, suspect ? 'suspect' : once ? 'stale' : 'unconfirmed'] as const]
    }),
  )
}

function evidenceInside(reading: WorkspaceReading, evidence: Evidence, built: readonly AnyEntity[]): OpenEvidence {
  const has = idsOf(built)
  const unit = 10 ** minorDigitsOf(reading.playbook.settings.currency)
  return {
    ...evidence,
    plays: evidence.plays
      .filter(({ id }) => has('play', id))
      .map((play) => ({ ...play, withheld: undefined, amounts: undefined })),
    messages: evidence.messages.filter(({ id }) => has('message', id)),
    segments: evidence.segments.filter(({ id }) => has('segment', id)),
    told: (id) => {
      const deal = evidence.deals.get(id)
      return deal === undefined
        ? undefined
        : {
            account: deal.account,
            owner: deal.owner,
            amount: deal.amount === null ? null : deal.amount / unit,
            closed: deal.closed,
            band: undefined,
            quarter: undefined,
          }
    },
  }
}

function evidenceForPartners(reading: WorkspaceReading, evidence: Evidence, built: readonly AnyEntity[]): OpenEvidence {
  const has = idsOf(built)
  const { playbook } = reading
  const { settings } = playbook
  const money = formatOf(settings.locale, settings.currency).money
  const hidden = hiddenCounts(evidence, (id) => playbook.get('play', id)?.data.segment)
  const tell = tellerFor(playbook, evidence, money)
  return {
    judgedOn: evidence.judgedOn,
    plays: evidence.plays.filter(({ id }) => has('play', id)).map((play) => playForPartners(play, hidden, money)),
    messages: evidence.messages.filter(({ id }) => has('message', id)),
    segments: evidence.segments
      .filter(({ id }) => has('segment', id) && !hidden.segments.has(id))
      .map((segment) => ({ ...segment, elephants: [], median: null, bar: null, twoPriceLevels: false, aboveBar: 0 })),
    deals: new Map(),
    sales: [],
    recordOf: () => [],
    told: (id) => {
      const deal = evidence.deals.get(id)
      return deal === undefined ? undefined : tell(deal)
    },
  }
}

function tellerFor(
  playbook: Playbook,
  evidence: Evidence,
  money: (amount: number) => string,
): (deal: Deal) => ToldDeal {
  const naming: Naming = namingOf(playbook, evidence.allDeals)
  const describe = customerDescriptions(evidence.allDeals)
  const unit = 10 ** minorDigitsOf(playbook.settings.currency)
  return ({ account, amount, closed }) => ({
    account: naming.mayName(account, 'partners') ? account : describe(account),
    owner: null,
    amount: null,
    closed: null,
    band: amount === null || amount === 0 ? undefined : amountBand(amount / unit, money),
    quarter: closed === null ? undefined : quarterOf(closed),
  })
}

function playForPartners(play: PlayEvidence, hidden: HiddenCounts, money: (amount: number) => string): OpenPlay {
  const withheld = { record: hidden.records.has(play.id), others: hidden.baselines.has(play.id) }
  const { record, baseline } = play
  const compared = !withheld.record && !withheld.others
  const crowd = !withheld.record && !isSmallCount(record.accounts) && !isSmallCount(record.sellers)
  const open: PlayRecord = {
    ...(withheld.record ? nothing : record),
    basis: record.basis,
    accounts: crowd ? record.accounts : 0,
    sellers: crowd ? record.sellers : 0,
    lastWin: null,
    medianAmount: null,
    amountQ1: null,
    amountQ3: null,
    amountN: 0,
    openUsed: 0,
    openLeftOut: 0,
    friendsLeftOut: 0,
    undatedLeftOut: 0,
  }
  return {
    ...play,
    tooFew: play.tooFew || withheld.record,
    record: open,
    baseline: withheld.others ? { wins: 0, losses: 0, winRate: null } : baseline,
    better: compared ? play.better : null,
    p: compared ? play.p : null,
    q: compared ? play.q : null,
    m: compared ? play.m : null,
    shrunk: compared ? play.shrunk : null,
    concentrated: [],
    withheld,
    amounts:
      withheld.record || record.medianAmount === null || isSmallCount(record.amountN)
        ? undefined
        : amountBand(record.medianAmount, money),
  }
}

const nothing = {
  wins: 0,
  losses: 0,
  winRate: null,
  low: null,
  high: null,
  medianCycleDays: null,
  cycleQ1: null,
  cycleQ3: null,
}

function idsOf(built: readonly AnyEntity[]): (type: string, id: string) => boolean {
  const ids = new Set(built.map(({ type, id }) => `${type}/${id}`))
  return (type, id) => ids.has(`${type}/${id}`)
}
