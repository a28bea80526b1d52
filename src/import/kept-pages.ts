/**
 * Pages of an API, each kept as soon as it is read, so that an import that is cut off goes on where it stopped.
 *
 * What is kept is thrown away when the question changed, after half a day, and when the other side no longer knows
 * the place where reading stopped.
 */
import { ImportFault } from './import-fault.ts'

/** Where pages are kept. Reading gives undefined, and writing may do nothing, wherever something is in the way. */
export interface PageStore {
  read(name: string): string | undefined
  write(name: string, text: string): void
  clear(): void
}

export type Row = readonly string[]

export interface Page {
  readonly rows: readonly Row[]
  /** Where the next page begins; undefined after the last. */
  readonly next: string | undefined
  /** How many rows there are in all, where the other side says so. */
  readonly total?: number
}

/** The other side does not know a place any more: a cursor lives for a while only. */
export class PlaceGone extends Error {}

interface State {
  readonly plan: string
  readonly begun: number
  readonly steps: Record<string, { pages: number; next: string | null }>
}

const oldest = 12 * 3_600_000

export class KeptPages {
  readonly #store: PageStore
  readonly #state: State
  /** How many pages an earlier import left. */
  readonly found: number

  /** `plan` says what is asked and of whom; pages of another plan are of no use. It must hold no secret: it is written. */
  constructor(store: PageStore, plan: string, now: number) {
    this.#store = store
    const known = stateIn(store.read(''))
    const usable = known !== undefined && known.plan === plan && now - known.begun < oldest && now >= known.begun
    if (!usable) store.clear()
    this.#state = usable ? known : { plan, begun: now, steps: {} }
    this.found = Object.values(this.#state.steps).reduce((sum, { pages }) => sum + pages, 0)
  }

  /** All rows of one step. `read` fetches the page at a place; `first` is the first one's. */
  async rows(
    step: string,
    first: string,
    read: (place: string) => Promise<Page>,
    progress: (rows: number, total: number | undefined) => void,
  ): Promise<Row[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#rows(step, first, read, progress)
      } catch (error) {
        if (!(error instanceof PlaceGone)) throw error
        delete this.#state.steps[step]
        if (attempt > 0)
          throw new ImportFault(
            'pages went missing while they were read, twice in a row. The old ledger stands; import again later.',
            { cause: error },
          )
      }
    }
  }

  async #rows(
    step: string,
    first: string,
    read: (place: string) => Promise<Page>,
    progress: (rows: number, total: number | undefined) => void,
  ): Promise<Row[]> {
    const rows: Row[] = []
    let total: number | undefined
    const take = (page: Page): void => {
      for (const row of page.rows) rows.push(row)
      total = page.total ?? total
      progress(rows.length, total)
    }
    const kept = this.#keptOf(step)
    for (const page of kept?.pages ?? []) take(page)
    let next: string | undefined = kept === undefined ? first : kept.next
    let number = kept?.pages.length ?? 0
    const seen = new Set<string>()
    while (next !== undefined) {
      if (seen.has(next))
        throw new ImportFault(
          'the other side gives the same page again and again, so reading was stopped. Import again later.',
        )
      seen.add(next)
      const page: Page = await read(next)
      take(page)
      this.#store.write(pageName(step, ++number), JSON.stringify(page))
      this.#state.steps[step] = { pages: number, next: page.next ?? null }
      this.#store.write('', JSON.stringify(this.#state))
      next = page.next
    }
    if (total !== undefined && rows.length < total) throw new PlaceGone(`${rows.length} of ${total} rows came`)
    return rows
  }

  #keptOf(step: string): { pages: Page[]; next: string | undefined } | undefined {
    const known = this.#state.steps[step]
    if (known === undefined) return undefined
    const pages: Page[] = []
    for (let number = 1; number <= known.pages; number++) {
      const text = this.#store.read(pageName(step, number))
      if (text === undefined) return undefined
      pages.push(JSON.parse(text) as Page)
    }
    return { pages, next: known.next ?? undefined }
  }
}

function pageName(step: string, number: number): string {
  return `${step}-${String(number).padStart(4, '0')}`
}

/** The store gives back only what this product wrote, so it has this shape. */
function stateIn(text: string | undefined): State | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as State)
}

/** The same row twice is one row. */
export function distinct(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
}

/** Rows by their id, the one read last where an id came twice: a deal that changes while others read it moves between pages. */
export function lastOfEach(rows: readonly Row[], key: number): Row[] {
  return [...new Map(rows.map((row) => [row[key] ?? '', row])).values()]
}
