/**
 * What git knows of the playbook: a base commit's files, and which files a change touches.
 *
 * The repository may be a stranger's, so git runs without a shell, without its hooks, monitors, pagers and
 * external drivers, and sees only commit hashes that were verified first.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { normalize } from 'node:path/posix'
import type { PageFile, PlaybookFiles } from '../check/assemble-playbook.ts'
import type { LedgerFile } from '../ledger/ledger.ts'
import { manifestName } from '../ledger/manifest.ts'
import { identify } from '../model/entity-types.ts'
import type { LedgerSettings } from '../model/ledger-settings.ts'
import { visible } from '../source/visible.ts'
import { Fault } from './fault.ts'
import { playbookFolder } from './find-root.ts'
import { unpacked } from './read-folder.ts'

/** The hash of the commit where `ref` and HEAD part. Throws {@link Fault} where git or the ref is not there. */
export function mergeBase(root: string, ref: string): string {
  const commit = verified(root, ref)
  const base = git(root, ['merge-base', commit, verified(root, 'HEAD')])
  if (base.status !== 0)
    throw new Fault(
      `\`${visible(ref)}\` and HEAD share no commit. Fetch the whole history (\`fetch-depth: 0\` in CI), or name another ref.`,
    )
  return text(base).trim()
}

/** Files of the playbook, relative to the root, that differ from `commit`, untracked ones among them. */
export function changedFiles(root: string, commit: string): ReadonlySet<string> {
  const differing = required(
    git(root, [
      'diff',
      '--name-only',
      '-z',
      '--no-ext-diff',
      '--no-textconv',
      '--no-renames',
      '--relative',
      commit,
      '--',
      playbookFolder,
    ]),
  )
  const untracked = required(git(root, ['ls-files', '--others', '--exclude-standard', '-z', '--', playbookFolder]))
  return new Set(`${differing}${untracked}`.split('\0').filter((path) => path !== ''))
}

/** A commit of HEAD's own line, a merge among them, that changed a file: what came in, and on which day. */
export interface MergedChange {
  readonly commit: string
  /** `YYYY-MM-DD`, where it was committed. */
  readonly day: string
}

/**
 * The changes of each file of the playbook, latest first, by path relative to the root; a file's first commit is no
 * change. Undefined where git is missing or the root lies in no repository.
 */
export function mergedChanges(root: string): ReadonlyMap<string, readonly MergedChange[]> | undefined {
  const log = history(root)
  if (log === undefined) return undefined
  const changes = new Map<string, MergedChange[]>()
  let commit: MergedChange | undefined
  for (const part of log.split('\0')) {
    // No path reads so: all of them begin with the folder's name.
    const head = /^\n?commit ([0-9a-f]+) (\d{4}-\d{2}-\d{2})$/.exec(part)
    const path = part.replace(/^\n/, '')
    if (head !== null) commit = { commit: head[1] ?? '', day: head[2] ?? '' }
    else if (commit !== undefined && path !== '') {
      const known = changes.get(path)
      if (known === undefined) changes.set(path, [commit])
      else known.push(commit)
    }
  }
  return changes
}

function history(root: string): string | undefined {
  // Without git there is no history to tell, and the rest of what was asked can still be said.
  if (findGit() === undefined) return undefined
  const log = git(root, [
    'log',
    '--first-parent',
    '-m',
    '--diff-filter=M',
    '--name-only',
    '-z',
    '--format=commit %H %cs',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--no-show-signature',
    '--relative',
    'HEAD',
    '--',
    playbookFolder,
  ])
  return log.status === 0 ? text(log) : undefined
}

