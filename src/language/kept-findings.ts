/**
 * Findings kept from one start of the server to the next, by the key of all they were found in.
 *
 * What `check` kept is as good. The other way round nothing is taken over: what `check` says it has found itself.
 */
import type { Finding } from '../check/finding.ts'
import { buildStamp } from '../workspace/version.ts'
import { StoredResult } from '../workspace/work-cache.ts'

export class KeptFindings {
  readonly #root: string
  /** That of what is known to be kept by now. */
  #key = ''

  constructor(root: string) {
    this.#root = root
  }

  /** Whether nothing of this run is kept yet, nor is what it began with. */
  get isEmpty(): boolean {
    return this.#key === ''
  }

  lookUp(key: string): readonly Finding[] | undefined {
    const told = this.#stored('told').lookUp(key)
    if (told !== undefined) this.#key = key
    const known = told ?? this.#stored('result').lookUp(key)
    return (known as { readonly findings: readonly Finding[] } | undefined)?.findings
  }

  keep(key: string, findings: readonly Finding[]): void {
    if (key === this.#key) return
    this.#stored('told').keep(key, { findings })
    this.#key = key
  }

  #stored(name: 'told' | 'result'): StoredResult {
    return new StoredResult(this.#root, name, buildStamp)
  }
}
