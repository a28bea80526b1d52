/**
 * The studio's server met by raw requests, as a hostile page or program on this machine would send them.
 */
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect, type Socket } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Studio, startStudio } from '../../src/studio/studio-server.ts'
import { isRunning } from '../../src/workspace/is-running.ts'
import { contentHash } from '../../src/workspace/write-file.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'playproof-server-')))
const root = join(folder, 'team')
const play = join(root, 'playbook/plays/a.md')
const before = { ...process.env }
/** Holds the process number of each language server. */
const started = join(folder, 'started')
let studio: Studio
let port: number
let cookie: string

beforeAll(async () => {
  process.env.XDG_CACHE_HOME = join(folder, 'cache')
  mkdirSync(join(root, 'playbook/plays'), { recursive: true })
  mkdirSync(join(folder, 'page/assets'), { recursive: true })
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html><title>Studio</title>')
  writeFileSync(join(folder, 'page/assets/code-1a2b.js'), 'export {}')
  writeFileSync(join(root, 'playbook/playbook.yaml'), '')
  writeFileSync(play, 'one\n')
  writeFileSync(join(root, 'secret.txt'), 'secret')
  execFileSync('git', ['init', '--quiet'], { cwd: root })
  execFileSync('git', ['add', '--all'], { cwd: root })
  const mia = ['-c', 'user.name=Mia', '-c', 'user.email=mia@example.com']
  execFileSync('git', [...mia, 'commit', '--quiet', '--message=base'], { cwd: root })
  studio = await start(0)
  port = Number(new URL(studio.origin).port)
  cookie =
    /set-cookie: ([^;]+)/i.exec(await ask(request('GET', pathOf(studio.openingAddress()), { cookie: '' })))?.[1] ?? ''
})

beforeEach(() => writeFileSync(play, 'one\n'))

afterAll(async () => {
  await studio?.stop()
  process.env = { ...before }
  rmSync(folder, { recursive: true, force: true })
})

const start = (at: number): Promise<Studio> =>
  startStudio({
    root,
    port: at,
    page: join(folder, 'page'),
    title: 'Plays',
    language: {
      program: process.execPath,
      args: [
        '-e',
        'fs.appendFileSync(process.argv[1], process.pid + "\\n"); process.stdin.pipe(process.stdout)',
        started,
      ],
    },
    site: async () => 'http://localhost:1/',
    rename: async (page, id) => `${page} to ${id}`,
  })

const pathOf = (address: string): string => address.slice(new URL(address).origin.length)

/** The text of a request that the studio's own page would send, but for what is given; an empty header is left out. */
function request(method: string, path: string, headers: Record<string, string> = {}, body = ''): string {
  const all: Record<string, string> = {
    host: `127.0.0.1:${port}`,
    cookie,
    'sec-fetch-site': 'same-origin',
    connection: 'close',
    ...(method === 'POST' ? { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' } : {}),
    ...(body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  }
  const lines = Object.entries(all).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]))
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}

/** Sends bytes and gives all that comes back until the server closes. */
function ask(text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })
}

const statusOf = async (text: string): Promise<number> => Number((await ask(text)).split(' ')[1] ?? 0)
const post = (name: string, body: string, headers: Record<string, string> = {}): string =>
  request('POST', `/api/${name}`, headers, body)

test('the page comes with a policy that lets nothing in from elsewhere', async () => {
  const answer = await ask(request('GET', '/'))
  expect(answer).toContain('<title>Studio</title>')
  expect(answer).toMatch(
    /content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval';.*frame-ancestors 'none'/i,
  )
  for (const header of ['nosniff', 'no-referrer', 'same-origin', 'no-store', 'DENY']) expect(answer).toContain(header)
  expect(await ask(request('GET', '/assets/code-1a2b.js'))).toContain('immutable')
})

test('the server listens on the loopback address alone', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
  for (const { address } of others) {
    const reached = await new Promise((resolve) => {
      const socket = connect(port, address, () => resolve(true)).on('error', () => resolve(false))
      socket.on('close', () => socket.destroy())
    })
    expect([address, reached]).toEqual([address, false])
  }
})

