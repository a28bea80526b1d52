/**
 * Work kept from run to run in `.playproof/`: facts of pages by content, the cells of
 * a large ledger, and the last result by all it came from.
 *
 * Never needed for a right answer and safe to delete. A pull request must not be able to bring a cache of
 * its own, so what is kept is signed with a key that lives outside the repository and is thrown away when the
 * signature, the product's version or the parser differs.
 */
import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import type { FactsCache } from '../check/assemble-playbook.ts'
import type { TableCache } from '../ledger/engines/kept-table.ts'
import { type Packed, packFacts, unpackFacts } from '../page/packed-facts.ts'
import type { PageFacts, PageLimits } from '../page/page.ts'
import { codeOf, Fault } from './fault.ts'
import { isRunning } from './is-running.ts'

export const workFolder = '.playproof'

/** Makes `.playproof/` with a `.gitignore` of its own, and returns its path. Throws {@link Fault} where it is a link. */
export function makeWorkFolder(root: string): string {
  const folder = join(root, workFolder)
  // A pull request may bring one that leads to any other folder.
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new Fault(`${workFolder} is no folder of its own but a link or a file. Delete it and run again.`)
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx' })
  } catch {
    // It is there already.
  }
  return folder
}

/**
 * A new folder of `.playproof/` for a site being made. What earlier runs left when they were cut off goes first; a run that
 * still works keeps its own. Throws {@link Fault} where `.playproof` is a link or cannot be written.
 */
export function makeSiteFolder(root: string): string {
  try {
    const folder = makeWorkFolder(root)
    for (const entry of readdirSync(folder)) {
      const owner = /^site-(\d+)-/.exec(entry)?.[1]
      if (owner !== undefined && !isRunning(Number(owner)))
        rmSync(join(folder, entry), { recursive: true, force: true })
    }
    const made = join(folder, `site-${process.pid}-${randomBytes(6).toString('hex')}`)
    mkdirSync(made)
    return made
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault(
      `a site is made in ${workFolder}/ of the repository, which cannot be written (${codeOf(cause)}). Free some space or check permissions.`,
      { cause },
    )
  }
}

/**
 * Makes `.playproof/node_modules` lead to `modules`, so that what works in `.playproof/` finds the modules this package was
 * installed with and no others: started by `npx` it lies nowhere above, and a pull request may bring modules of its own.
 */
export function linkModules(root: string, modules: string): void {
  const link = join(makeWorkFolder(root), 'node_modules')
  try {
    if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(link) === modules) return
    rmSync(link, { recursive: true, force: true })
    symlinkSync(modules, link, 'junction')
  } catch (cause) {
    throw new Fault(`${workFolder}/node_modules cannot be written (${codeOf(cause)}). Delete it and run again.`, {
      cause,
    })
  }
}

/** One signed file of `.playproof/`. Reading gives undefined, and writing does nothing, wherever something is in the way. */
export class SignedFile {
  readonly #root: string
  readonly #name: string
  readonly #stamp: string

  constructor(root: string, name: string, stamp: string) {
    this.#root = root
    this.#name = name
    this.#stamp = stamp
  }

  read(): string | undefined {
    return this.readBytes()?.toString('utf8')
  }

