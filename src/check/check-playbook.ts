/**
 * The pipeline: a playbook and a ledger in, findings out.
 *
 * The ledger is asked once, before the rules run; rules are synchronous. Then comes what is decided
 * between findings: one cause gives one finding, drafts are left in peace, waivers hold.
 */
import type { Evidence } from '../evidence/evidence.ts'
import { gatherEvidence } from '../evidence/gather-evidence.ts'
import type { Playbook } from '../graph/playbook.ts'
import type { ReadLedger } from '../ledger/ledger.ts'
import { type ManifestReading, nothingToVerify } from '../ledger/manifest.ts'
import type { AnyEntity } from '../model/entity.ts'
import type { RuleId, Severity } from '../model/rule-ids.ts'
import type { BaseRevision, Rule, RuleFinding, RuleInputs } from '../rules/define-rule.ts'
import type { LineRange, Place, SourceText } from '../source/text.ts'
import { shortened } from '../source/visible.ts'
import { evidenceInput } from './evidence-input.ts'
import type { CheckResult, Finding, NotRun } from './finding.ts'
import { judgeWaivers } from './judge-waivers.ts'
import { ledgerAnswers } from './ledger-answers.ts'

export interface CheckInput {
  readonly playbook: Playbook
  /** The text of every file that findings may point into, by path relative to the root. */
  readonly sources: ReadonlyMap<string, SourceText>
  readonly asOf: string
  /** The ledger, or why there is none. */
  readonly ledger: ReadLedger | { readonly missing: string }
  /** The ledger's files compared with their manifest, where somebody did. */
  readonly manifest?: ManifestReading
  readonly base?: BaseRevision
  readonly rules: readonly Rule[]
}

type Found = RuleFinding<unknown> & { readonly rule: Rule; readonly text: string }

/** Checks a playbook. Never throws for anything that pages or rows contain. */
export async function checkPlaybook(input: CheckInput): Promise<CheckResult> {
  const { playbook, asOf } = input
  const engine = 'missing' in input.ledger ? undefined : input.ledger.engine
  const evidence = engine === undefined ? undefined : await gatherEvidence(evidenceInput(playbook, asOf), engine)
  const ledger =
    engine === undefined || 'missing' in input.ledger ? undefined : await ledgerAnswers(playbook, input.ledger, engine)
  const ledgerProblems = 'missing' in input.ledger ? undefined : input.ledger.problems
  const inputs = {
    playbook,
    asOf,
    ledger,
    ledgerIfAny: ledger,
    ledgerProblems,
    ledgerManifest: 'missing' in input.ledger ? undefined : (input.manifest ?? nothingToVerify),
    evidence,
    evidenceIfAny: evidence,
    base: input.base,
    textOf: (path: string): string => input.sources.get(path)?.text ?? '',
  } satisfies Partial<Record<keyof RuleInputs, unknown>>
  const reason = 'missing' in input.ledger ? input.ledger.missing : 'the ledger lacks a required column'
  const notRun: NotRun[] = []
  const found: Found[] = []
  const active = input.rules.filter((rule) => playbook.settings.rules[rule.id] !== 'off')
  for (const rule of active.filter((each) => !each.reads.includes('waivers'))) {
    const lacking = rule.reads.find(
      (name) => !name.endsWith('IfAny') && inputs[name as keyof typeof inputs] === undefined,
    )
    if (lacking === 'base') continue
    if (lacking !== undefined) notRun.push({ rule: rule.id, reason })
    // One by one: a broken ledger has more findings than a call may have arguments.
    else for (const each of findingsOf(rule, inputs as unknown as RuleInputs)) found.push(each)
  }
  const kept = dropSilenced(found, playbook)
  const judged = judgeWaivers(kept, playbook, asOf, input.base, new Set(notRun.map(({ rule }) => rule)))
  for (const rule of active.filter((each) => each.reads.includes('waivers'))) {
    const said = [...findingsOf(rule, { ...inputs, waivers: judged.waivers } as unknown as RuleInputs)]
    for (const each of dropSilenced(said, playbook, silencedFiles(found))) judged.kept.push(each)
  }
  const finish = (each: Found): Finding => finding(each, input)
  return {
    asOf,
    files: playbook.entities.length,
    plays: playbook.of('play').length,
    deals: engine?.dealCount ?? 0,
    findings: judged.kept.map(finish).sort(byPlace),
    waived: judged.waived.map(finish).sort(byPlace),
    notRun,
    evidence: evidence as Evidence | undefined,
  }
}

