/**
 * What a change does to plays: their verdicts before and after, and the deals it takes in or loses.
 */
import type { CitationEvidence, Evidence, PlayEvidence } from '../evidence/evidence.ts'
import type { Playbook } from '../graph/playbook.ts'
import { predicateKey } from '../model/predicate.ts'

export interface Judged {
  readonly playbook: Playbook
  readonly evidence: Evidence | undefined
}

export interface PlayChange {
  readonly id: string
  readonly kind: 'new' | 'removed' | 'verdict' | 'status' | 'page'
  readonly before: PlayEvidence | undefined
  readonly after: PlayEvidence | undefined
  /** Distinct account groups among eligible citations, and how many are needed. */
  readonly accounts: { readonly eligible: number; readonly needed: number } | undefined
  /** Citations that counted before and do not now, and new ones that do not count. */
  readonly lost: readonly CitationEvidence[]
  /** Won deals that would fit, best first, at most three. */
  readonly wouldFit: readonly string[]
}

export interface RecordChange {
  readonly id: string
  readonly type: 'play' | 'segment'
  /** Deals taken in and lost; of a segment only their number is known. */
  readonly takenIn: number
  readonly lost: number
  readonly wins: number
}

/** Plays whose verdict, status or page differs; `changed` are the paths of changed files. */
export function playChanges(base: Judged | undefined, now: Judged, changed: ReadonlySet<string>): PlayChange[] {
  const before = new Map(base?.evidence?.plays.map((play) => [play.id, play]) ?? [])
  const after = new Map(now.evidence?.plays.map((play) => [play.id, play]) ?? [])
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort()
  return ids.flatMap((id): PlayChange[] => {
    const [old, current] = [before.get(id), after.get(id)]
    const path = now.playbook.get('play', id)?.path
    const kind =
      old === undefined
        ? 'new'
        : current === undefined
          ? 'removed'
          : old.verdict !== current.verdict
            ? 'verdict'
            : old.status !== current.status
              ? 'status'
              : 'page'
    if (kind === 'page' && (path === undefined || !changed.has(path))) return []
    return [
      {
        id,
        kind,
        before: old,
        after: current,
        accounts:
          current === undefined
            ? undefined
            : { eligible: eligibleAccounts(current), needed: now.playbook.settings.evidence.minAccounts },
        lost: lostCitations(old, current),
        wouldFit:
          current === undefined || now.evidence === undefined || kind === 'page'
            ? []
            : now.evidence
                .fitting(id)
                .slice(0, 3)
                .map(({ id: deal }) => deal),
      },
    ]
  })
}

/** Plays and segments whose predicate changed, with the deals that come and go. */
export function recordChanges(base: Judged | undefined, now: Judged): RecordChange[] {
  if (base?.evidence === undefined || now.evidence === undefined) return []
  const { evidence } = now
  const baseEvidence = base.evidence
  const changes: RecordChange[] = []
  for (const segment of now.playbook.of('segment')) {
    if (!differs(base.playbook.get('segment', segment.id)?.predicates.match, segment.predicates.match)) continue
    const [old, current] = [baseEvidence, evidence].map((each) => each.segments.find(({ id }) => id === segment.id))
    if (old === undefined || current === undefined) continue
    const gained = current.deals - old.deals
    changes.push({
      id: segment.id,
      type: 'segment',
      takenIn: Math.max(0, gained),
      lost: Math.max(0, -gained),
      wins: current.wins - old.wins,
    })
  }
  for (const play of now.playbook.of('play')) {
    const old = base.playbook.get('play', play.id)
    if (old === undefined || !differs(old.predicates.match, play.predicates.match)) continue
    const had = new Set(baseEvidence.recordOf(play.id).map(({ id }) => id))
    const has = new Set(evidence.recordOf(play.id).map(({ id }) => id))
    const takenIn = evidence.recordOf(play.id).filter(({ id }) => !had.has(id))
    changes.push({
      id: play.id,
      type: 'play',
      takenIn: takenIn.length,
      lost: [...had].filter((id) => !has.has(id)).length,
      wins: takenIn.filter(({ outcome }) => outcome === 'won').length,
    })
  }
  return changes
}

function differs(
  a: Parameters<typeof predicateKey>[0] | undefined,
  b: Parameters<typeof predicateKey>[0] | undefined,
): boolean {
  return (a === undefined ? '' : predicateKey(a)) !== (b === undefined ? '' : predicateKey(b))
}

function eligibleAccounts(play: PlayEvidence): number {
  return play.citations.filter(({ eligible }) => eligible).length
}

function lostCitations(before: PlayEvidence | undefined, after: PlayEvidence | undefined): CitationEvidence[] {
  const counted = new Set(before?.citations.filter(({ eligible }) => eligible).map(({ deal }) => deal))
  const known = new Set(before?.citations.map(({ deal }) => deal))
  return after?.citations.filter(({ deal, eligible }) => !eligible && (counted.has(deal) || !known.has(deal))) ?? []
}
