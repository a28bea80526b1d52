/**
 * The playbook as data: every claim with its verdict and the number of deals behind it.
 *
 * The shape is described in `docs/site.md`; keys are a contract, and `version` counts up when one changes its meaning.
 */
import type { CitationLine, MessagePage, PlayPage, RecordFigures, SiteFacts } from '../content/page-types.ts'
import { messageVerdict } from '../show/words.ts'

export function playbookExport(facts: SiteFacts, plays: readonly PlayPage[], messages: readonly MessagePage[]): object {
  return {
    version: 1,
    audience: facts.audience,
    title: facts.title,
    company: facts.company,
    currency: facts.currency,
    asOf: facts.asOf,
    judgedOn: facts.judgedOn ?? null,
    ledgerSha256: facts.ledgerSha256 ?? null,
    plays: plays.map(playData),
    messages: messages.map(messageData),
  }
}

function playData({ id, title, href, status, row, proof, hypothesis }: PlayPage): object {
  return {
    id,
    title,
    href,
    status,
    hypothesis: hypothesis !== undefined,
    verdict: proof?.verdict ?? null,
    byFit: row.byFit,
    ...(row.figures === undefined ? noFigures : figuresData(row.figures)),
    better: proof?.better ?? null,
    q: proof?.q ?? null,
    m: proof?.m ?? null,
    rank: proof?.rank ?? null,
    segment: row.segment?.href ?? null,
    citations: (proof?.citations ?? []).map(citationData),
  }
}

const noFigures = {
  n: null,
  wins: null,
  losses: null,
  winRate: null,
  low: null,
  high: null,
  tooFew: true,
  others: null,
}

function figuresData({ record, baseline, tooFew, withheld }: RecordFigures): object {
  const told = withheld?.record !== true
  return {
    n: told ? record.wins + record.losses : null,
    wins: told ? record.wins : null,
    losses: told ? record.losses : null,
    winRate: record.winRate,
    low: record.low,
    high: record.high,
    tooFew,
    others:
      withheld?.others === true
        ? null
        : {
            n: baseline.wins + baseline.losses,
            wins: baseline.wins,
            losses: baseline.losses,
            winRate: baseline.winRate,
          },
  }
}

function messageData({ id, title, href, status, pillar, claim, backed, source, citations }: MessagePage): object {
  return {
    id,
    title,
    href,
    status,
    pillar,
    claim,
    verdict: messageVerdict(backed),
    n: citations.filter(({ eligible }) => eligible).length,
    source: source ?? null,
    citations: citations.map(citationData),
  }
}

function citationData({
  deal,
  account,
  owner,
  amount,
  band,
  closed,
  quarter,
  shows,
  eligible,
  reasons,
}: CitationLine): object {
  return {
    deal: deal === '' ? null : deal,
    account,
    owner,
    amount,
    band: band ?? null,
    closed,
    quarter: quarter ?? null,
    shows: shows ?? null,
    counts: eligible,
    reasons,
  }
}
