/**
 * The studio's local server: one page, two sockets, a few commands, on loopback only.
 *
 * Every request and every upgrade passes {@link refusal} before anything else. What the server does with files and
 * git is decided in {@link StudioFiles} and {@link Repository}; starting other programs is left to its caller.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, posix } from 'node:path'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { StudioCommands } from '../editor/studio-commands.ts'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from '../workspace/fault.ts'
import { playbookFolder } from '../workspace/find-root.ts'
import { cookieName, type Door, holdsSession, mostBodyBytes, type Refusal, refusal } from './door.ts'
import { DiskWatch, serveFiles } from './file-socket.ts'
import { type LanguageCommand, LanguageServers } from './language-socket.ts'
import { type CommandName, commandBodies, parseCommand, type StudioFacts } from './messages.ts'
import { GitRefused, Repository } from './repository.ts'
import { OpeningCodes, sessionFor } from './session.ts'
import { commonHeaders, listStaticFiles, type StaticFiles, sendStatic } from './static-files.ts'
import { FileRefused, StudioFiles } from './studio-files.ts'

export interface StudioOptions {
  /** A real path. */
  readonly root: string
  /** 0 takes any free port. */
  readonly port: number
  /** The folder of the built page. */
  readonly page: string
  readonly title: string
  readonly language: LanguageCommand
  /** Starts the live site where it does not run yet; gives its address. */
  readonly site: () => Promise<string>
  /** Renames a page and every reference to it; gives a sentence that says what was done. Throws {@link Fault}. */
  readonly rename: (page: string, id: string) => Promise<string>
}

export interface Studio {
  readonly origin: string
  /** An address that lets a browser in once. */
  openingAddress(): string
  stop(): Promise<void>
}

/** The port of a playbook: always the same, because what a browser keeps of unsaved text belongs to the port. */
export function usualPort(root: string): number {
  return 41_000 + (createHash('sha256').update(root).digest().readUInt32BE(0) % 8_000)
}

/** Throws {@link Fault} where the port is taken. */
export async function startStudio(options: StudioOptions): Promise<Studio> {
  const server = new StudioServer(options, listStaticFiles(options.page), await DiskWatch.start(options.root))
  await server.listen(options.port)
  return server
}

