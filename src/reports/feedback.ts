/**
 * Feedback from the field: who waits for an answer, how long answers take, and what changed because of them.
 *
 * A change is the first one to the page after the note that HEAD's own line of history took in, up to T; which answer
 * it belongs to only people know, so it is looked for where there is one.
 */
import { quantileOf } from '../evidence/quantile.ts'
import { dayNumber } from '../model/dates.ts'
import { type AnyEntity, type Entity, isRetired } from '../model/entity.ts'
import { folders } from '../model/entity-types.ts'
import { answererOf, waitingSince } from '../rules/feedback/unanswered.ts'
import { defineReport, type ReportInput, type ReportValue, type Sheet, type Table } from './report.ts'

interface FeedbackValue extends ReportValue {
  readonly asOf: string
  /** The period the notes are of; null for all. */
  readonly period: string | null
  /** Days within which an answer is due. */
  readonly answerDays: number
  /** Days from a note to its answer; null where there is none. */
  readonly medianAnswerDays: number | null
  readonly maxAnswerDays: number | null
  /** Days from a note to the change of its page; null where there is none, or no history. */
  readonly medianChangeDays: number | null
  /** Whether git could tell of changes. */
  readonly history: boolean
  /** Latest first. */
  readonly open: readonly OpenNote[]
  readonly answered: readonly AnsweredNote[]
  /** By who owes the answers; the longest waiting first. */
  readonly owners: readonly Answerer[]
}

interface Note {
  readonly id: string
  /** `plays/<id>`, `messages/<id>` or `collateral/<id>`. */
  readonly on: string
  readonly by: string | null
  readonly date: string
  readonly result: string | null
  readonly deal: string | null
  /** Who owes the answer; null where nobody owns the page for marketing. */
  readonly owner: string | null
}

interface OpenNote extends Note {
  /** Null where none is owed any more: the page is retired. */
  readonly due: string | null
  readonly days: number
  readonly late: boolean
}

interface AnsweredNote extends Note {
  readonly answeredBy: string
  readonly answeredOn: string
  readonly days: number
  /** Whether the answer came after it was due. */
  readonly late: boolean
  readonly action: string
  /** The page that the change is of: the one that the answer links, else the one the note is on. */
  readonly changedPage: string
  readonly change: { readonly on: string; readonly days: number; readonly commit: string } | null
}

interface Answerer {
  readonly owner: string | null
  readonly open: number
  readonly late: number
  readonly answered: number
  readonly medianDays: number | null
  readonly maxDays: number | null
}

export const feedbackReport = defineReport({
  name: 'feedback',
  about: 'Who waits for an answer, how long answers take, and what changed because of them.',
  needs: 'pages',
  periods: ['quarter', 'month'],
  value: feedbackOf,
  sheet: sheetOf,
})

function feedbackOf(input: ReportInput): FeedbackValue {
  const { playbook, asOf, period } = input
  const changes = input.mergedChanges()
  const notes = playbook
    .of('feedback')
    .filter(({ data: { date = '' } }) => period === undefined || (date >= period.from && date <= period.to))
    .sort((a, b) => compare(b.data.date ?? '', a.data.date ?? '') || compare(a.id, b.id))
  const waiting = notes.flatMap((note) => openNote(note, input) ?? [])
  const answered = notes.flatMap((note) => answeredNote(note, input, changes) ?? [])
  const answerDays = answered.map(({ days }) => days)
  return {
    version: 1,
    asOf,
    period: period?.name ?? null,
    answerDays: playbook.settings.evidence.answerDays,
    medianAnswerDays: median(answerDays),
    maxAnswerDays: greatest(answerDays),
    medianChangeDays: median(answered.flatMap(({ change }) => (change === null ? [] : [change.days]))),
    history: changes !== undefined,
    open: waiting,
    answered,
    owners: answerers(waiting, answered),
  }
}

function noteOf(note: Entity<'feedback'>, target: AnyEntity): Note {
  const { by, date, result, deal } = note.data
  return {
    id: note.id,
    on: pageName(target),
    by: by ?? null,
    date: date ?? '',
    result: result ?? null,
    deal: deal ?? null,
    owner: answererOf(target) ?? null,
  }
}

function openNote(note: Entity<'feedback'>, { playbook, asOf }: ReportInput): OpenNote | undefined {
  const waiting = waitingSince(note, playbook, asOf)
  // What cannot be read may be an answer.
  if (waiting === undefined || note.data.answer !== undefined || note.invalid.has('answer')) return undefined
  const { target, days, due } = waiting
  const owed = !isRetired(target)
  return { ...noteOf(note, target), due: owed ? due : null, days, late: owed && asOf > due }
}

function answeredNote(
  note: Entity<'feedback'>,
  { playbook, asOf }: ReportInput,
  changes: ReturnType<ReportInput['mergedChanges']>,
): AnsweredNote | undefined {
  const { answer, date } = note.data
  const waiting = waitingSince(note, playbook, asOf)
  if (waiting === undefined || answer === undefined || date === undefined) return undefined
  const page = linkedPage(note, answer.action, playbook) ?? waiting.target
  const change = changes?.get(page.path)?.findLast(({ day }) => day >= date && day <= asOf)
  return {
    ...noteOf(note, waiting.target),
    answeredBy: answer.by,
    answeredOn: answer.date,
    days: daysBetween(date, answer.date),
    late: answer.date > waiting.due,
    action: answer.action,
    changedPage: pageName(page),
    change:
      change === undefined ? null : { on: change.day, days: daysBetween(date, change.day), commit: change.commit },
  }
}