  readBytes(): Buffer | undefined {
    try {
      const path = join(this.#root, workFolder, this.#name)
      // Not through a link: it could lead to something that never ends.
      if (!lstatSync(dirname(path)).isDirectory() || !lstatSync(path).isFile()) return undefined
      const content = readFileSync(path)
      const end = content.indexOf(10)
      const body = content.subarray(end + 1)
      const wanted = Buffer.from(this.#sign([body]))
      const given = content.subarray(0, end)
      return given.length === wanted.length && timingSafeEqual(given, wanted) ? body : undefined
    } catch {
      return undefined
    }
  }

  write(body: string | readonly Uint8Array[]): void {
    try {
      this.mustWrite(body)
    } catch {
      // A full disk or a read-only checkout costs speed, nothing else.
    }
  }

  /** Writes, or throws where something is in the way. */
  mustWrite(body: string | readonly Uint8Array[]): void {
    const folder = makeWorkFolder(this.#root)
    const temporary = join(folder, `${this.#name}.${randomBytes(4).toString('hex')}.tmp`)
    const parts = typeof body === 'string' ? [Buffer.from(body, 'utf8')] : body
    const file = openSync(temporary, 'wx', 0o600)
    try {
      for (const part of [Buffer.from(`${this.#sign(parts)}\n`), ...parts]) writeFileSync(file, part)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, join(folder, this.#name))
  }

  #sign(parts: readonly Uint8Array[]): string {
    const signature = createHmac('sha256', key()).update(this.#stamp).update('\n')
    for (const part of parts) signature.update(part)
    return signature.digest('hex')
  }
}

/** Where this user keeps what belongs to no repository; nobody else may write there. */
export function userCacheFolder(): string {
  // A relative one would be looked for in the repository, which anybody may write.
  const wanted = process.env.XDG_CACHE_HOME
  return join(wanted !== undefined && isAbsolute(wanted) ? wanted : join(homedir(), '.cache'), 'playproof')
}

/** The secret of this user on this machine, made on first use. */
function key(): Buffer {
  secret ??= readOrMakeKey()
  return secret
}

let secret: Buffer | undefined

function readOrMakeKey(): Buffer {
  const path = join(userCacheFolder(), 'key')
  try {
    const known = readFileSync(path)
    if (known.length === 32) return known
  } catch {
    // None yet.
  }
  const made = randomBytes(32)
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, made, { mode: 0o600, flag: 'wx' })
    return made
  } catch {
    try {
      const other = readFileSync(path)
      return other.length === 32 ? other : made
    } catch {
      return made
    }
  }
}

/** Facts by content, read at the start and written back when something was added. */
export class StoredFacts implements FactsCache {
  readonly #file: SignedFile
  readonly #known = new Map<string, string>()
  readonly #used = new Map<string, string>()
  #added = 0

  constructor(root: string, stamp: string) {
    this.#file = new SignedFile(root, 'facts', stamp)
    for (const line of this.#file.read()?.split('\n') ?? []) {
      const end = line.indexOf('[')
      if (end > 0) this.#known.set(line.slice(0, end), line.slice(end))
    }
  }

  lookUp(bytes: Uint8Array, text: string, limits: PageLimits): PageFacts | undefined {
    const key = factsKey(bytes, limits)
    const found = this.#known.get(key)
    if (found === undefined) return undefined
    this.#used.set(key, found)
    return unpackFacts(JSON.parse(found) as Packed, text)
  }

  keep(bytes: Uint8Array, text: string, limits: PageLimits, facts: PageFacts): void {
    this.#used.set(factsKey(bytes, limits), JSON.stringify(packFacts(facts, text)))
    this.#added++
  }

  /**
   * Writes what is new. Facts of deleted pages go once they are a tenth of all: an editor reads some pages before it
   * has these facts, and what it did not ask for is not gone.
   */
  save(): void {
    const fewUsed = this.#used.size < this.#known.size * 0.9
    if (this.#added === 0 && !fewUsed) return
    const kept = fewUsed ? this.#used : new Map([...this.#known, ...this.#used])
    this.#file.write([...kept].map(([key, facts]) => `${key}${facts}\n`).join(''))
  }
}

/** What facts are made from: the bytes, by their hash, and the limits that may cut them short. */
function factsKey(bytes: Uint8Array, limits: PageLimits): string {
  return `${hash('sha256', bytes, 'base64')} ${limits.maxFileBytes} ${limits.maxDepth}`
}

/** The last result of a check, or what an editor was told last, by a hash of everything that it was made from. */
export class StoredResult {
  readonly #file: SignedFile

  constructor(root: string, name: 'result' | 'told', stamp: string) {
    this.#file = new SignedFile(root, name, stamp)
  }

  lookUp(key: string): unknown {
    const content = this.#file.read()
    return content?.startsWith(`${key}\n`) ? JSON.parse(content.slice(key.length + 1)) : undefined
  }

  keep(key: string, result: unknown): void {
    this.#file.write(`${key}\n${JSON.stringify(result)}`)
  }
}

/** The cells of large ledger files, by all they were read from. */
export class StoredTables implements TableCache {
  readonly #root: string
  readonly #stamp: string

  constructor(root: string, stamp: string) {
    this.#root = root
    this.#stamp = stamp
  }

  lookUp(place: number, key: string): Uint8Array | undefined {
    return this.#file(place, key).readBytes()
  }

  keep(place: number, key: string, table: readonly Uint8Array[]): void {
    this.#file(place, key).write(table)
  }

  /** The key is part of the stamp: a table of other bytes has another signature. */
  #file(place: number, key: string): SignedFile {
    return new SignedFile(this.#root, `deals-${place + 1}`, `${this.#stamp} ${key}`)
  }
}