class StudioServer implements Studio {
  readonly #options: StudioOptions
  readonly #pages: StaticFiles
  readonly #watch: DiskWatch
  readonly #codes = new OpeningCodes()
  readonly #repository: Repository
  readonly #files: StudioFiles
  readonly #languages: LanguageServers
  readonly #http = createServer({ connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 })
  readonly #fileSockets = new WebSocketServer({ noServer: true, maxPayload: 3 * 1_048_576, perMessageDeflate: false })
  readonly #languageSockets = new WebSocketServer({
    noServer: true,
    maxPayload: mostBodyBytes,
    perMessageDeflate: false,
  })
  #door: Door
  /** Git knows who made the commits of this branch; asked at the start and whenever the branch may have changed. */
  #trusted = false

  constructor(options: StudioOptions, pages: StaticFiles, watch: DiskWatch) {
    this.#options = options
    this.#pages = pages
    this.#watch = watch
    this.#repository = new Repository(options.root)
    this.#files = new StudioFiles(options.root, () => this.#trusted)
    this.#languages = new LanguageServers(options.language)
    this.#door = { port: options.port, session: sessionFor(options.root) }
    this.#http.headersTimeout = 10_000
    this.#http.requestTimeout = 30_000
    this.#http.maxConnections = 100
    this.#http.on('request', (request, response) => {
      this.#answer(request, response).catch((error: unknown) => sendFailure(response, error))
    })
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#door.port}`
  }

  openingAddress(): string {
    return `${this.origin}/?open=${this.#codes.issue()}`
  }

  async listen(port: number): Promise<void> {
    this.#trusted = await this.#repository.trusted()
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', (cause) => {
        const why =
          codeOf(cause) === 'EADDRINUSE'
            ? `port ${port} is taken, perhaps by a studio of this playbook that is open already. Use that one, end it, or choose another with \`--port\``
            : `port ${port} cannot be used (${codeOf(cause)}). Choose another with \`--port\``
        reject(new Fault(`${why}.`, { cause }))
      })
      this.#http.listen(port, '127.0.0.1', resolve)
    })
    this.#door = { ...this.#door, port: (this.#http.address() as AddressInfo).port }
  }

  async stop(): Promise<void> {
    for (const sockets of [this.#fileSockets, this.#languageSockets]) {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    }
    this.#repository.close()
    this.#languages.close()
    await this.#watch.close()
    this.#http.closeAllConnections()
    await new Promise((resolve) => this.#http.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', this.origin)
    const opening = request.method === 'GET' && address.pathname === '/' ? address.searchParams.get('open') : null
    // The page's own code holds nothing of the playbook's, and browsers fetch a service worker without cookies.
    const code = request.method === 'GET' && address.pathname.startsWith('/assets/')
    const refused = refusal(request, this.#door, { cookie: opening === null && !code })
    if (refused !== undefined) sendRefusal(response, refused, request)
    else if (opening !== null) this.#open(request, response, opening)
    else if (request.method === 'POST') await this.#command(request, response, address.pathname)
    else if (address.pathname === '/api/state') sendJson(response, 200, (await this.#repository.state()) ?? null)
    else if (address.pathname === '/api/base') await this.#sendBase(response, address.searchParams.get('path') ?? '')
    else if (address.pathname === '/studio.json') sendJson(response, 200, this.#facts())
    else {
      const path = address.pathname === '/' ? '/index.html' : decoded(address.pathname)
      const file = this.#pages.get(path)
      if (path === '/index.html') this.#languages.prepare()
      if (file === undefined) sendText(response, 404, 'There is nothing at this address.')
      else sendStatic(response, file, path)
    }
  }

  /** Exchanges the code of the address for the cookie, and takes the code out of the address. */
  #open(request: IncomingMessage, response: ServerResponse, code: string): void {
    if (!this.#codes.use(code) && !holdsSession(request, this.#door)) {
      sendText(response, 401, 'This address was used already. Press Enter in the terminal of the studio for a new one.')
      return
    }
    const cookie = `${cookieName(this.#door.port)}=${this.#door.session}; HttpOnly; SameSite=Strict; Path=/`
    response.writeHead(303, { ...commonHeaders, Location: '/', 'Set-Cookie': cookie }).end()
  }

  #facts(): StudioFacts {
    return { folder: join(this.#options.root, playbookFolder).replaceAll('\\', '/'), title: this.#options.title }
  }

  async #sendBase(response: ServerResponse, path: string): Promise<void> {
    // git would follow `..` out of the playbook.
    const inside = path.startsWith(`${playbookFolder}/`) && posix.normalize(path) === path
    const bytes = inside ? await this.#repository.base(path) : undefined
    if (bytes === undefined) sendText(response, 404, 'The last commit has no such file.')
    else {
      const headers = { ...commonHeaders, 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length }
      response.writeHead(200, headers).end(bytes)
    }
  }

  async #command(request: IncomingMessage, response: ServerResponse, address: string): Promise<void> {
    const name = address.replace(/^\/api\//, '')
    if (!isCommand(name)) {
      sendText(response, 404, 'There is no such command.')
      return
    }
    const text = await bodyOf(request)
    const body = text === undefined ? undefined : parseCommand(name, text)
    if (body === undefined) sendText(response, 400, 'The command was not understood.')
    else sendJson(response, 200, (await this.#carryOut(name, body)) ?? null)
    this.#trusted = await this.#repository.trusted()
    this.#watch.look()
  }

  async #carryOut(name: CommandName, body: StudioCommands[CommandName]): Promise<unknown> {
    const repository = this.#repository
    // The body was parsed by the schema of this name.
    const given = <Name extends CommandName>(_name: Name): StudioCommands[Name] => body as StudioCommands[Name]
    switch (name) {
      case 'stage':
        return repository.stage(given(name).files)
      case 'unstage':
        return repository.unstage(given(name).files)
      case 'commit':
        return repository.commit(given(name).files, given(name).message)
      case 'branch':
        return repository.branch(given(name).name, given(name).create)
      case 'identity':
        return repository.setIdentity(given(name).name, given(name).email)
      case 'push':
        return repository.push()
      case 'trust':
        return repository.trust()
      case 'site':
        return { address: await this.#options.site() }
      case 'rename':
        if (!this.#trusted)
          throw new GitRefused('This branch was made by somebody else. Choose “Trust This Branch” first.')
        return { text: await this.#options.rename(given(name).page, given(name).id) }
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const refused = refusal(request, this.#door, { cookie: true })
    const sockets = { '/files': this.#fileSockets, '/language': this.#languageSockets }[request.url ?? '']
    if (refused !== undefined || sockets === undefined) {
      socket.end(`HTTP/1.1 ${refused?.status ?? 404} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened: WebSocket) => {
      // A message that is too large ends the socket; that is all there is to say about it.
      opened.on('error', () => {})
      if (sockets === this.#fileSockets) serveFiles(opened, this.#files, this.#watch)
      else this.#languages.serve(opened)
    })
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandBodies, name)
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}

/** Undefined where it is more than is taken. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function sendFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy()
  else if (error instanceof GitRefused || error instanceof FileRefused || error instanceof Fault)
    sendJson(response, 409, { text: error.message })
  else {
    process.stderr.write(
      `playproof: ${visible(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
    )
    sendJson(response, 500, { text: 'This is a fault of Playproof. The terminal of the studio says more.' })
  }
}

/** A refused request may have a body that is never read; its connection is closed. */
function sendRefusal(response: ServerResponse, { status, text }: Refusal, request: IncomingMessage): void {
  if (request.method === 'POST') response.setHeader('Connection', 'close')
  sendText(response, status, text)
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...commonHeaders, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...commonHeaders, 'Content-Type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(value))
}