/** The page that the words of an answer link first. */
function linkedPage(
  note: Entity<'feedback'>,
  action: string,
  playbook: ReportInput['playbook'],
): AnyEntity | undefined {
  for (const [, url = ''] of action.matchAll(/\]\(([^()\s]+)\)/g)) {
    const target = playbook.target(note, url)
    if (target.kind === 'page') return target.entity
  }
  return undefined
}

function answerers(open: readonly OpenNote[], answered: readonly AnsweredNote[]): Answerer[] {
  const owners = new Set([...open, ...answered].map(({ owner }) => owner))
  return [...owners]
    .map((owner) => {
      const waiting = open.filter((note) => note.owner === owner && note.due !== null)
      const days = answered.filter((note) => note.owner === owner).map((note) => note.days)
      return {
        owner,
        open: waiting.length,
        late: waiting.filter(({ late }) => late).length,
        answered: days.length,
        medianDays: median(days),
        maxDays: greatest(days),
      }
    })
    .sort((a, b) => b.late - a.late || b.open - a.open || compare(a.owner ?? '', b.owner ?? ''))
}

function sheetOf(report: FeedbackValue): Sheet {
  const { open, answered, answerDays, medianAnswerDays, medianChangeDays, history, period } = report
  const late = open.filter((note) => note.late).length
  const waiting = open.filter(({ due }) => due !== null).length
  const lateAnswers = answered.filter((note) => note.late).length
  const within = period === null ? '' : ` Of notes written in ${period}.`
  return {
    title: 'Feedback',
    lines: [
      waiting === 0
        ? `Nothing waits for an answer.${within}`
        : `${notes(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for an answer; ${late === 0 ? 'none is late' : `${late} ${late === 1 ? 'is' : 'are'} late: due within ${days(answerDays)}`}.${within}`,
      ...(medianAnswerDays === null
        ? []
        : [
            `Half of the ${notes(answered.length)} with an answer had it within ${days(medianAnswerDays)}; ${lateAnswers} came late.`,
          ]),
      ...(medianChangeDays === null
        ? [
            history
              ? 'No page has changed after an answer yet, as far as the history goes.'
              : 'There is no git history here, so nobody can say how long a change takes.',
          ]
        : [`Half of the changes came within ${days(medianChangeDays)} of the note.`]),
    ],
    tables: [openTable(report), ownerTable(report), answeredTable(report)],
  }
}

function openTable({ open, answerDays }: FeedbackValue): Table {
  return {
    name: 'open',
    title: 'Waiting for an answer',
    note: `An answer is due within ${days(answerDays)}. Write \`answer: { by, date, action }\` in the note, also where nothing is going to change.`,
    columns: [
      { name: 'note', title: 'Note', kind: 'page' },
      { name: 'on', title: 'On', kind: 'page' },
      { name: 'by', title: 'Written by', kind: 'person' },
      { name: 'result', title: 'Result', kind: 'text' },
      { name: 'days', title: 'Waiting', kind: 'days' },
      { name: 'due', title: 'Due', kind: 'day' },
      { name: 'late', title: 'State', kind: 'text' },
      { name: 'owner', title: 'Whose answer', kind: 'person' },
      { name: 'deal', title: 'Deal', kind: 'deal' },
    ],
    rows: open.map((note) => [
      `feedback/${note.id}`,
      note.on,
      note.by,
      note.result,
      note.days,
      note.due,
      note.due === null ? 'page retired' : note.late ? 'late' : 'due',
      note.owner,
      note.deal,
    ]),
    empty: 'Every note has its answer.',
  }
}

function ownerTable({ owners }: FeedbackValue): Table {
  return {
    name: 'owners',
    title: 'By who answers',
    columns: [
      { name: 'owner', title: 'Owner', kind: 'person' },
      { name: 'open', title: 'Open', kind: 'count' },
      { name: 'late', title: 'Late', kind: 'count' },
      { name: 'answered', title: 'Answered', kind: 'count' },
      { name: 'medianDays', title: 'Median days', kind: 'days' },
      { name: 'maxDays', title: 'Longest', kind: 'days' },
    ],
    rows: owners.map((each) => [each.owner, each.open, each.late, each.answered, each.medianDays, each.maxDays]),
    empty: 'No feedback yet. A seller writes some with `playproof new feedback`.',
  }
}

function answeredTable({ answered }: FeedbackValue): Table {
  return {
    name: 'answered',
    title: 'What was done about it',
    columns: [
      { name: 'note', title: 'Note', kind: 'page' },
      { name: 'on', title: 'On', kind: 'page' },
      { name: 'action', title: 'What was done', kind: 'text' },
      { name: 'answeredBy', title: 'By', kind: 'person' },
      { name: 'answeredOn', title: 'Answered', kind: 'day' },
      { name: 'days', title: 'After', kind: 'days' },
      { name: 'late', title: 'State', kind: 'text' },
      { name: 'changedOn', title: 'Page changed', kind: 'day' },
      { name: 'changeDays', title: 'After', kind: 'days' },
    ],
    rows: answered.map((note) => [
      `feedback/${note.id}`,
      note.on,
      note.action,
      note.answeredBy,
      note.answeredOn,
      note.days,
      note.late ? 'late' : 'in time',
      note.change?.on ?? null,
      note.change?.days ?? null,
    ]),
    empty: 'No note has been answered yet.',
  }
}

function pageName(page: AnyEntity): string {
  return `${folders[page.type]}/${page.id}`
}

function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

function median(values: readonly number[]): number | null {
  return quantileOf(Float64Array.from(values).sort(), 0.5)
}

function greatest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values)
}

function days(count: number): string {
  return `${count} day${count === 1 ? '' : 's'}`
}

function notes(count: number): string {
  return `${count} note${count === 1 ? '' : 's'}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
