/**
 * Reports as the site draws them: plain values that can be stored, with every id turned into a link where it leads somewhere.
 */
import type { MarketStage } from '../../../src/model/market.ts'
import type { ColumnKind } from '../../../src/reports/report.ts'
import type { Mark, PageLink, WorkList } from './page-types.ts'

/** What stands in a cell; a value with a link leads to the deals it counts, or to the page it names. */
export interface ShownCell {
  readonly number?: number
  readonly words?: readonly ShownWord[]
  readonly href?: string
}

export interface ShownWord {
  readonly title: string
  readonly href?: string
  readonly mark?: Mark
  readonly byFit?: boolean
}

export interface ShownColumn {
  readonly title: string
  readonly kind: ColumnKind
}

export interface ShownTable {
  readonly name: string
  readonly title: string
  readonly note: string | undefined
  readonly columns: readonly ShownColumn[]
  readonly rows: readonly (readonly ShownCell[])[]
  readonly empty: string
  /** How many rows more the report has. */
  readonly more: number
}

export interface ShownReport extends PageLink {
  readonly name: string
  /** What it answers. */
  readonly about: string
  readonly lines: readonly string[]
  readonly tables: readonly ShownTable[]
}

/** A quarter on the scoreboard. Amounts are in major units. */
export interface BoardQuarter {
  readonly name: string
  readonly href: string
  readonly complete: boolean
  readonly judgedOn: string
  readonly repeatable: number
  readonly won: number
  readonly yearBefore: { readonly name: string; readonly repeatable: number } | undefined
}

/** Above the tables of the scoreboard: the one number, and the people of both sides behind it. */
export interface Board {
  /** The last quarter that has ended, else the first. */
  readonly now: BoardQuarter
  /** The one that has not ended. */
  readonly running: BoardQuarter | undefined
  /** The latest first. */
  readonly quarters: readonly BoardQuarter[]
  /** Owners of the plays that are repeatable or proven. */
  readonly sales: readonly PageLink[]
  readonly marketing: readonly PageLink[]
}

/** The deals a quarter's figures are made of. */
export interface QuarterPage extends PageLink {
  readonly name: string
  readonly judgedOn: string
  /** Name for the address of the part, title and deals. */
  readonly parts: readonly ShownTable[]
}

/** Where it repeats: segments down, places across. */
export interface MarketMap {
  readonly places: readonly string[]
  readonly rows: readonly {
    readonly segment: PageLink
    readonly cells: readonly (MapField | null)[]
  }[]
  readonly openNext: ShownTable
}

export interface MapField {
  readonly markets: readonly (PageLink & { readonly stage: MarketStage | undefined; readonly best: Mark | undefined })[]
  readonly wins: number
  readonly losses: number
  readonly tooFew: boolean
  /** Its place among the fields to open next, from 1. */
  readonly next: number | undefined
}

export interface SiteReports {
  /** The health report. */
  readonly work: readonly WorkList[]
  readonly list: readonly ShownReport[]
  readonly board: Board | undefined
  readonly quarters: readonly QuarterPage[]
  readonly map: MarketMap | undefined
}
