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
import { type AnyEntity, parseEntity } from '../../model/entity.ts'
import { type EntityType, entityTypes, folders } from '../../model/entity-types.ts'
import type { FieldProblem } from '../../model/validate.ts'
import type { MarkdownEngine } from '../../page/markdown-engine.ts'
import { defaultLimits } from '../../page/page.ts'
import { parsePage } from '../../page/parse-page.ts'
import { nearest } from '../../source/nearest.ts'
import { visible } from '../../source/visible.ts'
import { codeOf, Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'
import { type FilesRead, judgingDay, readFiles } from '../../workspace/read-workspace.ts'
import { writeText } from '../../workspace/write-file.ts'
import { type Choice, Interview, type Streams } from '../ask-fields.ts'
import type { MailedFeedback } from '../feedback-mail.ts'
import { isValues, noValues, setValue, setValues, type Value, type Values, valueAt } from '../field-values.ts'
import { demandFreeId, idFrom, idOfReview } from '../new-page-id.ts'
import { pagePlans, rolesThatSign, sectionsOf, usualValues } from '../new-page-plans.ts'
import { fieldNamed, fieldsOf, type PageField } from '../page-fields.ts'
import { renderNewPage } from '../render-new-page.ts'
import { reviewOfDeal } from '../review-of-deal.ts'
import type { Terminal } from '../terminal.ts'

export interface NewOptions {
  readonly root?: string
  readonly asOf?: string
  /** `field=value`, as given. */
  readonly set: readonly string[]
  /** Of feedback: a mail that tells it. */
  readonly from?: string
}

/** Everything that is known before the page is written. */
interface Draft {
  readonly type: EntityType
  readonly fields: readonly PageField[]
  readonly values: Values
  /** Names of fields whose value is the usual one, which nobody chose. */
  readonly usual: Set<string>
  readonly opening: string
  readonly playbook: Playbook
  readonly today: string
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
  const interview = terminal.interactive ? new Interview(streams) : undefined
  try {
    if (id !== undefined && type !== 'review') demandFreeId(type, id, playbook)
    const deal = type === 'review' ? (id ?? (await askForDeal(interview))) : undefined
    const draft = await start(type, deal, options, read, playbook, today)
    if (interview !== undefined) {
      terminal.note('Press Enter to leave a field for later; Ctrl-C stops, and nothing is made.')
      await askForRest(draft, id, interview)
    }
    const finalId = deal === undefined ? (id ?? idOf(draft)) : idOfReview(deal)
    demandFreeId(type, finalId, playbook)
    const path = `${playbook.folder}/${folders[type]}/${finalId}.md`
    const text = render(draft)
    const page = parsed(path, text, playbook.folder)
    const wrong = page.problems.find((problem) => wasGiven(problem, draft.values))
    if (wrong !== undefined) throw new Fault(`the page was not made: ${visible(wrong.text)}`)
    write(root, playbook.folder, folders[type], path, text)
    say(root, path, page, draft, options, terminal)
    return 0
  } finally {
    interview?.close()
  }
}

/** A page's fields are all that is asked here. */
const withoutBody: MarkdownEngine = { name: 'remark', parse: () => ({ type: 'root', children: [] }) }

function typeCalled(name: string): EntityType {
  const wanted = name.toLowerCase()
  const type = entityTypes.find((each) => each === wanted || folders[each] === wanted)
  if (type !== undefined) return type
  const near = nearest(wanted, [...entityTypes, ...Object.values(folders)])
  const meant = entityTypes.find((each) => each === near || folders[each] === near)
  throw new Fault(
    `there is no type \`${visible(name)}\`. ${meant === undefined ? `The types are ${entityTypes.join(', ')}.` : `Did you mean \`${meant}\`?`}`,
  )
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

/** What the ledger, `--set` and custom say, before anybody is asked. */
async function start(
  type: EntityType,
  deal: string | undefined,
  options: NewOptions,
  read: FilesRead,
  playbook: Playbook,
  today: string,
): Promise<Draft> {
  const values = usualValues(type, today)
  const usual = new Set(Object.keys(values))
  let opening = ''
  if (options.from !== undefined) {
    const mailed = await mailedFeedback(type, options, playbook)
    for (const [name, value] of Object.entries(mailed.fields)) {
      setValue(type, name, value, values)
      usual.delete(name)
    }
    opening = mailed.words
  }
  if (deal !== undefined) {
    const known = playbook.of('review').find((review) => review.data.deal === deal)
    if (known !== undefined) throw new Fault(`${visible(deal)} has a review already: ${visible(known.path)}.`)
    const facts = (await reviewOfDeal(deal, read, playbook, today)) ?? {
      values: Object.assign(noValues(), { deal }),
      opening: '',
    }
    Object.assign(values, facts.values)
    opening = facts.opening
  }
  const given = noValues()
  setValues(type, options.set, given)
  for (const [key, value] of Object.entries(given)) {
    const before = values[key]
    values[key] = isValues(before) && isValues(value) ? Object.assign(noValues(), before, value) : value
    usual.delete(key)
  }
  return { type, fields: fieldsOf(type), values, usual, opening, playbook, today }
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
  const page = parsed(
    `${draft.playbook.folder}/${folders[draft.type]}/new.md`,
    render({ ...draft, values }),
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

function render({ type, fields, values, usual, opening, playbook }: Draft): string {
  const sections = sectionsOf(type, values, playbook.settings)
  return renderNewPage({ fields, values, offers: pagePlans[type].offers, usual, opening, sections })
}

function parsed(path: string, text: string, folder: string): AnyEntity {
  const entity = parseEntity(path, path.slice(folder.length + 1), parsePage(text, withoutBody, defaultLimits))
  if (entity === undefined) throw new Error(`${path} is the page of no type`)
  return entity
}

/** Whether a problem is about a value that was given, and not about one that is still to come. */
function wasGiven({ path }: FieldProblem, values: Values): boolean {
  let current: Value | undefined = values
  for (const key of path) {
    if (Array.isArray(current)) current = current[Number(key)] as Value | undefined
    else current = isValues(current) ? current[String(key)] : undefined
  }
  return current !== undefined
}

/** The id by what the page is called. */
function idOf({ type, values, playbook }: Draft): string {
  if (type === 'feedback') {
    const target = typeof values.on === 'string' ? idFrom(values.on.replace(/^[a-z]+\//, '')) : undefined
    if (target === undefined)
      throw new Fault(
        'say what the feedback is about, for example `playproof new feedback --set on=plays/audit-deadline`.',
      )
    return freeOf(`${String(values.date)}-${target}`.slice(0, 78), playbook)
  }
  const naming = type === 'person' ? 'name' : 'title'
  const title = values[naming]
  const id = typeof title === 'string' ? idFrom(title) : undefined
  if (id !== undefined) return id
  const why = typeof title === 'string' ? `no id can be made from “${visible(title)}”` : `a ${type} needs an id`
  throw new Fault(
    `${why}: give one, as in \`playproof new ${type} ${type === 'person' ? 'jo-park' : 'audit-deadline'}\`${typeof title === 'string' ? '' : `, or \`--set ${naming}=…\` to make it from`}.`,
  )
}

/** Two sellers may write about one page on one day. */
function freeOf(id: string, playbook: Playbook): string {
  const known = new Set(playbook.ids('feedback'))
  let free = id
  for (let number = 2; known.has(free); number++) free = `${id}-${number}`
  return free
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
  writeText(join(root, path), text, { replaces: 'absent' })
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
