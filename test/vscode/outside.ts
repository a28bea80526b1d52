/**
 * Hears what programs ask of other machines: a proxy on this machine that writes down each address and refuses it.
 *
 * It hears all that goes by Node's own `http`, `https` and `fetch`, and whatever else minds HTTPS_PROXY; not raw sockets.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export class Outside {
  readonly asked: string[] = []
  readonly #server: Server

  constructor() {
    this.#server = createServer(({ url = '' }, response) => {
      this.asked.push(url)
      response.writeHead(502).end()
    })
    this.#server.on('connect', ({ url = '' }, socket) => {
      this.asked.push(url)
      socket.end('HTTP/1.1 502 Refused\r\n\r\n')
    })
    // It ends with this process.
    this.#server.unref()
  }

  /** Listens; gives the variables with which a program and all that it starts are heard. */
  async environment(): Promise<NodeJS.ProcessEnv> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening))
    const proxy = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    const here = '127.0.0.1,localhost,::1'
    return {
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
      NO_PROXY: here,
      http_proxy: proxy,
      https_proxy: proxy,
      no_proxy: here,
      NODE_USE_ENV_PROXY: '1',
    }
  }
}
