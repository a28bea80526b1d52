/**
 * The language service: the playbook as it is being written, its findings kept up to date, and what an editor asks.
 *
 * It knows no editor: files are paths relative to the root, places are offsets or lines as everywhere in the core.
 * Edits are served first, one page at a time; the ledger, the evidence and the whole playbook follow when the writer
 * pauses, in steps between which edits and questions are answered.
 */
import { UnreadableSettings } from '../check/assemble-playbook.ts'
import type { CheckInput, LedgerFacts } from '../check/check-playbook.ts'
import { evidenceInput } from '../check/evidence-input.ts'
import type { Finding } from '../check/finding.ts'
import { ledgerAnswers } from '../check/ledger-answers.ts'
import { gatherEvidence } from '../evidence/gather-evidence.ts'
import { aloneIn } from '../graph/focused-playbook.ts'
import type { Playbook } from '../graph/playbook.ts'
import type { LedgerEngine, ReadLedger } from '../ledger/ledger.ts'
import type { ManifestReading } from '../ledger/manifest.ts'
import type { AnyEntity } from '../model/entity.ts'
import type { Rule } from '../rules/define-rule.ts'
import { rules } from '../rules/rules.ts'
import type { SourceText } from '../source/text.ts'
import { Fault } from '../workspace/fault.ts'
import { loadMarkdownEngine } from '../workspace/markdown-engine.ts'
import { askedColumns } from '../workspace/open-ledger.ts'
import { readLedgerFiles, readManifestFile } from '../workspace/read-folder.ts'
import {
  judgingDay,
  ledgerHash,
  ledgerOf,
  manifestOf,
  type ReadOptions,
  storedFacts,
} from '../workspace/read-workspace.ts'
import { type ResultInputs, resultKey } from '../workspace/result-key.ts'
import { KeptFindings } from './kept-findings.ts'
import { LiveCheck, othersMayDiffer } from './live-check.ts'
import { type LivePage, LivePlaybook, type OpenText, type PageChange } from './live-playbook.ts'

export interface ServiceOptions {
  /** The folder that holds `playbook/`. */
  readonly root: string
  /** `YYYY-MM-DD`; else `asOf` of playbook.yaml, else today. */
  readonly asOf?: string
  /** Told whenever the findings of a file may be new; `version` is that of the open text they were found in. */
  publish(file: string, findings: readonly Finding[], version: number | undefined): void
  /** Told each time that the findings of all files, those by the ledger included, are up to date. */
  settled?(): void
  /** What could not be done, in a sentence. */
  fault?(message: string): void
  /** Milliseconds without an edit before the whole playbook is looked at again. */
  readonly pause?: number
}

/** All that questions are answered from, as of one moment. */
export interface View {
  readonly playbook: Playbook
  readonly sources: ReadonlyMap<string, SourceText>
  readonly asOf: string
  /** Undefined until the ledger was read, and where there is none. */
  readonly evidence: LedgerFacts['evidence']
  readonly answers: LedgerFacts['answers']
  readonly engine: LedgerEngine | undefined
  readonly ledger: ReadLedger | { readonly missing: string }
  readonly paths: ReadonlySet<string>
}

const noLedgerFacts: LedgerFacts = { evidence: undefined, answers: undefined }
const notRead = { missing: 'the ledger is being read' }

/** Milliseconds of work after which edits and questions have their turn. */
const longestStep = 5

/** Pages whose bytes are taken from the disk together: a few milliseconds. */
const fetchedAtOnce = 100

/** What can be said of a page when of the others only the names are known. */
const atFirstLook = /^(?:file|field|section|reference)\/|^link\/broken$/

export class LanguageService {
  readonly root: string
  readonly #options: ServiceOptions
  readonly #open = new Map<string, OpenText>()
  readonly #check = new LiveCheck()
  readonly #kept: KeptFindings
  readonly #published = new Map<string, { readonly key: string; readonly findings: readonly Finding[] }>()
  readonly #edited = new Set<string>()
  readonly #waiting: (() => void)[] = []
  #live: LivePlaybook | undefined
  #ledger: ReadLedger | { readonly missing: string } = notRead
  #manifest: ManifestReading | undefined
  /** What the ledger was read from; undefined where that cannot be told again. */
  #ledgerBytes: Pick<ResultInputs, 'ledger' | 'manifest'> | undefined
  #facts: LedgerFacts = noLedgerFacts
  /** The day of the evidence. */
  #day = ''
  /** What an earlier run found was told, and what it was found in is still being read. */
  #ahead = false
  #loaded = false
  #stale = { folder: false, settings: false, ledger: true, evidence: true, all: true, whole: true }
  #gathering = false
  #starting: Promise<void> | undefined
  /** playbook.yaml or comp.yaml while it cannot be read at all. */
  #unreadable: { readonly path: string; readonly findings: readonly Finding[] } | undefined
  #working: Promise<void> | undefined
  #lastEdit = 0
  #closed = false

