/**
 * Whether a row is won, lost, open or void: by its `outcome` column, by its stage, or by the CRM's two flags.
 *
 * What playbook.yaml says of a stage goes first. A stage that nothing names is refused, never called "open".
 */
import type { DealTableSettings, Outcome } from '../model/ledger-settings.ts'
import type { TableRow } from './csv.ts'
import type { HeaderMap } from './map-headers.ts'
import { type Preset, readFlag } from './presets.ts'
import { didYouMean, exportAgain, shown } from './row-problems.ts'

export const outcomes: readonly Outcome[] = ['won', 'lost', 'open', 'void']

export type OutcomeReading = Outcome | { readonly cell: number; readonly text: string }

export class OutcomeReader {
  readonly #stages: ReadonlyMap<string, Outcome>
  readonly #presetStages: ReadonlyMap<string, Outcome>
  readonly #headers: readonly string[]
  readonly #outcome: number | undefined
  readonly #stage: number | undefined
  readonly #isClosed: number | undefined
  readonly #isWon: number | undefined

  constructor(settings: DealTableSettings, preset: Preset | undefined, header: HeaderMap) {
    this.#stages = byStage(settings.outcomes)
    this.#presetStages = byStage(preset?.outcomes)
    this.#headers = header.headers
    this.#outcome = header.indexes.get('outcome')
    this.#stage = header.indexes.get('stage')
    const flag = (headers: readonly string[]) =>
      headers.map((name) => header.indexes.get(name)).find((index) => index !== undefined)
    this.#isClosed = preset && flag(preset.isClosed)
    this.#isWon = preset && flag(preset.isWon)
  }

  /** Whether anything says which rows are won; if not, not one row could be read. */
  get declared(): boolean {
    return this.#outcome !== undefined || this.#stages.size > 0 || this.#presetStages.size > 0
  }

  /** The columns of the file whose cells decide. */
  get decisive(): readonly number[] {
    if (this.#outcome !== undefined) return [this.#outcome]
    return [this.#stage, this.#isClosed, this.#isWon].filter((index) => index !== undefined)
  }

  /** The outcome of a row, or the cell that gives none and what to say about it. Texts come after declared spellings. */
  read(row: TableRow, outcome: string, stage: string): OutcomeReading {
    if (this.#outcome !== undefined) {
      const known = outcomes.find((name) => name === outcome)
      if (known !== undefined) return known
      const text = `${this.#shown(this.#outcome, outcome)}; an outcome is won, lost, open or void.${didYouMean(outcome, outcomes)} ${exportAgain} A spelling of your CRM can be declared in \`ledger.deals.values.outcome\`.`
      return { cell: this.#outcome, text }
    }
    const byName = this.#stages.get(stage)
    if (byName !== undefined) return byName
    if (this.#isClosed !== undefined && this.#isWon !== undefined)
      return this.#readFlags(row, this.#isClosed, this.#isWon)
    const usual = this.#presetStages.get(stage)
    if (usual !== undefined) return usual
    const cell = this.#stage ?? 0
    const known = [...this.#stages.keys(), ...this.#presetStages.keys()]
    const text = `${this.#shown(cell, stage)}, and nothing says whether that is won, lost, open or void.${didYouMean(stage, known)} Name the stage in \`ledger.deals.outcomes\` of playbook.yaml, or correct it in the CRM and export the ledger again.`
    return { cell, text }
  }

  #readFlags(row: TableRow, closedCell: number, wonCell: number): OutcomeReading {
    const closed = readFlag(row.cell(closedCell))
    const won = readFlag(row.cell(wonCell))
    for (const [cell, flag] of [
      [closedCell, closed],
      [wonCell, won],
    ] as const) {
      if (flag !== undefined) continue
      return {
        cell,
        text: `${this.#shown(cell, row.cell(cell))}; this flag is 1 or true, or else blank, 0 or false. ${exportAgain}`,
      }
    }
    if (won && !closed) {
      const text = `This deal is won by ${shown(this.#headers[wonCell] ?? '')} and not closed by ${shown(this.#headers[closedCell] ?? '')}. ${exportAgain}`
      return { cell: wonCell, text }
    }
    return won ? 'won' : closed ? 'lost' : 'open'
  }

  #shown(cell: number, text: string): string {
    const header = shown(this.#headers[cell] ?? '')
    return text === '' ? `${header} is blank` : `${header} is ${shown(text)}`
  }
}

function byStage(names: DealTableSettings['outcomes']): ReadonlyMap<string, Outcome> {
  const stages = new Map<string, Outcome>()
  for (const outcome of outcomes) {
    for (const stage of names?.[outcome] ?? []) if (!stages.has(stage)) stages.set(stage, outcome)
  }
  return stages
}
