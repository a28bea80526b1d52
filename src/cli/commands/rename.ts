/**
 * `playproof rename`: renames a page and every reference to it, in one step.
 */
import { dirname } from 'node:path/posix'
import { planRename } from '../../graph/plan-rename.ts'
import { folders } from '../../model/entity-types.ts'
import { applyEdits } from '../../source/apply-edits.ts'
import type { Edit } from '../../source/text.ts'
import { visible } from '../../source/visible.ts'
import { Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'
import { checkFiles, readFiles } from '../../workspace/read-workspace.ts'
import { usableId } from '../../workspace/usable-id.ts'
import { finishInterrupted, type PlannedChange, writeAll } from '../../workspace/write-all.ts'
import { contentHash } from '../../workspace/write-file.ts'
import { namedPage } from '../named-page.ts'
import type { Terminal } from '../terminal.ts'

export async function rename(
  page: string,
  newId: string,
  options: { readonly root?: string },
  terminal: Terminal,
): Promise<number> {
  const root = findRoot(process.cwd(), options.root)
  const writer = { root, name: '`playproof rename`' }
  const finished = finishInterrupted(writer)
  if (finished > 0) terminal.note(`Finished an earlier change of ${finished} files that was cut off.`)
  const read = readFiles(root, { noLedger: true })
  const { playbook, sources } = await checkFiles(read, { noLedger: true })
  const entity = namedPage(page, playbook)
  const { type, id } = entity
  usableId(
    newId,
    type,
    [...playbook.ids(type)].filter((known) => known !== id),
  )
  if (newId === id) throw new Fault(`it is called ${visible(id)} already.`)
  const textOf = (path: string): string => sources.get(path)?.text ?? ''
  const edits = planRename(playbook, type, id, newId, textOf)
  const changes = plannedChanges(
    edits,
    entity.path,
    `${dirname(entity.path)}/${newId}.md`,
    read,
    textOf,
    (path) => sources.get(path)?.bom === true,
  )
  writeAll(writer, changes)
  const others = changes.filter(({ path }) => path !== entity.path)
  terminal.out(
    `Renamed ${folders[type]}/${visible(id)} to ${folders[type]}/${newId} and ${edits.length} ${edits.length === 1 ? 'reference' : 'references'} in ${others.length} other ${others.length === 1 ? 'page' : 'pages'}.`,
  )
  if (type === 'play' && playbook.settings.ledger?.deals.columns.play !== undefined) {
    terminal.note(
      `The CRM's play column still says ${visible(id)}: change it there, or declare the spelling under \`values\` in playbook.yaml.`,
    )
  }
  return 0
}

function plannedChanges(
  edits: readonly Edit[],
  path: string,
  movesTo: string,
  read: ReturnType<typeof readFiles>,
  textOf: (path: string) => string,
  hasBom: (path: string) => boolean,
): PlannedChange[] {
  const bytesOf = new Map<string, Uint8Array>([
    [`${read.files.folder}/comp.yaml`, read.files.compensation ?? new Uint8Array()],
  ])
  for (const page of read.files.pages) if ('bytes' in page) bytesOf.set(page.path, page.bytes)
  // The page itself comes last: until then every reference still leads somewhere.
  const paths = [...new Set(edits.map(({ file }) => file).filter((file) => file !== path)), path]
  return paths.map((file) => {
    const { text } = applyEdits(
      textOf(file),
      edits.filter((edit) => edit.file === file),
    )
    const whole = `${hasBom(file) ? '\ufeff' : ''}${text}`
    return {
      path: file,
      replaces: contentHash(bytesOf.get(file) ?? new Uint8Array()),
      text: whole,
      ...(file === path ? { movesTo } : {}),
    }
  })
}
