/**
 * `playproof new`: a page of a type from its schema.
 *
 * Everything is decided before the one file is written: what the ledger knows, what `--set` says, what a person
 * answers. What is still blank then is for `check` to ask for.
 */
import { mkdirSync, realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { assemblePlaybook } from '../../check/assemble-playbook.ts'
import type { Playbook } from '../../graph/playbook.ts'
import type { AnyEntity } from '../../model/entity.ts'
import { type EntityType, folders } from '../../model/entity-types.ts'
import { nearest } from '../../source/nearest.ts'
import { visible } from '../../source/visible.ts'
import { codeOf, Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'
import {
  type Draft,
  idOfDraft,
  parsedPage,
  renderDraft,
  startDraft,
  typeCalled,
  wasGiven,
  withoutBody,
} from '../../workspace/new-page/draft-page.ts'
import { noValues, setValue, valueAt } from '../../workspace/new-page/field-values.ts'
import { demandFreeId, idFrom, idOfReview } from '../../workspace/new-page/new-page-id.ts'
import { pagePlans, rolesThatSign } from '../../workspace/new-page/new-page-plans.ts'
import { fieldNamed, type PageField } from '../../workspace/new-page/page-fields.ts'
import { judgingDay, ledgerOf, readFiles } from '../../workspace/read-workspace.ts'
import { writeText } from '../../workspace/write-file.ts'
import { type Choice, Interview, type Streams } from '../ask-fields.ts'
import type { MailedFeedback } from '../feedback-mail.ts'
import type { Terminal } from '../terminal.ts'

export interface NewOptions {
  readonly root?: string
  readonly asOf?: string
  /** `field=value`, as given. */
  readonly set: readonly string[]
  /** Of feedback: a mail that tells it. */
  readonly from?: string
}

export async function newPage(
  typeName: string,
  id: string | undefined,
  options: NewOptions,
  terminal: Terminal,
  streams: Streams = { input: process.stdin, output: process.stdout },
): Promise<number> {
  const type = typeCalled(typeName)
  const root = findRoot(process.cwd(), options.root)
  const read = readFiles(root, { noLedger: type !== 'review' })
  const { playbook } = assemblePlaybook(read.files, { engine: withoutBody })
  const today = judgingDay(options.asOf, playbook.settings.asOf)
  const { ledger, fault } = await ledgerOf(read, playbook, { noLedger: type !== 'review' })
  if (fault !== undefined) throw fault
  const told = options.from === undefined ? undefined : await mailedFeedback(type, options, playbook)
  const interview = terminal.interactive ? new Interview(streams) : undefined
  try {
    if (id !== undefined && type !== 'review') demandFreeId(type, id, playbook)
    const deal = type === 'review' ? (id ?? (await askForDeal(interview))) : undefined
    const draft = await startDraft(type, { deal, told, settings: options.set }, ledger, playbook, today)
    if (interview !== undefined) {
      terminal.note('Press Enter to leave a field for later; Ctrl-C stops, and nothing is made.')
      await askForRest(draft, id, interview)
    }
    const finalId = deal === undefined ? (id ?? idOfDraft(draft)) : idOfReview(deal)
    demandFreeId(type, finalId, playbook)
    const path = `${playbook.folder}/${folders[type]}/${finalId}.md`
    const text = renderDraft(draft)
    const page = parsedPage(path, text, playbook.folder)
    const wrong = page.problems.find((problem) => wasGiven(problem, draft.values))
    if (wrong !== undefined) throw new Fault(`the page was not made: ${visible(wrong.text)}`)
    write(root, playbook.folder, folders[type], path, text)
    say(root, path, page, draft, options, terminal)
    return 0
  } finally {
    interview?.close()
  }
}

async function askForDeal(interview: Interview | undefined): Promise<string> {
  const question = {
    name: 'deal',
    description: 'The deal whose story it is, by its id in the ledger.',
    choices: [],
    several: false,
    usual: undefined,
    problemOf: () => undefined,
  }
  const deal = await interview?.ask(question)
  if (deal === undefined) throw new Fault('name the deal whose story it is: `playproof new review D-18`.')
  return deal
}

/** What `--set on=` names is what the mail is about, whatever the mail says. */
async function mailedFeedback(
  type: EntityType,
  { from = '', set }: NewOptions,
  playbook: Playbook,
): Promise<MailedFeedback> {
  if (type !== 'feedback')
    throw new Fault('`--from` takes a mail in as feedback: `playproof new feedback --from mail.eml`.')
  const { feedbackFromMail } = await import('../feedback-mail.ts')
  const on = set.find((setting) => setting.startsWith('on='))?.slice('on='.length)
  return feedbackFromMail(from, playbook, on)
}

async function askForRest(draft: Draft, id: string | undefined, interview: Interview): Promise<void> {
  const { type, fields, values, usual } = draft
  for (const name of pagePlans[type].asks) {
    const field = fieldNamed(fields, name)
    const known = valueAt(values, name)
    if (field === undefined || (known !== undefined && !usual.has(name))) continue
    const choices = choicesFor(field, draft)
    if (field.reference !== undefined && choices.length === 0) continue
    const only =
      field.reference !== undefined && field.kind !== 'ids' && choices.length === 1 ? choices[0]?.id : undefined
    const answer = await interview.ask({
      name,
      description: field.description,
      choices,
      several: field.kind === 'ids',
      usual: typeof known === 'string' ? known : (fromId(name, id) ?? only),
      problemOf: (text) =>
        problemWith(name, text, draft) ?? (id === undefined ? takenBy(name, text, draft) : undefined),
    })
    if (answer === undefined) continue
    usual.delete(name)
    setValue(type, name, answer, values)
  }
}

/** `jo-park` is probably Jo Park, and `audit-deadline` Audit deadline. */
function fromId(name: string, id: string | undefined): string | undefined {
  if (id === undefined) return undefined
  const words = id.split('-').filter((word) => word !== '')
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
  if (name === 'name') return words.map(capital).join(' ')
  return name === 'title' ? capital(words.join(' ')) : undefined
}

/** What a person may choose from: ids of the playbook, or the words that the schema knows. */
function choicesFor(field: PageField, { playbook, today }: Draft): Choice[] {
  if (field.choices.length > 0) return field.choices.map((id) => ({ id, title: '' }))
  if (field.name === 'on') {
    return (['play', 'message', 'collateral'] as const).flatMap((type) =>
      playbook.of(type).map(({ id, data }) => ({ id: `${folders[type]}/${id}`, title: data.title ?? '' })),
    )
  }
  if (field.reference === undefined) return []
  if (field.reference !== 'person')
    return playbook.of(field.reference).map((entity) => ({ id: entity.id, title: titleOf(entity) }))
  const roles = rolesThatSign[field.key]
  return playbook
    .of('person')
    .filter(
      ({ data }) =>
        (data.until ?? today) >= today && (roles === undefined || data.role === undefined || roles.includes(data.role)),
    )
    .map(({ id, data }) => ({ id, title: data.name ?? '' }))
}

function titleOf({ data }: { readonly data: object }): string {
  return 'title' in data && typeof data.title === 'string' ? data.title : ''
}

/** What the schema says to an answer. */
function problemWith(name: string, text: string, draft: Draft): string | undefined {
  const values = noValues()
  setValue(draft.type, name, text, values)
  const page = parsedPage(
    `${draft.playbook.folder}/${folders[draft.type]}/new.md`,
    renderDraft({ ...draft, values }),
    draft.playbook.folder,
  )
  return page.problems.find((problem) => wasGiven(problem, values))?.text
}

/** A title whose id is taken is better said now than after all other questions. */
function takenBy(name: string, text: string, { type, playbook }: Draft): string | undefined {
  const made = name === 'title' || name === 'name' ? idFrom(text) : undefined
  if (made === undefined || type === 'feedback') return undefined
  try {
    demandFreeId(type, made, playbook)
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error.message.charAt(0).toUpperCase() + error.message.slice(1)
    throw error
  }
}

function write(root: string, playbookFolder: string, folder: string, path: string, text: string): void {
  const target = join(root, playbookFolder, folder)
  let real: string
  try {
    mkdirSync(target, { recursive: true })
    real = realpathSync(target)
  } catch (cause) {
    throw new Fault(
      `the folder ${playbookFolder}/${folder} cannot be made (${codeOf(cause)}). Check what stands there and its permissions.`,
      { cause },
    )
  }
  if (!real.startsWith(realpathSync(join(root, playbookFolder)) + sep)) {
    throw new Fault(
      `${playbookFolder}/${folder} is a link that leads out of the playbook, so nothing is written there. Make it a folder.`,
    )
  }
  writeText({ root, name: '`playproof new`' }, path, text, { replaces: 'absent' })
}

function say(
  root: string,
  path: string,
  page: AnyEntity,
  { playbook, type }: Draft,
  options: NewOptions,
  terminal: Terminal,
): void {
  const shown = visible(relative(process.cwd(), join(root, path)).split(sep).join('/'))
  terminal.out(`Made ${shown}`)
  for (const { type: wanted, id } of page.references) {
    if (playbook.get(wanted, id) !== undefined || (wanted === type && id === page.id)) continue
    const near = nearest(id, playbook.ids(wanted))
    const advice = near === undefined ? '' : ` Did you mean \`${visible(near)}\`?`
    terminal.note(`There is no ${wanted} \`${visible(id)}\` yet.${advice}`)
  }
  if (terminal.quiet) return
  const blank = page.problems.toSorted((a, b) => a.range.start - b.range.start).map((problem) => problem.path.join('.'))
  const rootOption = options.root === undefined ? '' : ` --root ${asArgument(visible(options.root))}`
  const last = options.from === undefined ? 'write its text' : 'read it'
  const steps = [...(blank.length === 0 ? [] : [`fill in ${blank.join(', ')}`]), last].join(' and ')
  terminal.out(`${steps.charAt(0).toUpperCase()}${steps.slice(1)}, then run`)
  terminal.out(`  npx playproof check${rootOption} ${asArgument(shown)}`)
}

/** What a shell takes for one word. */
function asArgument(text: string): string {
  return /^[\w./:\\-]+$/.test(text) ? text : JSON.stringify(text)
}
