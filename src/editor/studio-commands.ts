/**
 * What the extension asks the studio's server for, and what it gets: the contract of the two.
 */

/** The bodies of `POST /api/<name>`; paths are relative to the root. */
export interface StudioCommands {
  readonly stage: { files: string[] }
  readonly unstage: { files: string[] }
  /** Commits these files as they are on disk, and nothing else. */
  readonly commit: { files: string[]; message: string }
  readonly branch: { name: string; create: boolean }
  readonly identity: { name: string; email: string }
  readonly push: Record<string, never>
  /** Trusts a branch with commits of others, as it stands. */
  readonly trust: Record<string, never>
  /** `{ page: 'plays/old', id: 'new' }` */
  readonly rename: { page: string; id: string }
  /** Starts the live site. */
  readonly site: Record<string, never>
}

export interface ChangedFile {
  readonly path: string
  readonly kind: 'added' | 'changed' | 'removed' | 'conflict'
}

/** The answer of `GET /api/state`; null where the playbook is in no git repository. */
export interface RepositoryState {
  /** Null where HEAD is on no branch. */
  readonly branch: string | null
  readonly branches: readonly string[]
  readonly staged: readonly ChangedFile[]
  readonly changed: readonly ChangedFile[]
  /** Commits not pushed yet; null where the branch has no upstream. */
  readonly ahead: number | null
  readonly behind: number
  /** Whether this is the branch everybody works from, to which nothing is pushed from here. */
  readonly shared: boolean
  /** Whether git knows a name and an e-mail address to commit under. */
  readonly identity: boolean
  /** Whether the branch holds no commits of others that nobody here trusted yet. */
  readonly trusted: boolean
  /** Where a pull request for this branch is opened; null where that is not known. */
  readonly pullRequest: string | null
}