  constructor(options: ServiceOptions) {
    this.root = options.root
    this.#options = options
    this.#kept = new KeptFindings(options.root)
  }

  /** Begins to read the playbook. Settles when that is done or cannot be done; never rejects. */
  async start(): Promise<void> {
    this.#starting ??= this.#readFolder()
    await this.#starting
    this.#wake()
    await this.settled()
  }

  /** Where playbook.yaml is no YAML nothing can be read; the next change is another chance. */
  async #readFolder(): Promise<void> {
    try {
      // Texts that are opened in the same breath are there already.
      await nextTurn()
      this.#live = new LivePlaybook(this.root, this.#open, await loadMarkdownEngine())
    } catch (error) {
      this.#say(error)
      this.#starting = undefined
    }
  }

  openText(path: string, text: string, version: number): void {
    this.#open.set(path, { text, version })
    this.#noteEdit(path)
  }

  closeText(path: string): void {
    if (this.#open.delete(path)) this.#noteEdit(path)
  }

  /** Tells that files changed on disk; without paths, that anything may have. */
  filesChanged(paths?: readonly string[]): void {
    const live = this.#live
    if (live === undefined) {
      void this.start()
      return
    }
    for (const path of paths ?? [`${live.folder}/`]) {
      if (this.#open.has(path)) continue
      const known = live.page(path) !== undefined
      if (known) this.#edited.add(path)
      else if (path === `${live.folder}/playbook.yaml` || path === `${live.folder}/comp.yaml`)
        this.#stale.settings = true
      else if (live.playbook.settings.ledger !== undefined && /\.(?:csv|csv\.gz|json)$/.test(path))
        this.#stale.ledger = true
      else this.#stale.folder = true
      if (paths === undefined) Object.assign(this.#stale, { settings: true, ledger: true })
    }
    this.#wake()
  }

  /** What is known now; undefined until the folder was read. */
  get view(): View | undefined {
    const live = this.#live
    if (live === undefined) return undefined
    const { playbook } = live
    return {
      playbook,
      sources: live.sources,
      asOf: this.#asOf(playbook),
      ...this.#facts,
      engine: 'missing' in this.#ledger ? undefined : this.#ledger.engine,
      ledger: this.#ledger,
      paths: live.paths,
    }
  }

  /** What is known; where findings of all pages were told before those were read, once they and the ledger were. */
  async wholeView(): Promise<View | undefined> {
    while (this.#working !== undefined && this.#ahead) await new Promise((resolve) => setTimeout(resolve, 10))
    return this.view
  }

  /** Waits until all pages were read; whether there was anything to wait for. */
  async loaded(): Promise<boolean> {
    if (this.#loaded) return false
    while (this.#working !== undefined && !this.#loaded) await new Promise((resolve) => setTimeout(resolve, 10))
    return this.#loaded
  }

  /** What is known once the page's newest text was read. */
  async viewOf(path: string): Promise<View | undefined> {
    while (this.#working !== undefined && (this.#edited.has(path) || this.#live?.page(path) === undefined)) {
      if (!this.#loaded && !this.#edited.has(path)) break
      await nextTurn()
    }
    return this.view
  }

  /** When nothing is left to be looked at. */
  settled(): Promise<void> {
    if (this.#working === undefined) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** The findings of a file as last told. */
  findingsOf(path: string): readonly Finding[] {
    return this.#published.get(path)?.findings ?? []
  }

  /** Files that have findings. */
  get filesWithFindings(): readonly string[] {
    return [...this.#published].filter(([, { findings }]) => findings.length > 0).map(([path]) => path)
  }

  close(): void {
    if (this.#live !== undefined) this.#keep(this.#live)
    this.#closed = true
    this.#live?.close()
  }

  #noteEdit(path: string): void {
    this.#lastEdit = performance.now()
    this.#edited.add(path)
    if (this.#live === undefined && this.#starting === undefined) void this.start()
    this.#wake()
  }

  #wake(): void {
    if (this.#live === undefined || this.#working !== undefined || this.#closed) return
    this.#working = this.#work()
      .catch((error) => this.#say(error))
      .finally(() => {
        this.#working = undefined
        if (this.#edited.size > 0) this.#wake()
        else for (const resolve of this.#waiting.splice(0)) resolve()
      })
  }

  async #work(): Promise<void> {
    // Everything typed in one turn is one edit.
    await nextTurn()
    while (!this.#closed) {
      if (!this.#loaded) await this.#load()
      else if (this.#edited.size > 0) await this.#serveEdits()
      else if (Object.values(this.#stale).some(Boolean)) await this.#catchUp()
      else break
    }
  }

  /** Reads all pages; open ones are looked at before. */
  async #load(): Promise<void> {
    const live = this.#live
    if (live === undefined) return
    await this.#lookFirst(live)
    const unread = live.unread
    for (let from = 0; from < unread.length; from += fetchedAtOnce) {
      live.fetch(unread.slice(from, from + fetchedAtOnce))
      await nextTurn()
      await this.#lookFirst(live)
    }
    this.#tellKept(live)
    const facts = storedFacts(this.root, await loadMarkdownEngine())
    let busySince = performance.now()
    for (const path of unread) {
      await live.read(path, facts)
      if (performance.now() - busySince < longestStep) continue
      await nextTurn()
      await this.#lookFirst(live)
      busySince = performance.now()
    }
    this.#loaded = true
    for (const path of this.#open.keys()) this.#edited.add(path)
    await this.#serveEdits()
    await nextTurn()
    facts.save()
  }

  /** Tells what an earlier run found, where all it was found in is the same to the last byte. */
  #tellKept(live: LivePlaybook): void {
    if (this.#edited.size > 0 || this.#stale.settings || this.#stale.folder) return
    const key = this.#keyOnDisk(live)
    const known = key === undefined ? undefined : this.#kept.lookUp(key)
    if (known === undefined) return
    this.#ahead = true
    this.#tellAll(Map.groupBy(known, ({ file }) => file))
    this.#options.settled?.()
  }

  /** Keeps what was found last for the next start, where nothing has come since. */
  #keep(live: LivePlaybook): void {
    const isSettled = this.#loaded && this.#edited.size === 0 && !Object.values(this.#stale).some(Boolean)
    const isSound = this.#unreadable === undefined && this.#day === this.#asOf(live.playbook)
    if (!isSettled || !isSound || this.#ledgerBytes === undefined) return
    const findings = [...this.#published.values()].flatMap(({ findings }) => findings)
    this.#kept.keep(this.#keyOf(live, this.#ledgerBytes), findings)
  }

  /** The key of the ledger as it lies there; undefined for a database, which may say something else each time. */
  #keyOnDisk(live: LivePlaybook): string | undefined {
    const { ledger } = live.playbook.settings
    if (ledger?.database !== undefined) return undefined
    try {
      const files = ledger === undefined ? [] : readLedgerFiles(this.root, ledger)
      const manifest = ledger === undefined ? undefined : readManifestFile(this.root)
      return this.#keyOf(live, { ledger: ledgerHash(files), manifest })
    } catch {
      // What is wrong with the files is told when they are read.
      return undefined
    }
  }

  #keyOf(live: LivePlaybook, ledger: Pick<ResultInputs, 'ledger' | 'manifest'>): string {
    const asOf = this.#asOf(live.playbook)
    return resultKey({ asOf, noLedger: false, ledgerKey: undefined, ...live.inputs, ...ledger })
  }

  /** Says of pages that are open what can be said by the names of the others, and by the headings that links name. */
  async #lookFirst(live: LivePlaybook): Promise<void> {
    for (const path of this.#edited) {
      this.#edited.delete(path)
      if (!live.isPage(path)) continue
      const before = live.digest(path)
      const change = await live.read(path)
      if (this.#ahead && live.digest(path) === before) {
        // It was only opened or closed.
        this.#tell(path, this.findingsOf(path))
        continue
      }
      const { after } = change
      if (after?.entity === undefined) continue
      // Nobody knows yet which deals there are.
      const entity: AnyEntity = { ...after.entity, deals: [] }
      let playbook = live.around(entity)
      let near = false
      for (const { url } of entity.facts.links) {
        const target = playbook.target(entity, url)
        if (target.kind !== 'page' || target.anchorFound || !live.isUnread(target.entity.path)) continue
        await live.read(target.entity.path)
        near = true
      }
      if (near) playbook = live.around(entity)
      const look = { ...change, after: { ...after, entity } }
      const input = this.#input(live, playbook)
      this.#tell(
        path,
        this.#check.checkPage(input, this.#facts, look, ({ id }) => !atFirstLook.test(id)),
      )
    }
  }

  async #serveEdits(): Promise<void> {
    const live = this.#live
    if (live === undefined) return
    for (const path of this.#edited) {
      this.#edited.delete(path)
      if (path === `${live.folder}/playbook.yaml` || path === `${live.folder}/comp.yaml`) {
        this.#stale.settings = true
        continue
      }
      if (!live.isPage(path)) continue
      const known = live.playbook
      const change = await live.read(path)
      if (isSame(change)) {
        // A new number for the same text, or a save.
        this.#tell(path, this.findingsOf(path))
        continue
      }
      const others = othersMayDiffer(change)
      live.follow(known, change)
      if (others && !this.#stale.evidence)
        this.#stale.evidence = toldToLedger(live.playbook, change.before) !== toldToLedger(live.playbook, change.after)
      this.#stale.whole = true
      this.#stale.all ||= others
      this.#tell(
        path,
        this.#checkPage(live, change, (rule) => (this.#stale.evidence || this.#gathering) && readsLedger(rule)),
      )
      await nextTurn()
    }
  }

  #checkPage(live: LivePlaybook, change: PageChange, outdated: (rule: Rule) => boolean): readonly Finding[] {
    return this.#check.checkPage(this.#input(live), this.#facts, change, outdated)
  }

  /** Settings, ledger, evidence and the whole playbook, as far as they are out of date. */
  async #catchUp(): Promise<void> {
    const live = this.#live
    if (live === undefined) return
    // What was told ahead of being read is made up for first, however fast somebody types.
    const isAhead = this.#ahead
    if (!isAhead && (await this.#typedOn())) return
    const stale = this.#stale
    if (stale.settings) this.#readSettings(live)
    if (stale.folder) {
      stale.folder = false
      for (const path of live.rescan()) this.#edited.add(path)
      if (this.#edited.size > 0) {
        Object.assign(stale, { evidence: true, all: true })
        return
      }
    }
    if (stale.ledger) await this.#readLedger(live)
    if (stale.evidence) await this.#gather(live)
    if (this.#edited.size > 0 || stale.evidence || isAhead) return
    await this.#checkAll(live)
  }

  /** Waits until nobody has typed for a moment; true where an edit came meanwhile. */
  async #typedOn(): Promise<boolean> {
    const pause = this.#options.pause ?? 350
    while (this.#edited.size === 0) {
      const left = this.#lastEdit + pause - performance.now()
      if (left <= 0) return false
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, 10)))
    }
    return true
  }

  #readSettings(live: LivePlaybook): void {
    const before = JSON.stringify(live.playbook.settings.ledger)
    const limits = JSON.stringify(live.playbook.settings.limits)
    this.#stale.settings = false
    try {
      live.readSettings()
    } catch (error) {
      // What was right before goes on being used.
      this.#sayOfSettings(error)
      return
    }
    this.#unreadable = undefined
    const { settings } = live.playbook
    if (JSON.stringify(settings.ledger) !== before) this.#stale.ledger = true
    if (JSON.stringify(settings.limits) !== limits) for (const path of live.sources.keys()) this.#edited.add(path)
    Object.assign(this.#stale, { evidence: true, all: true })
  }

  async #readLedger(live: LivePlaybook): Promise<void> {
    this.#stale.ledger = false
    this.#ledgerBytes = undefined
    Object.assign(this.#stale, { evidence: true, all: true })
    const { settings } = live.playbook
    try {
      const inFiles = settings.ledger !== undefined && settings.ledger.database === undefined
      const read = {
        root: this.root,
        files: { ...live.files, pages: [] },
        settings,
        ledgerFiles: inFiles && settings.ledger !== undefined ? readLedgerFiles(this.root, settings.ledger) : [],
        manifest: inFiles ? readManifestFile(this.root) : undefined,
      }
      const { ledger, fault } = await ledgerOf(read, live.playbook, this.#readOptions())
      this.#ledger = ledger
      if (settings.ledger?.database === undefined)
        this.#ledgerBytes = { ledger: ledgerHash(read.ledgerFiles), manifest: read.manifest }
      if (fault !== undefined) this.#say(fault)
      this.#manifest = manifestOf(read, settings, this.#readOptions())
    } catch (error) {
      this.#ledger = { missing: 'the ledger cannot be read' }
      this.#say(error)
    }
  }

  #readOptions(): ReadOptions {
    return this.#options.asOf === undefined ? {} : { asOf: this.#options.asOf }
  }

  #lacksColumns({ playbook }: LivePlaybook): boolean {
    const engine = 'missing' in this.#ledger ? undefined : this.#ledger.engine
    if (engine === undefined) return false
    const asked = askedColumns(playbook)
    return engine.columns.some(({ name }) => asked.has(name) && engine.texts(name) === undefined)
  }

  async #gather(live: LivePlaybook): Promise<void> {
    // Of a large ledger only columns that somebody asks for are read.
    if (this.#lacksColumns(live)) await this.#readLedger(live)
    this.#stale.evidence = false
    this.#stale.all = true
    this.#day = this.#asOf(live.playbook)
    const engine = 'missing' in this.#ledger ? undefined : this.#ledger.engine
    if (engine === undefined || 'missing' in this.#ledger) {
      this.#facts = noLedgerFacts
      this.#ahead = false
      return
    }
    const { playbook } = live
    let busySince = performance.now()
    let serving = false
    const breathe = async (): Promise<void> => {
      if (serving || performance.now() - busySince < longestStep) return
      serving = true
      await nextTurn()
      await this.#serveEdits()
      serving = false
      busySince = performance.now()
    }
    this.#gathering = true
    try {
      const evidence = await gatherEvidence(evidenceInput(playbook, this.#asOf(playbook)), engine, breathe)
      this.#facts = { evidence, answers: await ledgerAnswers(playbook, this.#ledger, engine) }
    } finally {
      this.#gathering = false
      this.#ahead = false
    }
  }

  async #checkAll(live: LivePlaybook): Promise<void> {
    const input = this.#input(live)
    const run = this.#check.checkAll(input, this.#facts, this.#stale.all ? 'all rules' : 'rules about the whole')
    let busySince = performance.now()
    for (;;) {
      const step = run.next()
      if (step.done) {
        Object.assign(this.#stale, { all: false, whole: false })
        this.#tellAll(step.value)
        this.#options.settled?.()
        if (this.#kept.isEmpty) this.#keep(live)
        return
      }
      if (performance.now() - busySince < longestStep) continue
      await nextTurn()
      if (this.#edited.size > 0) return
      busySince = performance.now()
    }
  }

  #input(live: LivePlaybook, playbook = live.playbook): CheckInput {
    return {
      playbook,
      sources: live.sources,
      asOf: this.#asOf(playbook),
      ledger: this.#ledger,
      ...(this.#manifest === undefined ? {} : { manifest: this.#manifest }),
      rules,
    }
  }

  #asOf(playbook: Playbook): string {
    return judgingDay(this.#options.asOf, playbook.settings.asOf)
  }

  #tellAll(byFile: ReadonlyMap<string, readonly Finding[]>): void {
    for (const path of new Set([...this.#published.keys(), ...this.#open.keys(), ...byFile.keys()]))
      this.#tell(path, path === this.#unreadable?.path ? this.#unreadable.findings : (byFile.get(path) ?? []))
  }

  #tell(path: string, findings: readonly Finding[]): void {
    const version = this.#open.get(path)?.version
    const key = `${version} ${JSON.stringify(findings)}`
    if (this.#published.get(path)?.key === key) return
    this.#published.set(path, { key, findings })
    this.#options.publish(path, findings, version)
  }

  /** playbook.yaml that is no YAML is told where it is, beside what was right before. */
  #sayOfSettings(error: unknown): void {
    const cause = error instanceof Error ? error.cause : undefined
    if (!(cause instanceof UnreadableSettings)) {
      this.#say(error)
      return
    }
    const findings = cause.problems.map(
      ({ range, text }): Finding => ({
        rule: 'file/frontmatter',
        severity: 'error',
        text,
        file: cause.path,
        range: cause.source.lineRange(range),
        related: [],
        fixes: [],
        subject: '',
      }),
    )
    this.#unreadable = { path: cause.path, findings }
    this.#tell(cause.path, findings)
  }

  #say(error: unknown): void {
    if (error instanceof Fault) this.#options.fault?.(error.message)
    else
      this.#options.fault?.(`this is a fault of Playproof: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function isSame({ before, after }: PageChange): boolean {
  if (before === undefined || after === undefined || before.source.text !== after.source.text) return false
  return JSON.stringify(before.entity?.facts) === JSON.stringify(after.entity?.facts)
}

function readsLedger(rule: Rule): boolean {
  return rule.reads.some((name) => /^(?:evidence|ledger)/.test(name))
}

/** What the ledger is asked on behalf of a page. */
function toldToLedger(playbook: Playbook, page: LivePage | undefined): string {
  const entity = page?.entity
  if (entity === undefined) return ''
  const input = evidenceInput(aloneIn(playbook, entity), '')
  // Where something stands in a text is no part of what it means.
  return `${entity.node === undefined} ${JSON.stringify(input, (key, value) => (key === 'range' || key === 'columnRange' ? undefined : value))}`
}