function* findingsOf(rule: Rule, inputs: RuleInputs): Iterable<Found> {
  for (const found of rule.run(inputs)) yield { ...found, rule }
}

/** Files with a `file/*` finding other than hidden characters: the rest of what they say is not to be trusted. */
function silencedFiles(found: readonly Found[]): ReadonlySet<string> {
  return new Set(found.filter(({ rule }) => silences(rule)).map(({ at }) => at.file))
}

function silences(rule: Rule): boolean {
  return rule.id.startsWith('file/') && rule.id !== 'file/hidden-characters'
}

const draftSubjects = new Set([
  'file',
  'field',
  'section',
  'reference',
  'link',
  'predicate',
  'waiver',
  'figure',
  'naming',
])

/** One cause, one finding: what a broken file or a page that is not in use would add is left out. */
function dropSilenced(found: readonly Found[], playbook: Playbook, silenced = silencedFiles(found)): Found[] {
  const unreadable = new Set(
    found.filter((each) => silences(each.rule) && each.rule.id !== 'file/duplicate-id').map(({ at }) => at.file),
  )
  return found.filter(({ rule, at }) => {
    const subject = rule.id.slice(0, rule.id.indexOf('/'))
    // A file that cannot be read is not told to be a double as well.
    if (rule.id === 'file/duplicate-id') return !unreadable.has(at.file)
    if (subject === 'file') return true
    if (silenced.has(at.file)) return false
    const entity = playbook.atPath(at.file)
    return entity === undefined || draftSubjects.has(subject) || !isDraftOrRetired(entity)
  })
}

/** Pages that are not in use: a draft or retired play or message, retired collateral. */
function isDraftOrRetired(entity: AnyEntity): boolean {
  const status =
    entity.type === 'play' || entity.type === 'message' || entity.type === 'collateral' ? entity.data.status : undefined
  return status === 'draft' || status === 'retired'
}

function finding(found: Found, input: CheckInput): Finding {
  const setting = input.playbook.settings.rules[found.rule.id]
  const entity = input.playbook.atPath(found.at.file)
  // On a draft a figure is not yet a claim to anybody.
  const draftHint: Severity | undefined =
    found.rule.id === 'figure/uncited' && entity !== undefined && isDraftOrRetired(entity) ? 'hint' : undefined
  return {
    rule: found.rule.id as RuleId,
    severity: (setting === 'off' ? undefined : setting) ?? draftHint ?? found.severity ?? found.rule.severity,
    // A title or a value may be as long as a page, and be told again in every finding about it.
    text: shortened(found.text, 2_000),
    file: found.at.file,
    range: linesOf(found.at, input.sources),
    related: (found.related ?? []).map(({ at, text }) => ({ file: at.file, range: linesOf(at, input.sources), text })),
    fixes: (found.fixes ?? []).map(({ title, edits }) => ({
      title,
      edits: edits.map((edit) => ({ file: edit.file, range: linesOf(edit, input.sources), newText: edit.newText })),
    })),
    subject: found.subject ?? textAt(found.at, input.sources),
  }
}

const nowhere: LineRange = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }

function linesOf(place: Place, sources: ReadonlyMap<string, SourceText>): LineRange {
  if ('lines' in place) return place.lines
  return sources.get(place.file)?.lineRange(place.range) ?? nowhere
}

function textAt(place: Place, sources: ReadonlyMap<string, SourceText>): string {
  return 'lines' in place ? '' : (sources.get(place.file)?.text.slice(place.range.start, place.range.end) ?? '')
}

/** By file, line, column and rule; findings of one rule at one place keep the order in which it told them. */
function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.column - b.range.start.column ||
    compare(a.rule, b.rule)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
