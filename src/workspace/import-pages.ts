/**
 * The pages that a running import has read, kept in `.playproof/` so that one that is cut off can go on.
 *
 * They are signed like the rest of that folder: pages that a pull request brought would end in a signed ledger.
 */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SignedFile, workFolder } from './work-cache.ts'

export class ImportPages {
  readonly #root: string
  readonly #source: string

  constructor(root: string, source: string) {
    this.#root = root
    this.#source = source
  }

  read(name: string): string | undefined {
    return this.#file(name).read()
  }

  write(name: string, text: string): void {
    this.#file(name).write(text)
  }

  clear(): void {
    const own = new RegExp(`^import-${this.#source}(-.*)?\\.json`)
    try {
      for (const name of readdirSync(join(this.#root, workFolder)))
        if (own.test(name)) rmSync(join(this.#root, workFolder, name), { force: true })
    } catch {
      // There is no such folder: nothing was kept.
    }
  }

  /** `import-hubspot.json` holds how far an import came, `import-hubspot-deals-0001.json` a page. */
  #file(name: string): SignedFile {
    const file = `import-${this.#source}${name === '' ? '' : `-${name}`}.json`
    return new SignedFile(this.#root, file, `import pages 1 ${this.#root} ${file}`)
  }
}
