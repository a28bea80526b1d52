/**
 * The studio's server as the extension reaches it from its worker: commands, and the language server's line.
 *
 * The browser sends the session's cookie by itself; nothing here knows it. A lost line is tried again, less and less
 * often, until it is back: the client of the protocol would give up after a few attempts.
 */
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageTransports,
} from 'vscode-languageclient'
import type { RepositoryState, StudioCommands } from './studio-commands.ts'

/** The origin of the studio's page, which is also that of its workers. */
const origin = globalThis.origin

/** Carries out a command. Throws with the server's sentence where it was refused. */
export async function command<Name extends keyof StudioCommands>(
  name: Name,
  body: StudioCommands[Name],
): Promise<unknown> {
  const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await reach(`/api/${name}`, request)
  const value: unknown = await answer.json().catch(() => undefined)
  if (answer.ok) return value
  const text = typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : ''
  throw new Error(text === '' ? 'The studio’s server refused this.' : text)
}

export async function repositoryState(): Promise<RepositoryState | null> {
  return (await (await reach('/api/state')).json()) as RepositoryState | null
}

/** The file as the last commit has it; empty where it has none. */
export async function committedText(path: string): Promise<string> {
  const answer = await reach(`/api/base?path=${encodeURIComponent(path)}`)
  return answer.ok ? await answer.text() : ''
}

async function reach(address: string, request?: RequestInit): Promise<Response> {
  try {
    return await fetch(`${origin}${address}`, request)
  } catch (cause) {
    throw new Error('The studio’s server does not answer. Your text is kept; try again when it is back.', { cause })
  }
}

/** Resolves with a line to the language server as soon as there is one. Lines that do not last are asked for less often. */
export async function languageLine(): Promise<MessageTransports> {
  for (;;) {
    if (Date.now() - openedAt > 10_000) pause = 250
    else await new Promise((resolve) => setTimeout(resolve, pause))
    pause = Math.min(8_000, pause * 2)
    const socket = await opened()
    openedAt = Date.now()
    if (socket !== undefined) return { reader: new SocketReader(socket), writer: new SocketWriter(socket) }
  }
}

let openedAt = 0
let pause = 250

function opened(): Promise<WebSocket | undefined> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/language`)
    socket.onopen = () => resolve(socket)
    socket.onclose = () => resolve(undefined)
  })
}

class SocketReader extends AbstractMessageReader {
  readonly #socket: WebSocket

  constructor(socket: WebSocket) {
    super()
    this.#socket = socket
    socket.onclose = () => this.fireClose()
  }

  listen(callback: DataCallback): Disposable {
    this.#socket.onmessage = ({ data }) => callback(JSON.parse(String(data)) as Message)
    return { dispose: () => this.#socket.close() }
  }
}

class SocketWriter extends AbstractMessageWriter {
  readonly #socket: WebSocket

  constructor(socket: WebSocket) {
    super()
    this.#socket = socket
  }

  async write(message: Message): Promise<void> {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  end(): void {
    this.#socket.close()
  }
}
