/**
 * Which column of a file is which column of the ledger.
 *
 * A header means a ledger column by `columns` of playbook.yaml, by a preset, or by having its name; any other header
 * is a further column under its own name. Headers compare exactly. A header that stands twice means nothing: which of
 * the two was meant is not guessed.
 */
export interface HeaderWishes {
  /** The ledger columns to look for, with the headers that may mean them, best first. */
  readonly columns: ReadonlyMap<string, readonly string[]>
  /** The ledger columns of which one must be there, in groups: `[['id'], ['stage', 'outcome']]`. */
  readonly required: readonly (readonly string[])[]
}

export interface HeaderMap {
  /** How many rows follow, where that is known. */
  readonly rows: number
  readonly headers: readonly string[]
  /** Ledger column to index in the row; only columns that the file has. */
  readonly indexes: ReadonlyMap<string, number>
  /** Groups of {@link HeaderWishes.required} of which the file has none, or none that stands only once. */
  readonly missing: readonly (readonly string[])[]
  /** Headers that stand more than once: index of the repetition. */
  readonly repeated: readonly number[]
  /** Columns that the table has and nobody asked for. */
  readonly unread: readonly string[]
  /** Indexes of columns without a header. */
  readonly nameless: readonly number[]
}

export function mapHeaders(headers: readonly string[], wishes: HeaderWishes): HeaderMap {
  const first = new Map<string, number>()
  const repeated: number[] = []
  const nameless: number[] = []
  const ambiguous = new Set<string>()
  headers.forEach((header, index) => {
    if (header.trim() === '') nameless.push(index)
    else if (first.has(header)) {
      repeated.push(index)
      ambiguous.add(header)
    } else first.set(header, index)
  })
  const indexes = new Map<string, number>()
  const taken = new Set<string>()
  for (const [column, candidates] of wishes.columns) {
    const header = candidates.find((candidate) => first.has(candidate))
    if (header === undefined) continue
    taken.add(header)
    if (!ambiguous.has(header)) indexes.set(column, first.get(header) ?? 0)
  }
  for (const [header, index] of first) {
    if (!taken.has(header) && !ambiguous.has(header) && !wishes.columns.has(header)) indexes.set(header, index)
  }
  const missing = wishes.required.filter((group) => !group.some((column) => indexes.has(column)))
  return { rows: 0, headers, indexes, missing, repeated, unread: [], nameless }
}
