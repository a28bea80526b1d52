/**
 * The language server's WebSocket: each page talks to a process of its own.
 *
 * A process, because checking a large playbook must not hold up a save, and because what ends one must not end the
 * studio. The page's messages are JSON-RPC texts; the process speaks the same with a header, on its standard streams.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import type { WebSocket } from 'ws'

/** The command that starts a language server on standard input and output. */
export interface LanguageCommand {
  readonly program: string
  readonly args: readonly string[]
}

/** How long a process waits for its page, in milliseconds. */
const longestWait = 60_000

export class LanguageServers {
  readonly #command: LanguageCommand
  #spare: ChildProcess | undefined
  #tooLate: NodeJS.Timeout | undefined

  constructor(command: LanguageCommand) {
    this.#command = command
  }

  /** Starts the process of a page that is being loaded, which takes longer than the process does. */
  prepare(): void {
    if (this.#spare !== undefined) return
    const spare = this.#start()
    spare.once('exit', () => {
      if (this.#spare === spare) this.#spare = undefined
    })
    this.#spare = spare
    this.#tooLate = setTimeout(() => this.close(), longestWait)
    this.#tooLate.unref()
  }

  /** Ties a page to a language server of its own; the end of either is the end of both. */
  serve(socket: WebSocket): void {
    clearTimeout(this.#tooLate)
    const server = this.#spare ?? this.#start()
    this.#spare = undefined
    const { stdin, stdout } = server
    const read = messageReader((text) => socket.send(text))
    stdout?.on('data', (bytes: Buffer) => {
      if (!read(bytes)) server.kill()
    })
    server.on('error', () => socket.close(1011, 'the language server could not be started'))
    server.on('exit', () => socket.close(1011, 'the language server ended'))
    socket.on('message', (data) => {
      const bytes = Buffer.from(data.toString(), 'utf8')
      stdin?.write(Buffer.concat([Buffer.from(`Content-Length: ${bytes.length}\r\n\r\n`), bytes]))
    })
    socket.on('close', () => {
      stdin?.end()
      // It ends with its input; one that hangs is ended.
      setTimeout(() => server.kill('SIGKILL'), 2_000).unref()
    })
  }

  /** Ends what no page came for. */
  close(): void {
    clearTimeout(this.#tooLate)
    this.#spare?.kill()
    this.#spare = undefined
  }

  #start(): ChildProcess {
    const { program, args } = this.#command
    const server = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    // It may end while something is being sent to it, or not start at all; its end says so.
    server.stdin.on('error', () => {})
    server.on('error', () => {
      if (this.#spare === server) this.#spare = undefined
    })
    return server
  }
}

/** A function that takes bytes as they come and calls `message` for each whole text; false for what is no message. */
export function messageReader(message: (text: string) => void): (bytes: Buffer) => boolean {
  let pending: Buffer = Buffer.alloc(0)
  return (bytes) => {
    pending = Buffer.concat([pending, bytes])
    for (;;) {
      const end = pending.indexOf('\r\n\r\n')
      if (end < 0) return pending.length < 4096
      const length = /^content-length: *(\d+)/im.exec(pending.subarray(0, end).toString('latin1'))?.[1]
      if (length === undefined) return false
      const from = end + 4
      if (pending.length < from + Number(length)) return true
      message(pending.subarray(from, from + Number(length)).toString('utf8'))
      pending = pending.subarray(from + Number(length))
    }
  }
}
