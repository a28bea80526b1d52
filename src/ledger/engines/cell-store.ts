/**
 * Cells as they come, to a column of distinct texts and a number for each row.
 */
import { RowNumbers } from '../column.ts'
import type { CodedTexts } from '../ledger.ts'

export class CellStore {
  readonly #values: string[] = ['']
  /** Undefined where most texts differ, so that looking each up would cost memory for nothing. */
  #codes: Map<string, number> | undefined = new Map([['', 0]])
  readonly #rows = new RowNumbers()

  push(text: string): void {
    const known = text === '' ? 0 : this.#codes?.get(text)
    if (known !== undefined) {
      this.#rows.push(known)
      return
    }
    const code = this.#values.push(text) - 1
    this.#codes?.set(text, code)
    this.#rows.push(code)
    if (this.#values.length > 262_144 && this.#values.length * 2 > this.#rows.length) this.#codes = undefined
  }

  finish(): CodedTexts {
    return { values: this.#values, codes: this.#rows.all() }
  }
}
