/**
 * What a person at the page may do with git: see what changed, choose files, commit them, push the branch.
 *
 * git runs without a shell, with every name after `--`, and only on files it listed itself as changed. The user's
 * own hooks run, so nothing of this is done on a stranger's branch before it is trusted. A commit holds the named
 * files and nothing else: it is made on a copy of the index, so whatever else was staged stays staged. A push goes
 * to the branch's own upstream, is never forced, and never goes to the branch everybody works from.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ChangedFile, RepositoryState } from '../editor/studio-commands.ts'
import { visible } from '../source/visible.ts'
import { playbookFolder } from '../workspace/find-root.ts'
import { gitPath } from '../workspace/git.ts'
import { userCacheFolder } from '../workspace/work-cache.ts'
import { pullRequestAddress } from './pull-request.ts'

/** Something git could not do; the message is for the person at the page. */
export class GitRefused extends Error {}

interface Ran {
  readonly status: number
  readonly out: Buffer
  readonly said: string
}

export class Repository {
  readonly #root: string
  readonly #running = new Set<ChildProcess>()

  constructor(root: string) {
    this.#root = root
  }

  /** Undefined where the playbook is in no git repository. */
  async state(): Promise<RepositoryState | undefined> {
    const where = await this.#git(['rev-parse', '--show-prefix'])
    if (where.status !== 0) return undefined
    const prefix = where.out.toString('utf8').replace(/\n$/, '')
    const status = ['status', '--porcelain=v2', '-z', '--branch', '--untracked-files=all', '--no-renames', '--']
    const [listed, heads, identity, foreign, base] = await Promise.all([
      this.#must([...status, playbookFolder]),
      this.#must(['for-each-ref', '--format=%(refname:short)', 'refs/heads']),
      this.#hasIdentity(),
      this.#newestForeignCommit(),
      this.#sharedBranch(),
    ])
    const { head, ahead, behind, staged, changed } = parseStatus(listed.out.toString('utf8'), prefix)
    const remote = head === undefined ? undefined : await this.#remoteOf(head)
    const address = remote === undefined ? undefined : await this.#addressOf(remote)
    const shared = head !== undefined && isShared(head, base)
    return {
      branch: head ?? null,
      branches: heads.out.toString('utf8').split('\n').filter(Boolean),
      staged,
      changed,
      ahead: ahead ?? null,
      behind,
      shared,
      identity,
      trusted: foreign === undefined || this.#trusts(foreign),
      pullRequest:
        head === undefined || address === undefined || shared
          ? null
          : (pullRequestAddress(address, head, base) ?? null),
    }
  }

