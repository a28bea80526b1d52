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
import type { BaseRevision, LedgerAnswers, Rule, RuleFinding, RuleInputs } from '../rules/define-rule.ts'
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

/** What a rule found, with offsets, before anything is decided between findings. */
export type Found = RuleFinding<unknown> & { readonly rule: Rule; readonly text: string }

/** What the ledger said about one playbook on one day; both are undefined without a ledger. */
export interface LedgerFacts {
  readonly evidence: Evidence | undefined
  readonly answers: LedgerAnswers | undefined
}

/** A playbook and what is known of it, ready for the rules. */
export interface PreparedCheck {
  readonly input: CheckInput
  readonly inputs: Partial<RuleInputs>
  /** The rules that are on and have what they read, but those about waivers, which hear what these found. */
  readonly rules: readonly Rule[]
  readonly waiverRules: readonly Rule[]
  readonly notRun: readonly NotRun[]
}

/** Checks a playbook. Never throws for anything that pages or rows contain. */
export async function checkPlaybook(input: CheckInput): Promise<CheckResult> {
  const { playbook, asOf } = input
  const facts = await askLedger(input)
  const prepared = prepareCheck(input, facts)
  const found: Found[] = []
  for (const rule of prepared.rules) {
    // One by one: a broken ledger has more findings than a call may have arguments.
    for (const each of findingsOf(rule, prepared.inputs)) found.push(each)
  }
  return {
    asOf,
    files: playbook.entities.length,
    plays: playbook.of('play').length,
    deals: 'missing' in input.ledger ? 0 : (input.ledger.engine?.dealCount ?? 0),
    ...concludeCheck(found, prepared),
    notRun: prepared.notRun,
    evidence: facts.evidence,
  }
}

/** Asks the ledger, once, for everything that the rules may want to know. */
export async function askLedger(input: CheckInput): Promise<LedgerFacts> {
  const { playbook, asOf, ledger } = input
  if ('missing' in ledger || ledger.engine === undefined) return { evidence: undefined, answers: undefined }
  return {
    evidence: await gatherEvidence(evidenceInput(playbook, asOf), ledger.engine),
    answers: await ledgerAnswers(playbook, ledger, ledger.engine),
  }
}

/** Decides which rules run, and hands them what they read. */
export function prepareCheck(input: CheckInput, { evidence, answers }: LedgerFacts): PreparedCheck {
  const { playbook } = input
  const inputs = {
    playbook,
    asOf: input.asOf,
    ledger: answers,
    ledgerIfAny: answers,
    ledgerProblems: 'missing' in input.ledger ? undefined : input.ledger.problems,
    ledgerManifest: 'missing' in input.ledger ? undefined : (input.manifest ?? nothingToVerify),
    evidence,
    evidenceIfAny: evidence,
    base: input.base,
    textOf: (path: string): string => input.sources.get(path)?.text ?? '',
  }
  const reason = 'missing' in input.ledger ? input.ledger.missing : 'the ledger lacks a required column'
  const notRun: NotRun[] = []
  const rules: Rule[] = []
  const active = input.rules.filter((rule) => playbook.settings.rules[rule.id] !== 'off')
  for (const rule of active.filter((each) => !each.reads.includes('waivers'))) {
    const lacking = rule.reads.find(
      (name) => !name.endsWith('IfAny') && inputs[name as keyof typeof inputs] === undefined,
    )
    if (lacking === undefined) rules.push(rule)
    else if (lacking !== 'base') notRun.push({ rule: rule.id, reason })
  }
  return {
    input,
    inputs: inputs as Partial<RuleInputs>,
    rules,
    waiverRules: active.filter((each) => each.reads.includes('waivers')),
    notRun,
  }
}

/** What one rule found. */
export function* findingsOf(rule: Rule, inputs: Partial<RuleInputs>): Iterable<Found> {
  for (const found of rule.run(inputs as RuleInputs)) yield { ...found, rule }
}

/** Decides between findings and makes them what every face shows, by place. All of a file's findings have to come together. */
export function concludeCheck(
  found: readonly Found[],
  { input, inputs, waiverRules, notRun }: PreparedCheck,
): Pick<CheckResult, 'findings' | 'waived'> {
  const { playbook, asOf } = input
  const kept = dropSilenced(found, playbook)
  const judged = judgeWaivers(kept, playbook, asOf, input.base, new Set(notRun.map(({ rule }) => rule)))
  for (const rule of waiverRules) {
    const said = [...findingsOf(rule, { ...inputs, waivers: judged.waivers })]
    for (const each of dropSilenced(said, playbook, silencedFiles(found))) judged.kept.push(each)
  }
  const finish = (each: Found): Finding => finding(each, input)
  return { findings: judged.kept.map(finish).sort(byPlace), waived: judged.waived.map(finish).sort(byPlace) }
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