test('an address lets a browser in once, and the code is gone from it', async () => {
  const path = pathOf(studio.openingAddress())
  const first = await ask(request('GET', path, { cookie: '' }))
  expect(first).toMatch(/^HTTP\/1\.1 303/)
  expect(first).toMatch(/location: \/\r\n/i)
  expect(first).toMatch(
    new RegExp(`set-cookie: playproof-studio-${port}=[0-9a-f]{32}; HttpOnly; SameSite=Strict; Path=/`, 'i'),
  )
  expect(await statusOf(request('GET', path, { cookie: '' }))).toBe(401)
  expect(await statusOf(request('GET', '/?open=guess', { cookie: '' }))).toBe(401)
})

test('the secret of the session lies outside the repository, for its user only', () => {
  const name = execFileSync('find', [join(folder, 'cache'), '-type', 'f', '-path', '*studio*'], {
    encoding: 'utf8',
  }).trim()
  expect(cookie).toContain(readFileSync(name, 'utf8'))
  expect(statSync(name).mode & 0o777).toBe(0o600)
})

const closed: readonly (readonly [string, () => string, number])[] = [
  ['without the cookie', () => request('GET', '/', { cookie: '' }), 401],
  ['with a wrong cookie', () => request('GET', '/studio.json', { cookie: `${cookie.slice(0, -1)}x` }), 401],
  ['with the cookie of another port', () => request('GET', '/', { cookie: cookie.replace(String(port), '1') }), 401],
  ['of git’s state without the cookie', () => request('GET', '/api/state', { cookie: '' }), 401],
  ['to another host name', () => request('GET', '/', { host: `studio.example.com:${port}` }), 421],
  [
    'to a name that was made to resolve here',
    () => request('GET', '/', { host: `127.0.0.1.rebind.example:${port}` }),
    421,
  ],
  ['to localhost, which is another site', () => request('GET', '/', { host: `localhost:${port}` }), 421],
  ['to another port', () => request('GET', '/', { host: '127.0.0.1:1' }), 421],
  ['with two hosts', () => request('GET', '/').replace('\r\n', `\r\nhost: 127.0.0.1:${port}\r\n`), 421],
  ['in absolute form', () => request('GET', `http://127.0.0.1:${port}/`), 400],
  ['for an address longer than any of ours', () => request('GET', `/${'a'.repeat(2048)}`), 400],
  ['for an address that begins with two slashes', () => request('GET', '//example.com/'), 400],
  [
    'that believes a proxy',
    () => request('GET', '/', { host: 'evil.example', 'x-forwarded-host': `127.0.0.1:${port}` }),
    421,
  ],
  ['from another site', () => request('GET', '/studio.json', { 'sec-fetch-site': 'cross-site' }), 403],
  ['from another port of this machine', () => request('GET', '/studio.json', { 'sec-fetch-site': 'same-site' }), 403],
  ['with a foreign origin', () => request('GET', '/studio.json', { origin: 'http://evil.example' }), 403],
  ['with the origin null', () => post('push', '{}', { origin: 'null' }), 403],
  ['to change something without an origin', () => post('push', '{}', { origin: '' }), 403],
  ['to change something from another origin', () => post('push', '{}', { origin: `http://localhost:${port}` }), 403],
  ['to change something without the cookie', () => post('push', '{}', { cookie: '' }), 401],
  [
    'to change something as a form',
    () => post('push', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
  ],
  ['to change something as plain text', () => post('push', '{}', { 'content-type': 'text/plain' }), 415],
  ['with a packed body', () => post('push', '{}', { 'content-encoding': 'gzip' }), 415],
  ['to change something by GET', () => request('GET', '/api/push'), 404],
  ['with PUT', () => request('PUT', '/api/push'), 405],
  ['with OPTIONS from another site', () => request('OPTIONS', '/api/push', { origin: 'http://evil.example' }), 405],
  ['with more than 2 MiB announced', () => post('push', '{}', { 'content-length': '2097153' }), 413],
  ['for a command there is not', () => post('constructor', '{}'), 404],
  ['with a body that is no command', () => post('commit', '{"files":"all"}'), 400],
  ['with JSON nested without end', () => post('push', '['.repeat(100_000)), 400],
  ['for a file of the repository', () => request('GET', '/../secret.txt'), 404],
  ['for a file of the repository, encoded', () => request('GET', '/..%2f..%2fteam%2fsecret.txt'), 404],
  [
    'for a file of the repository behind the assets',
    () => request('GET', '/assets/%2e%2e/%2e%2e/team/secret.txt'),
    404,
  ],
  ['for git’s own files', () => request('GET', '/api/base?path=.git/config'), 404],
  ['for the last commit’s files outside the playbook', () => request('GET', '/api/base?path=secret.txt'), 404],
  [
    'for the last commit’s files outside the playbook, on a detour',
    () => request('GET', '/api/base?path=playbook/../secret.txt'),
    404,
  ],
]

test.for(closed)('a request %s is refused with its own status', async ([, text, status]) => {
  expect(await statusOf(text())).toBe(status)
})

test('the last commit’s text of a page is given', async () => {
  expect(await ask(request('GET', '/api/base?path=playbook/plays/a.md'))).toMatch(/^HTTP\/1\.1 200.*\r\n\r\none\n$/s)
})

test('a link from another site may open the studio, and the browser then leaves the cookie out', async () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  expect(await statusOf(request('GET', '/', link))).toBe(200)
  for (const other of [
    { ...link, 'sec-fetch-dest': 'iframe' },
    { ...link, 'sec-fetch-mode': 'no-cors' },
  ])
    expect(await statusOf(request('GET', '/', other))).toBe(403)
  expect(await statusOf(post('push', '{}', link))).toBe(403)
})

