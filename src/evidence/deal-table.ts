/**
 * The ledger in columns of numbers, so that thousands of plays can be judged without touching a text.
 *
 * Built once per ledger and playbook. Rows are the engine's, in order of id; days are numbers since 1970 and money stays
 * an integer of the minor unit. A meaning is worked out once per distinct text of a column, not once per row. What a
 * deal is on a given day is asked with {@link stateOn}: nothing here knows the day.
 */
import type { CodedTexts, Deal, LedgerEngine } from '../ledger/ledger.ts'
import { playIds } from '../ledger/memory-engine.ts'
import { dayNumber } from '../model/dates.ts'
import type { PersonInput, ReviewInput } from './evidence-input.ts'

/** Stands for a blank date; smaller than every day. */
export const noDay = -0x80000000
/** Stands for a blank text in a column of codes. */
export const noCode = -1

export interface DealTable {
  /** How many deals there are. */
  readonly size: number
  /** The deal of a row, made when somebody asks for it: what is asked of all rows is in the columns. */
  deal(row: number): Deal
  /** Undefined where the ledger has no such deal. */
  rowOf(id: string): number | undefined
  readonly outcome: Uint8Array
  readonly created: Int32Array
  readonly closed: Int32Array
  readonly churned: Int32Array
  /** NaN where blank. */
  readonly amount: Float64Array
  /** 1 where the deal passes `counts`. */
  readonly counted: Uint8Array
  /** 1 where friends, family, investors or former colleagues bought. */
  readonly friend: Uint8Array
  /** Account groups. */
  readonly account: CodedColumn<string>
  readonly seller: CodedColumn<Seller>
  readonly territory: CodedColumn<string>
  /** The plays that the `play` cell names. */
  readonly plays: CodedColumn<readonly string[]>
}

/** A column as codes: `values[codes[row]]`, or {@link noCode} where it is blank. */
export interface CodedColumn<T> {
  readonly codes: Int32Array
  readonly values: readonly T[]
}

/** Who sold: a person, or an owner of the ledger whom nobody knows. */
export interface Seller {
  /** The person's id, else the ledger's spelling. */
  readonly name: string
  /** A founder or an executive: their sales prove no play that others can run. */
  readonly leads: boolean
}

export const state = { won: 0, lost: 1, open: 2, void: 3, absent: 4 } as const
export type State = (typeof state)[keyof typeof state]

/**
 * What the deal was on a day: a deal created later does not exist yet, one that closed later, or never, is
 * open, and a void one counts nowhere.
 */
export function stateOn(table: DealTable, row: number, day: number): State {
  if ((table.created[row] as number) > day) return state.absent
  const outcome = table.outcome[row] as State
  if (outcome !== state.won && outcome !== state.lost) return outcome
  const closed = table.closed[row] as number
  return closed === noDay || closed > day ? state.open : outcome
}

const friendly = new Set(['friend', 'family', 'investor', 'former-colleague'])

export interface TableOptions {
  readonly reviews: readonly ReviewInput[]
  readonly people: readonly PersonInput[]
  readonly friendsSources: readonly string[]
}

/** The table of a ledger; `counted` is 1 throughout until the caller knows better. */
export function dealTable(engine: LedgerEngine, { reviews, people, friendsSources }: TableOptions): DealTable {
  const size = engine.dealCount
  const column = (name: string): CodedTexts => engine.texts(name) ?? blankColumn(size)
  const persons = new Map(
    people.flatMap((person) => person.ledgerNames.map((name) => [name, person] as const)).reverse(),
  )
  const known = new Map<string, Seller>()
  const sellerOf = (owner: string): Seller => {
    const person = persons.get(owner)
    if (person === undefined) return { name: owner, leads: false }
    const seller = known.get(person.id) ?? {
      name: person.id,
      leads: person.role === 'founder' || person.role === 'executive',
    }
    known.set(person.id, seller)
    return seller
  }
  const friendOf = new Set(friendsSources.filter((source) => source !== ''))
  const friend = Uint8Array.from(meanings(column('source'), (source) => (friendOf.has(source) ? 1 : 0)))
  for (const { deal, relationship } of reviews) {
    const row = friendly.has(relationship ?? '') ? engine.rowOf(deal) : undefined
    if (row !== undefined) friend[row] = 1
  }
  const text = (value: string): string => value
  return {
    size,
    deal: (row) => engine.deal(row),
    rowOf: (id) => engine.rowOf(id),
    outcome: Uint8Array.from(meanings(column('outcome'), (outcome) => state[outcome as Deal['outcome']])),
    created: meanings(column('created'), dayOf),
    closed: meanings(column('closed'), dayOf),
    churned: meanings(column('churned'), dayOf),
    amount: engine.amounts,
    counted: new Uint8Array(size).fill(1),
    friend,
    account: coded([column('parent'), column('account')], text),
    seller: coded([column('owner')], sellerOf),
    territory: coded([column('territory')], text),
    plays: coded([column('play')], playIds),
  }
}

function blankColumn(size: number): CodedTexts {
  return { values: [''], codes: new Uint8Array(size) }
}

function dayOf(text: string): number {
  return text === '' ? noDay : dayNumber(text)
}

/** A number for each row, worked out once per text. */
function meanings({ values, codes }: CodedTexts, meaning: (text: string) => number): Int32Array {
  const byCode = new Int32Array(values.length)
  for (let code = 0; code < byCode.length; code++) byCode[code] = meaning(values[code] as string)
  const numbers = new Int32Array(codes.length)
  for (let row = 0; row < codes.length; row++) numbers[row] = byCode[codes[row] as number] as number
  return numbers
}

/**
 * Codes for what the texts stand for; two spellings of one person share a code. A row has the text of the first of the
 * columns that is not blank there.
 */
function coded<T>(columns: readonly CodedTexts[], meaning: (text: string) => T): CodedColumn<T> {
  const byMeaning = new Map<T | string, number>()
  const values: T[] = []
  const codeOf = (text: string): number => {
    if (text === '') return noCode
    const byText = byMeaning.get(text)
    if (byText !== undefined) return byText
    const value = meaning(text)
    const code = (value === text ? undefined : byMeaning.get(value)) ?? values.push(value) - 1
    byMeaning.set(value, code)
    if (value !== text) byMeaning.set(text, code)
    return code
  }
  const parts = columns.map(({ values: texts, codes }) => {
    const byCode = new Int32Array(texts.length)
    for (let code = 0; code < texts.length; code++) byCode[code] = codeOf(texts[code] as string)
    return { codes, byCode }
  })
  const codes = new Int32Array(parts[0]?.codes.length ?? 0).fill(noCode)
  for (const part of parts) {
    for (let row = 0; row < codes.length; row++) {
      if (codes[row] === noCode) codes[row] = part.byCode[part.codes[row] as number] as number
    }
  }
  return { codes, values }
}