  /** Whether files may be changed and hooks may run: not on a branch with commits of others, until somebody says so. */
  async trusted(): Promise<boolean> {
    if ((await this.#git(['rev-parse', '--git-dir'])).status !== 0) return true
    const foreign = await this.#newestForeignCommit()
    return foreign === undefined || this.#trusts(foreign)
  }

  /** Trusts the branch as it stands; later commits of others ask again. */
  async trust(): Promise<void> {
    const foreign = await this.#newestForeignCommit()
    if (foreign === undefined) return
    const path = this.#trustFile()
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, foreign, { mode: 0o600 })
  }

  /** The file as the last commit has it; undefined where it has none. */
  async base(path: string): Promise<Buffer | undefined> {
    const listed = await this.#git(['ls-tree', '-z', 'HEAD', '--', path])
    const blob = /^\d{6} blob ([0-9a-f]+)\t/.exec(listed.out.toString('utf8'))?.[1]
    return blob === undefined ? undefined : (await this.#must(['cat-file', 'blob', blob])).out
  }

  async stage(files: readonly string[]): Promise<void> {
    await this.#writing(files)
    await this.#must(['add', '--all', '--', ...files])
  }

  async unstage(files: readonly string[]): Promise<void> {
    await this.#writing(files)
    if ((await this.#git(['rev-parse', '--verify', '--quiet', 'HEAD'])).status === 0)
      await this.#must(['reset', '--quiet', '--', ...files])
    else await this.#must(['rm', '--cached', '--quiet', '--', ...files])
  }

  /** Commits these files as they are on disk. */
  async commit(files: readonly string[], message: string): Promise<void> {
    await this.#writing(files)
    if (!(await this.#hasIdentity()))
      throw new GitRefused('git does not know who you are. Give your name and e-mail address first.')
    const own = (await this.#must(['rev-parse', '--path-format=absolute', '--git-path', 'index'])).out
      .toString('utf8')
      .trim()
    if (existsSync(join(dirname(own), 'MERGE_HEAD')))
      throw new GitRefused('Two branches are being merged here. Finish that with git, then commit in the studio again.')
    const copy = `${own}.playproof-${randomBytes(6).toString('hex')}`
    try {
      if (existsSync(own)) copyFileSync(own, copy)
      await this.#must(['add', '--all', '--', ...files], { index: copy })
      const commit = ['commit', '--only', '--quiet', '--cleanup=whitespace', '--file=-', '--', ...files]
      await this.#must(commit, { index: copy, input: message })
      await this.#must(['reset', '--quiet', '--', ...files])
    } finally {
      rmSync(copy, { force: true })
      rmSync(`${copy}.lock`, { force: true })
    }
  }

  /** Makes a branch and goes to it, or goes to one there is. */
  async branch(name: string, create: boolean): Promise<void> {
    await this.#writing([])
    const form = await this.#git(['check-ref-format', `refs/heads/${name}`])
    if (form.status !== 0 || name.startsWith('-') || name === 'HEAD')
      throw new GitRefused(`“${visible(name)}” cannot be the name of a branch. Use letters, digits and \`-\`.`)
    if (create) await this.#must(['switch', '--quiet', '--no-guess', '--create', name])
    else await this.#must(['switch', '--quiet', '--no-guess', name])
  }

  /** For this repository only. */
  async setIdentity(name: string, email: string): Promise<void> {
    await this.#writing([])
    await this.#must(['config', '--local', 'user.name', name])
    await this.#must(['config', '--local', 'user.email', email])
  }

  async push(): Promise<void> {
    await this.#writing([])
    const branch = (await this.#git(['symbolic-ref', '--quiet', '--short', 'HEAD'])).out.toString('utf8').trim()
    if (branch === '') throw new GitRefused('You are on no branch. Make one first, then send it.')
    if (isShared(branch, await this.#sharedBranch()))
      throw new GitRefused(
        `“${visible(branch)}” is what everybody works from, so nothing is sent to it from here. Make a branch of your own first.`,
      )
    const remote = await this.#remoteOf(branch)
    if (remote === undefined)
      throw new GitRefused('This repository has no place to send to yet. Ask whoever set it up to add a remote.')
    const merge = await this.#configured(`branch.${branch}.merge`)
    const target = merge ?? `refs/heads/${branch}`
    if (isShared(target.replace(/^refs\/heads\//, ''), await this.#sharedBranch()))
      throw new GitRefused(
        `“${visible(branch)}” is set up to go straight to the shared branch. Make a branch of your own first.`,
      )
    const upstream = merge === undefined ? ['--set-upstream'] : []
    await this.#must(['push', '--quiet', ...upstream, '--end-of-options', remote, `refs/heads/${branch}:${target}`], {
      limit: 120_000,
    })
  }

  /** Ends what is running. */
  close(): void {
    for (const child of this.#running) child.kill()
  }

  /** Nothing is written on a stranger's branch, nor with a file that git did not list as changed. */
  async #writing(files: readonly string[]): Promise<void> {
    const state = await this.state()
    if (state === undefined) throw new GitRefused('This folder is in no git repository.')
    if (!state.trusted)
      throw new GitRefused(
        'This branch was made by somebody else. Choose “Trust This Branch” before changing anything.',
      )
    const known = new Set([...state.staged, ...state.changed].map(({ path }) => path))
    const unknown = files.find((file) => !known.has(file))
    if (unknown !== undefined) throw new GitRefused(`${visible(unknown)} is not changed.`)
  }

  async #hasIdentity(): Promise<boolean> {
    const given = ['GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL']
    if (given.every((name) => process.env[name])) return true
    return (await this.#configured('user.name')) !== undefined && (await this.#configured('user.email')) !== undefined
  }

  async #configured(key: string): Promise<string | undefined> {
    const { status, out } = await this.#git(['config', '--get', '--end-of-options', key])
    const value = out.toString('utf8').trim()
    return status === 0 && value !== '' ? value : undefined
  }

  async #remoteOf(branch: string): Promise<string | undefined> {
    const own = await this.#configured(`branch.${branch}.remote`)
    const all = (await this.#git(['remote'])).out.toString('utf8').split('\n').filter(Boolean)
    const one = own ?? (all.includes('origin') ? 'origin' : all.length === 1 ? all[0] : undefined)
    return one !== undefined && all.includes(one) && /^[\w./-]+$/.test(one) && !one.startsWith('-') ? one : undefined
  }

  /** As git would use it, after the user's own abbreviations (`url.<base>.insteadOf`). */
  async #addressOf(remote: string): Promise<string | undefined> {
    const { status, out } = await this.#git(['remote', 'get-url', remote])
    return status === 0 ? out.toString('utf8').trim() : undefined
  }

  /** The name of the branch everybody works from, by what the remote calls its HEAD. */
  async #sharedBranch(): Promise<string | undefined> {
    const { status, out } = await this.#git(['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'])
    return status === 0
      ? out
          .toString('utf8')
          .trim()
          .replace(/^origin\//, '')
      : undefined
  }

  /** The newest commit by somebody else that this branch adds to the shared one. */
  async #newestForeignCommit(): Promise<string | undefined> {
    const candidates = [
      'remotes/origin/HEAD',
      'remotes/origin/main',
      'remotes/origin/master',
      'heads/main',
      'heads/master',
    ]
    for (const name of candidates) {
      const ref = `refs/${name}`
      if ((await this.#git(['show-ref', '--verify', '--quiet', ref])).status !== 0) continue
      const log = await this.#git([
        'log',
        '--max-count=1000',
        '--format=%H %ae',
        '--end-of-options',
        `${ref}..HEAD`,
        '--',
      ])
      const mine = process.env.GIT_AUTHOR_EMAIL ?? (await this.#configured('user.email'))
      const lines = log.out.toString('utf8').split('\n').filter(Boolean)
      return lines.find((line) => line.slice(line.indexOf(' ') + 1) !== mine)?.split(' ')[0]
    }
    return undefined
  }

  #trusts(foreign: string): boolean {
    try {
      return readFileSync(this.#trustFile(), 'utf8') === foreign
    } catch {
      return false
    }
  }

  #trustFile(): string {
    const name = createHash('sha256').update(this.#root).digest('hex').slice(0, 32)
    return join(userCacheFolder(), 'studio', `${name}.trusted`)
  }

  /** Like {@link Repository.#git}, but throws what git said. */
  async #must(args: readonly string[], options: GitOptions = {}): Promise<Ran> {
    const ran = await this.#git(args, options)
    if (ran.status !== 0) throw new GitRefused(ran.said === '' ? 'git could not do that.' : `git says: ${ran.said}`)
    return ran
  }

  #git(args: readonly string[], { input = '', index, limit = 60_000 }: GitOptions = {}): Promise<Ran> {
    const child = spawn(gitPath(), [...settings.flatMap((each) => ['-c', each]), ...args], {
      cwd: this.#root,
      env: environment(index),
      stdio: 'pipe',
      timeout: limit,
    })
    this.#running.add(child)
    const out: Buffer[] = []
    const said: Buffer[] = []
    child.stdout.on('data', (bytes: Buffer) => out.push(bytes))
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes))
    // git may end before it has read everything.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    return new Promise((resolve) => {
      const ended = (status: number): void => {
        this.#running.delete(child)
        resolve({ status, out: Buffer.concat(out), said: readable(Buffer.concat(said).toString('utf8')) })
      }
      child.on('error', () => ended(-1))
      child.on('close', (code) => ended(code ?? -1))
    })
  }
}

interface GitOptions {
  readonly input?: string
  /** Another index than the repository's. */
  readonly index?: string
  /** Milliseconds until it is ended. */
  readonly limit?: number
}

const settings = [
  'core.fsmonitor=false',
  'safe.bareRepository=explicit',
  'protocol.ext.allow=never',
  'core.quotePath=false',
  'core.pager=cat',
  'log.showSignature=false',
]

/** The user's own, but for what would point git at another repository. */
function environment(index: string | undefined): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY, GIT_NAMESPACE, GIT_PREFIX, ...own } =
    process.env
  return {
    ...own,
    GIT_LITERAL_PATHSPECS: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_EDITOR: 'true',
    ...(index === undefined ? {} : { GIT_INDEX_FILE: index }),
  }
}

/** What git or a hook printed, without what could move a cursor or give a password away; the last lines of it. */
function readable(said: string): string {
  const lines = said
    .replace(/(\w+:\/\/)[^\s/@]+@/g, '$1')
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
  return lines.slice(-12).map(visible).join('\n').slice(0, 4_000)
}

function isShared(branch: string, base: string | undefined): boolean {
  return base === undefined ? branch === 'main' || branch === 'master' : branch === base
}

interface Status extends Pick<RepositoryState, 'staged' | 'changed' | 'behind'> {
  readonly head: string | undefined
  readonly ahead: number | undefined
}

/** Reads `git status --porcelain=v2 -z --branch`; its paths begin at the repository's top, ours at the root. */
function parseStatus(text: string, prefix: string): Status {
  const staged: ChangedFile[] = []
  const changed: ChangedFile[] = []
  let head: string | undefined
  let ahead: number | undefined
  let behind = 0
  const ours = (path: string): string => (path.startsWith(prefix) ? path.slice(prefix.length) : path)
  for (const line of text.split('\0')) {
    const named = /^# branch\.head (.+)$/.exec(line)?.[1]
    if (named !== undefined && named !== '(detached)') head = named
    const counts = /^# branch\.ab \+(\d+) -(\d+)$/.exec(line)
    if (counts !== null) [ahead, behind] = [Number(counts[1]), Number(counts[2])]
    const ordinary = /^1 (.)(.) (?:\S+ ){6}(.+)$/s.exec(line)
    if (ordinary !== null) {
      const [, index = '.', tree = '.', path = ''] = ordinary
      if (index !== '.') staged.push({ path: ours(path), kind: kindOf(index) })
      if (tree !== '.') changed.push({ path: ours(path), kind: kindOf(tree) })
    }
    const untracked = /^\? (.+)$/s.exec(line)?.[1]
    if (untracked !== undefined) changed.push({ path: ours(untracked), kind: 'added' })
    const conflict = /^u \S\S (?:\S+ ){8}(.+)$/s.exec(line)?.[1]
    if (conflict !== undefined) changed.push({ path: ours(conflict), kind: 'conflict' })
  }
  return { head, ahead, behind, staged, changed }
}

function kindOf(letter: string): ChangedFile['kind'] {
  return letter === 'A' ? 'added' : letter === 'D' ? 'removed' : 'changed'
}
