/**
 * What a rule is: an id, what it reads, its text, and a check that yields places.
 *
 * A rule never prints and never asks a ledger or the disk: its inputs are handed in, and `reads` decides
 * which. A rule whose input is missing is reported as not run.
 */
import type { Evidence } from '../evidence/evidence.ts'
import type { Playbook } from '../graph/playbook.ts'
import type { LedgerColumn, LedgerProblem, OwnerCount } from '../ledger/ledger.ts'
import type { ManifestReading } from '../ledger/manifest.ts'
import type { PlaybookSettings } from '../model/playbook-settings.ts'
import { type RuleId, ruleDefaults, type Severity } from '../model/rule-ids.ts'
import type { MapNode } from '../page/data-node.ts'
import type { Edit, Place } from '../source/text.ts'

/** What the ledger answered before the rules ran. */
export interface LedgerAnswers {
  readonly columns: readonly LedgerColumn[]
  readonly problems: readonly LedgerProblem[]
  /** Rows that could not be read, by id: where each stands. */
  readonly leftOut: ReadonlyMap<string, { readonly file: string; readonly line: number }>
  readonly owners: readonly OwnerCount[]
  /** Whether some row has this value: asked for every value of every predicate. */
  hasValue(column: string, text: string): boolean
  /** Distinct values of a column, for suggestions. */
  valuesOf(column: string): readonly string[]
}

/** The base revision of a `--since` run, for what judges this change. */
export interface BaseRevision {
  readonly settings: PlaybookSettings
  readonly settingsNode: MapNode
  /** Whether its ledger had a valid signature. */
  readonly ledgerSigned?: boolean
  /** The waivers that the base commit has, by the keys of `waiverKeys`. */
  readonly waivers: ReadonlySet<string>
}

export type WaiverState = 'used' | 'unused' | 'expired' | 'open-ended' | 'no-reason' | 'new'

/** A waiver of a page, after the other rules ran. */
export interface JudgedWaiver {
  readonly rule: string
  readonly reason: string
  readonly until: string | undefined
  readonly at: Place
  readonly state: WaiverState
}

export interface RuleInputs {
  readonly playbook: Playbook
  /** The day everything is judged on, `YYYY-MM-DD`. */
  readonly asOf: string
  readonly ledger: LedgerAnswers
  /** For rules that run without a ledger too; likewise {@link RuleInputs.evidenceIfAny}. */
  readonly ledgerIfAny: LedgerAnswers | undefined
  /** The ledger's problems even where it has no engine, because a required header is missing. */
  readonly ledgerProblems: readonly LedgerProblem[]
  /** The ledger's files compared with the manifest of their import. */
  readonly ledgerManifest: ManifestReading
  readonly evidence: Evidence
  readonly evidenceIfAny: Evidence | undefined
  readonly base: BaseRevision
  readonly waivers: readonly JudgedWaiver[]
  /** The text of a page by its path; empty where it could not be read. */
  textOf(path: string): string
}

export type InputName = keyof RuleInputs

export interface RuleFinding<Data> {
  readonly at: Place
  readonly data: Data
  readonly related?: readonly { readonly at: Place; readonly text: string }[]
  readonly fixes?: readonly { readonly title: string; readonly edits: readonly Edit[] }[]
  /** Where this finding weighs less or more than its rule's default; playbook.yaml still decides. */
  readonly severity?: Severity
  /** What the finding is about, so that it is recognised when lines move; by default the text at its place. */
  readonly subject?: string
}

interface RuleDefinition<Reads extends InputName, Data> {
  readonly id: RuleId
  readonly reads: readonly Reads[]
  /** What is so and what to do, in full sentences in the reader's words. */
  readonly text: (data: Data) => string
  check(inputs: Pick<RuleInputs, Reads>): Iterable<RuleFinding<Data>>
}

export interface Rule {
  readonly id: RuleId
  readonly severity: Severity
  readonly reads: readonly InputName[]
  /** Findings with their texts made. */
  run(inputs: RuleInputs): Iterable<RuleFinding<unknown> & { readonly text: string }>
}

export function defineRule<Reads extends InputName, Data>(definition: RuleDefinition<Reads, Data>): Rule {
  return {
    id: definition.id,
    severity: ruleDefaults[definition.id],
    reads: definition.reads,
    *run(inputs) {
      for (const finding of definition.check(inputs)) yield { ...finding, text: definition.text(finding.data) }
    },
  }
}