test('a command of the page is carried out, and git’s refusals come as sentences', async () => {
  expect(await ask(post('site', '{}'))).toContain('{"address":"http://localhost:1/"}')
  const answer = await ask(post('commit', '{"files":["../secret.txt"],"message":"x"}'))
  expect(answer).toContain('409')
  expect(answer).toContain('../secret.txt is not changed.')
})

test('a body that grows beyond 2 MiB is not taken', async () => {
  // Taken, were it shorter.
  const body = `{${' '.repeat(3_000_000)}}`
  const chunked = request('POST', '/api/site', { 'transfer-encoding': 'chunked' })
  expect(await statusOf(`${chunked}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`)).toBe(400)
})

test('headers that never end cost the connection within seconds', { timeout: 20_000 }, async () => {
  const begun = Date.now()
  await ask(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `)
  expect(Date.now() - begun).toBeLessThan(15_000)
})

test('of more than 100 connections the rest are closed, and the studio still answers', async () => {
  const sockets: Socket[] = []
  let shut = 0
  for (let index = 0; index < 130; index++) {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.on('close', () => shut++)
    sockets.push(socket)
  }
  await expect.poll(() => shut, { timeout: 10_000 }).toBeGreaterThanOrEqual(30)
  for (const socket of sockets) socket.destroy()
  await expect.poll(() => statusOf(request('GET', '/')), { timeout: 10_000 }).toBe(200)
})

const sockets: readonly (readonly [string, string, Record<string, string>])[] = [
  ['without the cookie', '/files', { cookie: '' }],
  ['from another origin', '/files', { origin: 'http://evil.example' }],
  ['without an origin', '/language', { origin: '' }],
  ['from a name made to resolve here', '/files', { host: 'rebind.example' }],
  ['at another address', '/other', {}],
]

test.for(sockets)('a socket opened %s is refused before it is one', async ([, path, headers]) => {
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'YWJjZGVmZ2hpamtsbW5vcA==',
  }
  const answer = await ask(request('GET', path, { origin: `http://127.0.0.1:${port}`, ...upgrade, ...headers }))
  expect(answer).toMatch(/^HTTP\/1\.1 (401|403|404|421) /)
})

const opened = (path: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
      origin: `http://127.0.0.1:${port}`,
      headers: { cookie },
    })
    socket.on('open', () => resolve(socket)).on('error', reject)
  })

