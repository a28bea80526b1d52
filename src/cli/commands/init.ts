/**
 * `playproof init`: a playbook that passes, with CI workflows and editor settings.
 *
 * Nothing that exists is touched. Each file is written whole, and playbook.yaml last: as long as it is missing
 * there is no playbook, and another `init` goes on where the first one was stopped.
 */
import { lstatSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { visible } from '../../source/visible.ts'
import { codeOf, Fault } from '../../workspace/fault.ts'
import { playbookFolder } from '../../workspace/find-root.ts'
import { judgingDay } from '../../workspace/read-workspace.ts'
import { version } from '../../workspace/version.ts'
import { writeText } from '../../workspace/write-file.ts'
import { confirmSample } from '../confirm-sample.ts'
import { filledTemplates } from '../fill-template.ts'
import type { Terminal } from '../terminal.ts'

const settingsPath = `${playbookFolder}/playbook.yaml`

/** Makes what is missing in `given` or the current folder. */
export async function init(given: string | undefined, terminal: Terminal): Promise<number> {
  const root = rootFor(given)
  const values = { company: companyOf(root), version, today: judgingDay(undefined, undefined) }
  const files = await confirmSample(filledTemplates(values))
  const hasPlaybook = exists(join(root, settingsPath))
  const wanted = hasPlaybook ? files.filter(({ path }) => !path.startsWith(`${playbookFolder}/`)) : files
  const kept = wanted.filter(({ path }) => exists(join(root, path))).map(({ path }) => path)
  const missing = wanted.filter(({ path }) => !kept.includes(path))
  for (const { path, text } of missing.toSorted(
    (a, b) => Number(a.path === settingsPath) - Number(b.path === settingsPath),
  )) {
    makeFolder(root, dirname(path))
    writeText({ root, name: '`playproof init`' }, path, text, { replaces: 'absent' })
  }
  const made = missing.map(({ path }) => path)
  say({ root, given, made, kept, hasPlaybook }, terminal)
  return 0
}

function rootFor(given: string | undefined): string {
  const root = resolve(given ?? '.')
  if (given === undefined) {
    for (let up = dirname(root); up !== dirname(up); up = dirname(up)) {
      if (!exists(join(up, settingsPath))) continue
      throw new Fault(
        `this folder belongs to the playbook of ${visible(up)}. Work there, or make another one here with \`playproof init --root .\`.`,
      )
    }
  }
  makeFolder(root, '.')
  return realpathSync(root)
}

/** The folder's name as a company's: `halyard-playbook` is `Halyard`. */
function companyOf(root: string): string {
  const filler = new Set([
    'playbook',
    'playbooks',
    'cookbook',
    'sales',
    'gtm',
    'repo',
    'repository',
    'main',
    'the',
    'our',
  ])
  const words = basename(root)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !filler.has(word.toLowerCase()))
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
  return /\p{L}/u.test(name) && name.length <= 60 ? name : 'Your company'
}

/** Whether anything is there, a link that leads nowhere too. */
function exists(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch (error) {
    return codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR'
  }
}

function makeFolder(root: string, path: string): void {
  const folder = join(root, path)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    const why = blockedBy(folder) ?? `(${codeOf(cause)}). Check its permissions, or name another folder with \`--root\``
    throw new Fault(`the folder ${visible(path === '.' ? root : path)} cannot be made ${why}.`, { cause })
  }
}

/** A file that stands where a folder is wanted. */
function blockedBy(folder: string): string | undefined {
  for (let up = folder; up !== dirname(up); up = dirname(up)) {
    if (exists(up))
      return statSync(up, { throwIfNoEntry: false })?.isDirectory()
        ? undefined
        : `because ${visible(up)} is no folder. Move it away first`
  }
  return undefined
}

interface Outcome {
  readonly root: string
  readonly given: string | undefined
  /** Relative to the root. */
  readonly made: readonly string[]
  readonly kept: readonly string[]
  /** Whether there was one before. */
  readonly hasPlaybook: boolean
}

function say({ root, given, made, kept, hasPlaybook }: Outcome, terminal: Terminal): void {
  const { bold, dim } = terminal.colors
  const where = relative(process.cwd(), root) === '' ? 'here' : `in ${visible(root)}`
  if (hasPlaybook) terminal.out(`There is a playbook ${where} already; its pages were left as they are.`)
  if (made.length === 0) terminal.out('Nothing is missing, so nothing was made.')
  else terminal.out(hasPlaybook ? 'Made what was missing beside it:' : `Made a playbook ${where}:`)
  for (const line of inFolders(made)) terminal.out(`  ${line}`)
  if (kept.length > 0) terminal.out('Kept as it was:')
  for (const line of inFolders(kept)) terminal.out(`  ${line}`)
  if (kept.includes('.gitignore') && !ignoresSite(root))
    terminal.out('Add the line `dist/` to .gitignore: the built site goes there.')
  const repository = repositoryAbove(root)
  if (repository !== undefined && made.some((path) => path.startsWith('.github/'))) {
    terminal.out(
      `A code host reads .github/ only at the top of a repository: move it to ${visible(repository)} and correct the paths in its workflows.`,
    )
  }
  if (terminal.quiet) return
  const option =
    given === undefined ? '' : ` --root ${/^[\w./:\\-]+$/.test(given) ? given : JSON.stringify(visible(given))}`
  const next = [
    [`npx playproof check${option}`, 'validates the playbook: run it after every change'],
    [`npx playproof dev${option}`, 'shows it as a site that follows every save'],
    [
      `${playbookFolder}/README.md`,
      hasPlaybook ? 'is where its readers begin' : 'says how the sample becomes your own',
    ],
  ] as const
  const width = Math.max(...next.map(([what]) => what.length))
  terminal.out(`\n${bold('Next')}`)
  for (const [what, why] of next) terminal.out(`  ${what.padEnd(width)}  ${dim(why)}`)
}

/** Files by their folder, one line each: `playbook/plays/  audit-deadline.md`. */
function inFolders(paths: readonly string[]): string[] {
  const byFolder = Map.groupBy(paths, (path) => (path.includes('/') ? `${dirname(path)}/` : './'))
  const width = Math.max(0, ...[...byFolder.keys()].map((folder) => folder.length))
  return [...byFolder].map(
    ([folder, files]) => `${folder.padEnd(width)}  ${files.map((file) => basename(file)).join(', ')}`,
  )
}

/** Whether the `.gitignore` that was there keeps the built site out of the repository. */
function ignoresSite(root: string): boolean {
  try {
    const lines = readFileSync(join(root, '.gitignore'), 'utf8').split('\n')
    return lines.some((line) => line.trim().replaceAll('/', '') === 'dist')
  } catch {
    return false
  }
}

/** The top of the repository that holds `root`, where that is another folder. */
function repositoryAbove(root: string): string | undefined {
  for (let up = root; ; up = dirname(up)) {
    if (exists(join(up, '.git'))) return up === root ? undefined : up
    if (up === dirname(up)) return undefined
  }
}