/** The commit of HEAD, and whether the playbook's folder differs from it; undefined outside a repository with a commit. */
export function commitOf(root: string): { readonly hash: string; readonly changed: boolean } | undefined {
  if (findGit() === undefined) return undefined
  const head = git(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
  const hash = head.status === 0 ? text(head).trim() : ''
  return hash === '' ? undefined : { hash, changed: changedFiles(root, hash).size > 0 }
}

/** The latest change of a page that git knows of. */
export interface PageChange {
  /** Relative to the root: `playbook/plays/audit-deadline.md`. */
  readonly path: string
  /** When it was committed, `2026-03-14T09:26:53Z`. */
  readonly on: string
  /** `new` where nothing before it is known. */
  readonly what: 'new' | 'changed'
}

/**
 * When each page of the playbook last changed, latest first; without messages and authors, which no reader of a site
 * needs. Empty without git, outside a repository, and for what a shallow clone cannot know.
 */
export function pageChanges(root: string): readonly PageChange[] {
  const args = ['log', '--max-count=1000', '--format=%x01%ct %P', '--name-status', '-z', '--no-renames', '--relative']
  let log: SpawnSyncReturns<Buffer>
  try {
    log = git(root, [...args, '--', playbookFolder])
  } catch (error) {
    if (error instanceof Fault) return []
    throw error
  }
  if (log.status !== 0) return []
  const shallow = text(git(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true'
  const latest = new Map<string, PageChange>()
  for (const commit of text(log).split('\u0001').slice(1)) {
    const [head = '', ...fields] = commit.split('\0').map((field) => field.replace(/^\n/, ''))
    const [seconds, ...parents] = head.trim().split(' ')
    // Where history was cut off every file looks new.
    if (shallow && parents.length === 0) continue
    const on = new Date(Number(seconds) * 1_000).toISOString().replace('.000Z', 'Z')
    for (let index = 0; index + 1 < fields.length; index += 2) {
      const path = fields[index + 1] ?? ''
      if (!latest.has(path)) latest.set(path, { path, on, what: fields[index] === 'A' ? 'new' : 'changed' })
    }
  }
  return [...latest.values()]
}

/** Where the repository is: the address of its `origin`, its main branch, and the root inside it. */
export interface Remote {
  readonly address: string
  readonly branch: string
  /** `` or `sales/`. */
  readonly prefix: string
}

/** Undefined without git or without an `origin`. */
export function remoteOf(root: string): Remote | undefined {
  try {
    const asked = (...args: string[]): string => {
      const result = git(root, args)
      return result.status === 0 ? text(result).trim() : ''
    }
    const address = asked('remote', 'get-url', 'origin')
    const main = asked('symbolic-ref', '--short', 'refs/remotes/origin/HEAD').replace(/^origin\//, '')
    const usual = ['main', 'master'].find(
      (name) => asked('rev-parse', '--verify', '--quiet', `refs/heads/${name}`) !== '',
    )
    const branch = main || (usual ?? 'main')
    return { address, branch, prefix: asked('rev-parse', '--show-prefix') }
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/** The files of a commit; undefined where it has no playbook. */
export class Revision {
  readonly #root: string
  /** Path relative to the root to blob id; regular files only. */
  readonly #blobs = new Map<string, string>()

  constructor(root: string, commit: string) {
    this.#root = root
    for (const line of required(git(root, ['ls-tree', '-r', '-z', commit, '--', playbookFolder])).split('\0')) {
      const match = /^(\d{6}) blob ([0-9a-f]+)\t(.*)$/s.exec(line)
      if (match !== null && match[1] !== '120000') this.#blobs.set(match[3] ?? '', match[2] ?? '')
    }
  }

  /** Undefined where the commit holds no playbook. */
  files(): PlaybookFiles | undefined {
    const pages = [...this.#blobs.keys()].filter(
      (path) => identify(path.slice(playbookFolder.length + 1)) !== undefined,
    )
    const named = [`${playbookFolder}/playbook.yaml`, `${playbookFolder}/comp.yaml`]
    const contents = this.#read([...pages, ...named])
    const settings = contents.get(named[0] ?? '')
    if (settings === undefined) return undefined
    return {
      folder: playbookFolder,
      pages: pages.map((path): PageFile => ({ path, bytes: contents.get(path) ?? new Uint8Array() })),
      settings,
      compensation: contents.get(named[1] ?? ''),
      paths: new Set(this.#blobs.keys()),
    }
  }

  /** The ledger's files as the commit has them; those it lacks are left out. */
  ledgerFiles(settings: LedgerSettings): LedgerFile[] {
    const names = [...settings.deals.files, ...(settings.accounts?.files ?? []), ...(settings.sellers?.files ?? [])]
    const paths = names.map((name) => `${playbookFolder}/${name}`)
    const contents = this.#read(paths.map((path) => normalize(path)))
    return paths.flatMap((path) => {
      const bytes = contents.get(normalize(path))
      if (bytes === undefined) return []
      return [{ path, bytes: path.endsWith('.gz') ? unpacked(bytes, `${visible(path)} of the base commit`) : bytes }]
    })
  }

  /** The manifest of the commit's ledger; undefined where it has none. */
  manifest(): Uint8Array | undefined {
    const path = `${playbookFolder}/${manifestName}`
    return this.#read([path]).get(path)
  }

  #read(paths: readonly string[]): Map<string, Uint8Array> {
    const known = [...new Set(paths)].flatMap((path) => {
      const blob = this.#blobs.get(path)
      return blob === undefined ? [] : [{ path, blob }]
    })
    const contents = new Map<string, Uint8Array>()
    if (known.length === 0) return contents
    const result = git(this.#root, ['cat-file', '--batch'], known.map(({ blob }) => blob).join('\n'))
    if (result.status !== 0)
      throw new Fault('git could not read the base commit. Fetch the whole history (`fetch-depth: 0` in CI).')
    let offset = 0
    for (const { path } of known) {
      const end = result.stdout.indexOf(10, offset)
      const size = Number(result.stdout.subarray(offset, end).toString('latin1').split(' ')[2])
      // A partial clone may lack a blob, and then says so instead of its size.
      if (!Number.isInteger(size))
        throw new Fault('git lacks files of the base commit. Fetch the whole history (`fetch-depth: 0` in CI).')
      contents.set(path, result.stdout.subarray(end + 1, end + 1 + size))
      offset = end + 1 + size + 1
    }
    return contents
  }
}

function verified(root: string, ref: string): string {
  const usable = !ref.startsWith('-') && !/\p{Cc}/u.test(ref)
  const result = usable ? git(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]) : undefined
  const hash = result?.status === 0 ? text(result).trim() : ''
  if (!/^[0-9a-f]{40,64}$/.test(hash))
    throw new Fault(
      `git knows no commit \`${visible(ref)}\` here. Name a branch, a tag or a commit, and in CI fetch the whole history (\`fetch-depth: 0\`).`,
    )
  return hash
}

function required(result: SpawnSyncReturns<Buffer>): string {
  if (result.status !== 0)
    throw new Fault(
      'git could not compare this folder with the base commit. Is it a git repository with its whole history?',
    )
  return text(result)
}

function text(result: SpawnSyncReturns<Buffer>): string {
  return result.stdout.toString('utf8')
}

const settings = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'safe.bareRepository=explicit',
  'protocol.ext.allow=never',
  'core.quotePath=false',
  'core.pager=cat',
]

function git(root: string, args: readonly string[], input?: string): SpawnSyncReturns<Buffer> {
  const result = spawnSync(
    gitPath(),
    ['--no-pager', ...settings.flatMap((setting) => ['-c', setting]), '-C', root, ...args],
    {
      input: input ?? '',
      env: { ...process.env, GIT_LITERAL_PATHSPECS: '1', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' },
      maxBuffer: 2 ** 31 - 1,
      timeout: 60_000,
    },
  )
  if (result.error !== undefined)
    throw new Fault('git did not answer. Is it installed, and is this its repository?', { cause: result.error })
  return result
}

/** {@link findGit}; throws {@link Fault} where there is none. */
export function gitPath(): string {
  const path = findGit()
  if (path === undefined)
    throw new Fault('git is not installed. Install it (https://git-scm.com), or do without what needs the history.')
  return path
}

let found: string | undefined

/** git by its absolute path: one that lies in the current folder is never run. */
function findGit(): string | undefined {
  if (found !== undefined) return found
  const names = process.platform === 'win32' ? ['git.exe'] : ['git']
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter(isAbsolute)) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK)
        found = join(folder, name)
        return found
      } catch {
        // Not in this folder of PATH.
      }
    }
  }
  return undefined
}