/** The next message that `wanted` takes. */
const next = (
  socket: WebSocket,
  wanted: (message: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown>> =>
  new Promise((resolve) => {
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString()) as Record<string, unknown>
      if (wanted(message)) resolve(message)
    })
  })

test('a page reads and saves a play, and hears of what others save', async () => {
  const socket = await opened('/files')
  const answer = next(socket, ({ id }) => id === 7)
  const replaces = contentHash(Buffer.from('one\n'))
  const base64 = Buffer.from('two\n').toString('base64')
  socket.send(JSON.stringify({ id: 7, ask: 'write', path: 'playbook/plays/a.md', base64, replaces }))
  expect(await answer).toMatchObject({ result: { hash: contentHash(Buffer.from('two\n')) } })
  expect(readFileSync(play, 'utf8')).toBe('two\n')
  const stale = next(socket, ({ id }) => id === 8)
  socket.send(JSON.stringify({ id: 8, ask: 'write', path: 'playbook/plays/a.md', base64, replaces }))
  expect(await stale).toMatchObject({ refused: 'changed', hash: contentHash(Buffer.from('two\n')) })
  const news = next(socket, ({ changes }) => JSON.stringify(changes)?.includes('plays/b.md') === true)
  writeFileSync(join(root, 'playbook/plays/b.md'), 'b\n')
  expect(await news).toEqual({ changes: [{ path: 'playbook/plays/b.md', kind: 'added' }] })
  socket.close()
})

test('a message that is no request, or is too large, ends the socket and nothing else', async () => {
  const tooLarge = JSON.stringify({ id: 1, ask: 'look', more: 'x'.repeat(3 * 1_048_576) })
  for (const [message, codes] of [
    ['{"id":1,"ask":"run"}', [1008]],
    ['x', [1008]],
    // Cut off while it is being sent, or told.
    [tooLarge, [1009, 1006]],
  ] as const) {
    const socket = await opened('/files')
    socket.on('error', () => {})
    const code = new Promise((resolve) => socket.on('close', resolve))
    socket.send(message)
    expect(codes).toContain(await code)
  }
  expect(await statusOf(request('GET', '/'))).toBe(200)
})

test('the language server’s process ends with its page', async () => {
  const socket = await opened('/language')
  const echo = new Promise((resolve) => socket.on('message', (data) => resolve(data.toString())))
  socket.send('{"jsonrpc":"2.0"}')
  expect(await echo).toBe('{"jsonrpc":"2.0"}')
  socket.close()
})

test('the language server of a page starts while the page is loaded, and ends where no page comes', async () => {
  const numbers = (): number[] => readFileSync(started, 'utf8').split('\n').filter(Boolean).map(Number)
  const other = await start(0)
  const at = Number(new URL(other.origin).port)
  const own = cookie.replace(String(port), String(at))
  const many = numbers().length
  const loaded = await fetch(`${other.origin}/`, { headers: { cookie: own, 'sec-fetch-site': 'none' } })
  expect(loaded.status).toBe(200)
  await expect.poll(() => numbers().length, { timeout: 10_000 }).toBe(many + 1)
  const page = new WebSocket(`ws://127.0.0.1:${at}/language`, { origin: other.origin, headers: { cookie: own } })
  const echo = new Promise((resolve) => page.on('message', (data) => resolve(data.toString())))
  page.on('open', () => page.send('{"jsonrpc":"2.0"}'))
  expect(await echo).toBe('{"jsonrpc":"2.0"}')
  expect(numbers().length).toBe(many + 1)
  await fetch(`${other.origin}/`, { headers: { cookie: own, 'sec-fetch-site': 'none' } })
  await expect.poll(() => numbers().length, { timeout: 10_000 }).toBe(many + 2)
  await other.stop()
  for (const pid of numbers().slice(-2)) await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false)
})

test('a second studio on the same port says so, and a restarted one knows its browser', async () => {
  await expect(start(port)).rejects.toThrow(`port ${port} is taken, perhaps by a studio of this playbook`)
  await studio.stop()
  studio = await start(port)
  expect(await statusOf(request('GET', '/'))).toBe(200)
  expect(readdirSync(join(root, '.playproof'))).toEqual(['.gitignore'])
})
