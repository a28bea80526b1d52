/**
 * The page's line to the server: questions and answers about files, news from the disk, and whether the line holds.
 *
 * A lost line comes back by itself; until then every question is answered with a refusal at once, so that a save
 * fails where it can be seen and the text stays in the editor.
 */
import type { FileChange, FileMessage, FileRequest, RefusalCode } from '../messages.ts'

export class Refused extends Error {
  readonly code: RefusalCode | 'away'
  readonly hash: string | undefined

  constructor(code: RefusalCode | 'away', text: string, hash?: string) {
    super(text)
    this.code = code
    this.hash = hash
  }
}

/** The line is `signed-out` where the server runs and knows this browser no more. */
export type LineState = 'open' | 'away' | 'signed-out'

type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: Refused) => void }
type Question = FileRequest extends infer Each ? (Each extends FileRequest ? Omit<Each, 'id'> : never) : never

export class ServerLink {
  readonly #waiting = new Map<number, Waiting>()
  #socket: WebSocket | undefined
  #next = 0
  #pause = 250
  onChanges: (changes: readonly FileChange[]) => void = () => {}
  onState: (state: LineState) => void = () => {}

  /** Resolves with the first connection. */
  connect(): Promise<void> {
    return new Promise((resolve) => {
      const socket = new WebSocket(`ws://${location.host}/files`)
      socket.onopen = () => {
        this.#socket = socket
        this.#pause = 250
        this.onState('open')
        resolve()
      }
      socket.onmessage = ({ data }) => this.#receive(JSON.parse(String(data)) as FileMessage)
      socket.onclose = () => {
        this.#socket = undefined
        for (const { reject } of this.#waiting.values()) reject(away())
        this.#waiting.clear()
        void this.#tellWhy()
        setTimeout(() => this.connect().then(resolve), this.#pause)
        this.#pause = Math.min(5_000, this.#pause * 2)
      }
    })
  }

  ask(question: Question): Promise<unknown> {
    const socket = this.#socket
    if (socket === undefined) return Promise.reject(away())
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      socket.send(JSON.stringify({ ...question, id }))
    })
  }

  #receive(message: FileMessage): void {
    if ('changes' in message) {
      this.onChanges(message.changes)
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if ('refused' in message) waiting?.reject(new Refused(message.refused, message.text, message.hash))
    else waiting?.resolve(message.result)
  }

  async #tellWhy(): Promise<void> {
    const answer = await fetch('/studio.json').catch(() => undefined)
    if (this.#socket === undefined) this.onState(answer?.status === 401 ? 'signed-out' : 'away')
  }
}

function away(): Refused {
  return new Refused(
    'away',
    'The studio’s server does not answer. Your text is kept here; save it when the server is back.',
  )
}
