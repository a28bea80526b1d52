/**
 * `playproof confirm`: records that an owner stands behind a page today, and what it said then.
 */
import { pageFingerprint } from '../../evidence/page-fingerprint.ts'
import type { AnyEntity } from '../../model/entity.ts'
import { folders } from '../../model/entity-types.ts'
import { entryOf } from '../../page/data-node.ts'
import { findFrontmatter } from '../../page/frontmatter.ts'
import { nearest } from '../../source/nearest.ts'
import { visible } from '../../source/visible.ts'
import { Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'
import { checkFiles, readFiles, type WorkspaceReading } from '../../workspace/read-workspace.ts'
import { contentHash, writeText } from '../../workspace/write-file.ts'
import { namedPage } from '../named-page.ts'
import type { Terminal } from '../terminal.ts'

export interface ConfirmOptions {
  readonly root?: string
  readonly asOf?: string
  readonly by: string
}

export async function confirm(page: string, options: ConfirmOptions, terminal: Terminal): Promise<number> {
  const root = findRoot(process.cwd(), options.root)
  const read = readFiles(root, {})
  const reading = await checkFiles(read, options.asOf === undefined ? {} : { asOf: options.asOf })
  const entity = namedPage(page, reading.playbook)
  if (entity.type !== 'play' && entity.type !== 'message' && entity.type !== 'competitor') {
    throw new Fault(`only plays, messages and battlecards are confirmed; ${visible(page)} is none of them.`)
  }
  checkOwner(options.by, entity, reading)
  const source = reading.sources.get(entity.path)
  const file = read.files.pages.find(({ path }) => path === entity.path)
  const { evidence } = reading.result
  if (source === undefined || file === undefined || !('bytes' in file) || entity.node === undefined)
    throw new Fault(`${visible(entity.path)} cannot be read; \`playproof check\` says why.`)
  if (evidence === undefined && entity.type !== 'competitor')
    throw new Fault(
      'the ledger is needed to record what the cited deals are. `playproof check` says what is wrong with it.',
    )
  const fingerprint =
    entity.type === 'competitor'
      ? 'none'
      : pageFingerprint(entity, source.text, reading.playbook, (id) => evidence?.deals.get(id))
  const text = withConfirmation(
    source.text,
    entity,
    `{ by: ${options.by}, date: ${reading.asOf}, fingerprint: "${fingerprint}" }`,
  )
  const writer = { root, name: '`playproof confirm`' }
  writeText(writer, entity.path, `${source.bom ? '\ufeff' : ''}${text}`, { replaces: contentHash(file.bytes) })
  terminal.out(
    `${visible(options.by)} stands behind ${folders[entity.type]}/${visible(entity.id)} as of ${reading.asOf}.`,
  )
  return 0
}

/** Plays and messages are confirmed by an owner; a battlecard, which has none, by anybody of the team. */
function checkOwner(by: string, entity: AnyEntity, { playbook }: WorkspaceReading): void {
  if (playbook.get('person', by) === undefined) {
    const near = nearest(by, playbook.ids('person'))
    throw new Fault(
      `there is no person \`${visible(by)}\`.${near === undefined ? ' Name somebody of `people/`.' : ` Did you mean \`${visible(near)}\`?`}`,
    )
  }
  if (entity.type !== 'play' && entity.type !== 'message') return
  const owners = [entity.data.owners?.marketing, entity.data.owners?.sales].filter((each) => each !== undefined)
  if (!owners.includes(by))
    throw new Fault(
      `only an owner confirms a page, and the owners of ${visible(entity.id)} are ${owners.map(visible).join(' and ') || 'nobody yet'}.`,
    )
}

/** The text with `confirmed: <value>`, in its old place or as the last field; the rest stays as it is. */
function withConfirmation(text: string, entity: AnyEntity, value: string): string {
  const entry = entryOf(entity.node, 'confirmed')
  if (entry !== undefined) {
    const end =
      entry.value.range.end - (/\s*$/.exec(text.slice(entry.value.range.start, entry.value.range.end))?.[0].length ?? 0)
    return `${text.slice(0, entry.keyRange.start)}confirmed: ${value}${text.slice(Math.max(end, entry.keyRange.end + 1))}`
  }
  const frontmatter = findFrontmatter(text)
  const end = frontmatter.found === 'whole' ? frontmatter.yaml.end : 0
  const lineEnd = text.slice(0, end).includes('\r\n') ? '\r\n' : '\n'
  return `${text.slice(0, end)}confirmed: ${value}${lineEnd}${text.slice(end)}`
}
