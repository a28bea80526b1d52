/**
 * A loopback server for the contract fakes: a request that the documentation does not allow is a violation.
 *
 * A violation is answered with an error and kept, so that a test fails by it even where the client would have coped.
 * `trouble` lets a test put a fault of the network or of the CRM before the answer.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** From 1, counting every request. */
  readonly number: number
}

export interface Told {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  /** Send only this many bytes of the body, then cut the connection. */
  readonly cutAfter?: number
}

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Told => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
  body: JSON.stringify(value),
})

class Violation extends Error {}

/** Says what the documentation does not allow. */
export function allow(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Violation(what)
}

export function onlyParameters(query: URLSearchParams, ...names: string[]): void {
  for (const name of query.keys()) allow(names.includes(name), `the parameter \`${name}\` is not documented here`)
}

export class ContractServer {
  readonly violations: string[] = []
  readonly asked: Asked[] = []
  /** Answers before the contract does; undefined leaves it to the contract. `cut` ends the connection. */
  trouble: (asked: Asked) => Told | 'cut' | undefined = () => undefined
  url = ''
  readonly #answer: (asked: Asked) => Told
  readonly #server = createServer((request, response) => {
    void this.#serve(request, response)
  })

  constructor(answer: (asked: Asked) => Told) {
    this.#answer = answer
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return this
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const url = new URL(request.url ?? '/', this.url)
    const asked: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      number: this.asked.length + 1,
    }
    this.asked.push(asked)
    let told = this.trouble(asked)
    if (told === 'cut') {
      request.socket.destroy()
      return
    }
    try {
      told ??= this.#answer(asked)
    } catch (error) {
      const what = `${asked.method} ${asked.path}: ${error instanceof Error ? error.message : String(error)}`
      this.violations.push(what)
      told = json(400, [{ errorCode: 'UNDOCUMENTED', message: what }])
    }
    const bytes = Buffer.from(told.body, 'utf8')
    response.writeHead(told.status, { ...told.headers, 'content-length': String(bytes.length) })
    if (told.cutAfter === undefined) response.end(bytes)
    else response.write(bytes.subarray(0, told.cutAfter), () => setTimeout(() => request.socket.destroy(), 20))
  }
}
