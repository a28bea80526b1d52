/**
 * Runs an import in a folder of its own, with a clock that needs no patience.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type ImportOptions, importLedger } from '../../src/cli/commands/import.ts'
import { openTerminal, type Terminal } from '../../src/cli/terminal.ts'

export interface ImportResult {
  readonly status: number
  /** What was printed, notes too; the fault where there was one. */
  readonly said: string
  /** How long was waited, in milliseconds. */
  readonly waits: readonly number[]
}

export class ImportFolder {
  readonly root = mkdtempSync(join(tmpdir(), 'playproof-import-'))
  now = Date.parse('2026-11-22T03:00:00Z')

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) this.put(path, text)
  }

  put(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true })
    writeFileSync(join(this.root, path), text)
  }

  text(path: string): string {
    return readFileSync(join(this.root, path), 'utf8')
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path))
  }

  /** Every file below the root with its text. */
  files(under = '.'): Record<string, string> {
    const found: Record<string, string> = {}
    for (const entry of readdirSync(join(this.root, under), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      found[path.slice(this.root.length + 1)] = readFileSync(path, 'utf8')
    }
    return found
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }

  async run(
    source: string,
    exports: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
    options: ImportOptions = {},
  ): Promise<ImportResult> {
    const lines: string[] = []
    const waits: number[] = []
    const terminal: Terminal = {
      ...openTerminal({ color: false, quiet: true }),
      out: (text) => lines.push(text),
      note: (text) => lines.push(text),
    }
    const world = {
      env,
      sleep: async (milliseconds: number) => {
        waits.push(milliseconds)
        this.now += milliseconds
      },
      now: () => this.now,
    }
    try {
      const status = await importLedger(source, exports, { root: this.root, ...options }, terminal, world)
      return { status, said: lines.join('\n'), waits }
    } catch (error) {
      return { status: 2, said: [...lines, String(error)].join('\n'), waits }
    }
  }
}
