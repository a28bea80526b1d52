/**
 * The service's findings, places and edits as the protocol writes them: lines from 0, UTF-16 units, URIs.
 */
import { join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  type Diagnostic,
  DiagnosticSeverity,
  type Location,
  type Position,
  type Range as ProtocolRange,
  type TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver'
import type { Finding } from '../check/finding.ts'
import type { Edit, LineRange, Place, Range, SourceText } from '../source/text.ts'
import { visible } from '../source/visible.ts'

const severities = {
  error: DiagnosticSeverity.Error,
  warn: DiagnosticSeverity.Warning,
  // What an editor calls a hint it hides from its list of problems.
  hint: DiagnosticSeverity.Information,
} as const

/** The path below `root` of a file's URI; undefined for other schemes and for what lies elsewhere. */
export function pathBelow(root: string, uri: string): string | undefined {
  const absolute = fileOf(uri)
  if (absolute === undefined) return undefined
  const path = relative(root, absolute)
  return path === '' || path.startsWith(`..${sep}`) || path === '..' ? undefined : path.split(sep).join('/')
}

/** The absolute path of a `file:` URI. */
export function fileOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined
  } catch {
    return undefined
  }
}

/** Converts for one playbook; `uriOf` and `marked` speak of files as the editor has them open. */
export class ToProtocol {
  readonly #root: string
  readonly #open: ReadonlyMap<string, { readonly uri: string; readonly version: number; readonly bom: boolean }>
  readonly #sources: () => ReadonlyMap<string, SourceText>

  constructor(
    root: string,
    open: ReadonlyMap<string, { readonly uri: string; readonly version: number; readonly bom: boolean }>,
    sources: () => ReadonlyMap<string, SourceText>,
  ) {
    this.#root = root
    this.#open = open
    this.#sources = sources
  }

  /** The URI the editor opened a file by, else the file's own. */
  uri(path: string): string {
    return this.#open.get(path)?.uri ?? pathToFileURL(join(this.#root, path)).href
  }

  lines(path: string, { start, end }: LineRange): ProtocolRange {
    return { start: this.#position(path, start), end: this.#position(path, end) }
  }

  range(path: string, range: Range): ProtocolRange {
    const source = this.#sources().get(path)
    const lines = source?.lineRange(range) ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }
    return this.lines(path, lines)
  }

  location(place: Place): Location {
    const range = 'lines' in place ? this.lines(place.file, place.lines) : this.range(place.file, place.range)
    return { uri: this.uri(place.file), range }
  }

  offset(path: string, { line, character }: Position): number {
    const source = this.#sources().get(path)
    if (source === undefined) return 0
    const before = this.#hasMark(path) && line === 0 ? 1 : 0
    const column = Math.min(Math.max(character - before, 0), source.lineText(line + 1).length)
    return source.offsetAt({ line: line + 1, column: column + 1 })
  }

  diagnostic(finding: Finding, withRelated: boolean): Diagnostic {
    const diagnostic: Diagnostic = {
      range: this.lines(finding.file, finding.range),
      severity: severities[finding.severity],
      code: finding.rule,
      source: 'playproof',
      message: visible(finding.text),
    }
    if (withRelated && finding.related.length > 0) {
      diagnostic.relatedInformation = finding.related.map(({ file, range, text }) => ({
        location: { uri: this.uri(file), range: this.lines(file, range) },
        message: visible(text),
      }))
    }
    return diagnostic
  }

  textEdit({ file, range, newText }: Edit): TextEdit {
    return { range: this.range(file, range), newText }
  }

  /** Edits by file, each for the version that the editor has. */
  documentEdits(edits: readonly Edit[]): TextDocumentEdit[] {
    return [...Map.groupBy(edits, ({ file }) => file)].map(([file, own]) => ({
      textDocument: { uri: this.uri(file), version: this.#open.get(file)?.version ?? null },
      edits: own.map((edit) => this.textEdit(edit)),
    }))
  }

  #position(path: string, { line, column }: LineRange['start']): Position {
    return { line: line - 1, character: column - 1 + (line === 1 && this.#hasMark(path) ? 1 : 0) }
  }

  /** Whether the editor counts a byte order mark as the first character of a text. */
  #hasMark(path: string): boolean {
    return this.#open.get(path)?.bom === true
  }
}
