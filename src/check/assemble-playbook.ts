/**
 * Files in memory to a playbook: the one way in, for the disk, a git revision, an editor or a test.
 */
import { Playbook, type PlaybookInput, type SettingsFile } from '../graph/playbook.ts'
import { parseCompensation } from '../model/compensation.ts'
import { type AnyEntity, parseEntity } from '../model/entity.ts'
import { identify } from '../model/entity-types.ts'
import { type ParsedSettings, type PlaybookSettings, parseSettings } from '../model/playbook-settings.ts'
import { decodeFile } from '../page/decode-file.ts'
import { hiddenCharacters } from '../page/guard.ts'
import type { MarkdownEngine } from '../page/markdown-engine.ts'
import { noFacts, type PageFacts, type PageLimits } from '../page/page.ts'
import { parsePage } from '../page/parse-page.ts'
import { parseYaml, type YamlProblem } from '../page/parse-yaml.ts'
import { SourceText } from '../source/text.ts'

/** A page as found: its bytes, or why there are none. */
export type PageFile =
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly path: string; readonly unreadable: string }

/** Facts kept from an earlier run, by content: an empty one is as right as a full one. `text` is that of the bytes. */
export interface FactsCache {
  lookUp(bytes: Uint8Array, text: string, limits: PageLimits): PageFacts | undefined
  keep(bytes: Uint8Array, text: string, limits: PageLimits, facts: PageFacts): void
}

export interface PlaybookFiles {
  /** The playbook's folder relative to the root: `playbook`. */
  readonly folder: string
  /** Markdown below the folders of types. */
  readonly pages: readonly PageFile[]
  readonly settings: Uint8Array
  readonly compensation: Uint8Array | undefined
  /** Every file below the folder, relative to the root. */
  readonly paths: ReadonlySet<string>
}

export interface AssembleOptions {
  readonly engine: MarkdownEngine
  readonly facts?: FactsCache
  /** The settings that judge, where those of the files must not (`--since`). */
  readonly judgedBy?: PlaybookSettings
}

export interface Assembled {
  readonly playbook: Playbook
  readonly sources: ReadonlyMap<string, SourceText>
}

/** playbook.yaml or comp.yaml that cannot be parsed at all: the run stops and says where. */
export class UnreadableSettings extends Error {
  readonly path: string
  readonly problems: readonly YamlProblem[]
  readonly source: SourceText

  constructor(source: SourceText, problems: readonly YamlProblem[]) {
    super(`${source.path} cannot be read`)
    this.name = 'UnreadableSettings'
    this.path = source.path
    this.problems = problems
    this.source = source
  }
}

/** Reads all pages. Throws {@link UnreadableSettings} where playbook.yaml or comp.yaml is no YAML, and for nothing else. */
export function assemblePlaybook(files: PlaybookFiles, options: AssembleOptions): Assembled {
  const { frame, sources } = assembleFrame(files, options.judgedBy)
  const entities: AnyEntity[] = []
  for (const file of files.pages) {
    const page = assemblePage(file, files.folder, frame.settings.settings.limits, options)
    if (page === undefined) continue
    sources.set(file.path, page.source)
    if (page.entity !== undefined) entities.push(page.entity)
  }
  return { playbook: new Playbook({ ...frame, entities, files: files.paths }), sources }
}

/** A playbook but for its pages. */
export type PlaybookFrame = Omit<PlaybookInput, 'entities' | 'files'>

/** Reads playbook.yaml and comp.yaml. Throws {@link UnreadableSettings}. */
export function assembleFrame(
  files: Pick<PlaybookFiles, 'folder' | 'settings' | 'compensation'>,
  base?: PlaybookSettings,
): { frame: PlaybookFrame; sources: Map<string, SourceText> } {
  const sources = new Map<string, SourceText>()
  const { node: settingsNode, hidden: settingsHidden } = parseSettingsFile(
    `${files.folder}/playbook.yaml`,
    files.settings,
    sources,
  )
  const parsed = parseSettings(settingsNode)
  const settings: ParsedSettings =
    base === undefined ? parsed : { problems: parsed.problems, settings: judgedBy(parsed.settings, base) }
  const compensation = compensationOf(files, sources)
  return { frame: { folder: files.folder, settings, settingsNode, settingsHidden, compensation }, sources }
}

/** One page with its text; undefined for a file of no type. Never throws. */
export function assemblePage(
  file: PageFile,
  folder: string,
  limits: PageLimits,
  options: Pick<AssembleOptions, 'engine' | 'facts'>,
): { readonly source: SourceText; readonly entity: AnyEntity | undefined } | undefined {
  const path = file.path.slice(folder.length + 1)
  // A folder or a link that may stand for pages is told where it is, under the id it would have.
  const inside = 'unreadable' in file && !path.endsWith('.md') ? `${path}.md` : path
  if (identify(inside) === undefined) return undefined
  const { source, facts } = readPage(file, limits, options)
  return { source, entity: parseEntity(file.path, inside, facts) }
}

/** Settings that say what the team is and where its ledger lies stay the change's own; what judges it is the base's. */
function judgedBy(own: PlaybookSettings, base: PlaybookSettings): PlaybookSettings {
  return {
    ...own,
    rules: base.rules,
    evidence: base.evidence,
    asOf: base.asOf,
    limits: base.limits,
    publicKey: base.publicKey,
  }
}

function readPage(
  file: PageFile,
  limits: PageLimits,
  options: Pick<AssembleOptions, 'engine' | 'facts'>,
): { source: SourceText; facts: PageFacts } {
  if ('unreadable' in file) {
    const problem = { rule: 'file/encoding' as const, range: { start: 0, end: 0 }, text: file.unreadable }
    return { source: new SourceText(file.path, ''), facts: { ...noFacts, problems: [problem] } }
  }
  const { source, problem } = decodeFile(file.path, file.bytes, limits.maxFileBytes)
  if (problem !== undefined) return { source, facts: { ...noFacts, problems: [problem] } }
  const known = options.facts?.lookUp(file.bytes, source.text, limits)
  if (known !== undefined) return { source, facts: known }
  const facts = parsePage(source.text, options.engine, limits)
  options.facts?.keep(file.bytes, source.text, limits, facts)
  return { source, facts }
}

function parseSettingsFile(path: string, bytes: Uint8Array, sources: Map<string, SourceText>) {
  const { source, problem } = decodeFile(path, bytes, 1_048_576)
  sources.set(path, source)
  if (problem !== undefined) throw new UnreadableSettings(source, [problem])
  const { data, problems } = parseYaml(source.text)
  if (data === undefined) throw new UnreadableSettings(source, problems)
  return { node: data, hidden: hiddenCharacters(source.text) }
}

function compensationOf(
  files: Pick<PlaybookFiles, 'folder' | 'compensation'>,
  sources: Map<string, SourceText>,
): (SettingsFile & ReturnType<typeof parseCompensation>) | undefined {
  if (files.compensation === undefined) return undefined
  const path = `${files.folder}/comp.yaml`
  const { node, hidden } = parseSettingsFile(path, files.compensation, sources)
  return { path, node, hidden, ...parseCompensation(node) }
}
