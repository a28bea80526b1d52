/**
 * The language server's WebSocket: each page talks to a process of its own.
 *
 * A process, because checking a large playbook must not hold up a save, and because what ends one must not end the
 * studio. The page's messages are JSON-RPC texts; the process speaks the same with a header, on its standard streams.
 */
import { spawn } from 'node:child_process'
import type { WebSocket } from 'ws'

/** The command that starts a language server on standard input and output. */
export interface LanguageCommand {
  readonly program: string
  readonly args: readonly string[]
}

/** Ties a page to a new language server; the end of either is the end of both. */
export function serveLanguage(socket: WebSocket, { program, args }: LanguageCommand): void {
  const server = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const read = messageReader((text) => socket.send(text))
  server.stdout.on('data', (bytes: Buffer) => {
    if (!read(bytes)) server.kill()
  })
  server.on('error', () => socket.close(1011, 'the language server could not be started'))
  server.on('exit', () => socket.close(1011, 'the language server ended'))
  // It may end while something is being sent to it; its exit says so.
  server.stdin.on('error', () => {})
  socket.on('message', (data) => {
    const bytes = Buffer.from(data.toString(), 'utf8')
    server.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${bytes.length}\r\n\r\n`), bytes]))
  })
  socket.on('close', () => {
    server.stdin.end()
    // It ends with its input; one that hangs is ended.
    setTimeout(() => server.kill('SIGKILL'), 2_000).unref()
  })
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
