/**
 * Asks a person for fields, one line each.
 *
 * Lines are queued, so that pasted answers are not lost between two questions. Ctrl-C and the end of the input stop
 * everything; whoever asks has written nothing until all answers are there.
 */
import { createInterface, type Interface } from 'node:readline/promises'
import { nearest } from '../source/nearest.ts'
import { visible } from '../source/visible.ts'
import { Fault } from '../workspace/fault.ts'

export interface Streams {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

export interface Choice {
  readonly id: string
  /** What people call it, where that differs. */
  readonly title: string
}

export interface Question {
  /** `owners.sales` */
  readonly name: string
  readonly description: string
  /** What may be answered; any text where there is nothing to choose from. */
  readonly choices: readonly Choice[]
  readonly several: boolean
  /** What an empty line means; undefined leaves the field blank. */
  readonly usual: string | undefined
  /** What is wrong with an answer, in words. */
  problemOf(answer: string): string | undefined
}

const mostShown = 20

export class Interview {
  readonly #lines: string[] = []
  readonly #reader: Interface
  readonly #output: NodeJS.WritableStream
  #waiting: ((line: string | undefined) => void) | undefined
  #ended = false

  constructor({ input, output }: Streams) {
    this.#reader = createInterface({ input, output })
    this.#output = output
    this.#reader.on('line', (line) => {
      if (this.#waiting === undefined) this.#lines.push(line)
      else this.#answer(line)
    })
    this.#reader.on('SIGINT', () => {
      this.#say('')
      this.#reader.close()
    })
    this.#reader.on('close', () => {
      this.#ended = true
      this.#answer(undefined)
    })
  }

  /** The answer, or undefined where the field is left blank. Throws {@link Fault} when the person stops. */
  async ask(question: Question): Promise<string | undefined> {
    this.#say(introduction(question))
    const usual = question.usual === undefined ? '' : ` [${visible(question.usual)}]`
    for (;;) {
      const line = (await this.#read(`  ${question.name}${usual}: `)).trim()
      if (line === '') return question.usual
      const { answer, problem } = understood(line, question)
      if (problem === undefined) return answer
      this.#say(`  ${problem}`)
    }
  }

  close(): void {
    this.#reader.close()
  }

  /** Hands one line to whoever waits; the next one is queued even if it comes in the same moment. */
  #answer(line: string | undefined): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.(line)
  }

  #say(text: string): void {
    this.#output.write(`${text}
`)
  }

  async #read(prompt: string): Promise<string> {
    this.#reader.setPrompt(prompt)
    if (!this.#ended) this.#reader.prompt()
    const queued = this.#lines.shift()
    const line =
      queued ??
      (this.#ended
        ? undefined
        : await new Promise<string | undefined>((resolve) => {
            this.#waiting = resolve
          }))
    if (line === undefined) throw new Fault('stopped; nothing was made.')
    return line
  }
}

function introduction({ description, choices, several }: Question): string {
  const some = choices
    .slice(0, mostShown)
    .map(({ id, title }) => (title === '' || title === id ? visible(id) : `${visible(id)} (${visible(title)})`))
  const more = choices.length > mostShown ? `, and ${choices.length - mostShown} more` : ''
  const how = several ? ' Several are separated by commas.' : ''
  return `${description}${how}${some.length === 0 ? '' : `\n  ${some.join(', ')}${more}`}`
}

/** Answers in the spelling of the choices, or what is wrong with them. */
function understood(line: string, { choices, several, problemOf }: Question): { answer: string; problem?: string } {
  if (choices.length === 0) return withProblem(line, problemOf(line))
  const found: string[] = []
  for (const word of several ? line.split(',').map((part) => part.trim()) : [line]) {
    if (word === '') continue
    const id = chosen(word, choices)
    if (id === undefined) {
      const near = nearest(
        word,
        choices.flatMap(({ id, title }) => [id, title]),
      )
      const meant = choices.find(({ id, title }) => id === near || title === near)
      return {
        answer: '',
        problem: `There is no ${visible(word)} here.${meant === undefined ? ' Choose one of the list, or press Enter to fill it in later.' : ` Did you mean ${visible(meant.id)}?`}`,
      }
    }
    if (!found.includes(id)) found.push(id)
  }
  const answer = found.join(',')
  return withProblem(answer, problemOf(answer))
}

function withProblem(answer: string, problem: string | undefined): { answer: string; problem?: string } {
  return problem === undefined ? { answer } : { answer, problem }
}

/** By id or title in any case, or by the beginning of just one id. */
function chosen(word: string, choices: readonly Choice[]): string | undefined {
  const wanted = word.toLowerCase()
  const exact =
    choices.find(({ id }) => id === word) ??
    choices.find(({ id, title }) => id.toLowerCase() === wanted || title.toLowerCase() === wanted)
  if (exact !== undefined) return exact.id
  const beginning = choices.filter(({ id }) => id.toLowerCase().startsWith(wanted))
  return beginning.length === 1 ? beginning[0]?.id : undefined
}
