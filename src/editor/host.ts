/**
 * What differs between VS Code on the desktop and the studio: how the checker, the live site and a rename are reached.
 *
 * Everything else of the extension is written against this and runs in both.
 */
import type { BaseLanguageClient } from 'vscode-languageclient'

export interface Host {
  readonly client: BaseLanguageClient
  /** The address of the live site, started where it does not run yet. Throws with a sentence for the reader. */
  liveSite(): Promise<string>
  /** Renames `plays/old` and every reference to it; gives a sentence that says what was done. Throws likewise. */
  rename(page: string, id: string): Promise<string>
  /** Whether text, page and evidence do not fit beside each other. */
  isNarrow(): Promise<boolean>
  dispose(): void
}
