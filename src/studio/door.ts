/**
 * Who may come in: the checks every request and every socket passes before anything is looked at.
 *
 * Any page open in the same browser can send requests to a port of this machine, and a name of the attacker's
 * can be made to resolve to it. So the Host must be ours, the Origin must be ours wherever something is changed,
 * and the session must be in a cookie that no other site can make the browser send. The refusal happens here,
 * on the server, and never by headers alone.
 */
import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Door {
  readonly port: number
  /** What the cookie must hold. */
  readonly session: string
}

export interface Refusal {
  readonly status: number
  readonly text: string
}

/** The largest body of a request and the largest file that is taken, in bytes. */
export const mostBodyBytes = 2 * 1_048_576

export const cookieName = (port: number): string => `playproof-studio-${port}`

/** Why a request is refused, or undefined. `cookie: false` where the one-use address is still to be exchanged for it. */
export function refusal(request: IncomingMessage, door: Door, need: { readonly cookie: boolean }): Refusal | undefined {
  const { headers } = request
  const origin = `http://127.0.0.1:${door.port}`
  const url = request.url ?? ''
  const changes = request.method === 'POST' || headers.upgrade !== undefined
  if (!url.startsWith('/') || url.startsWith('//') || url.length > 2048)
    return { status: 400, text: 'Only addresses that begin with / are answered.' }
  if (timesGiven(request, 'host') !== 1 || headers.host !== `127.0.0.1:${door.port}`)
    return { status: 421, text: `This is not the address of the studio. Open ${origin}.` }
  if (!['GET', 'HEAD', 'POST'].includes(request.method ?? '')) return { status: 405, text: 'Only GET, HEAD and POST.' }
  if (headers.origin !== undefined && headers.origin !== origin)
    return { status: 403, text: 'Another site may not use the studio.' }
  if (changes && headers.origin === undefined)
    return { status: 403, text: 'A change must come from the studio’s page.' }
  if (!fromOwnSite(request)) return { status: 403, text: 'Another site may not use the studio.' }
  if (request.method === 'POST') {
    const wrong = wrongBody(request)
    if (wrong !== undefined) return wrong
  }
  if (need.cookie && !holdsSession(request, door))
    return { status: 401, text: 'Open the studio with the address that the terminal shows.' }
  return undefined
}

/** Whether the browser sent the session's cookie. */
export function holdsSession(request: IncomingMessage, door: Door): boolean {
  const wanted = Buffer.from(door.session)
  const given = (request.headers.cookie ?? '')
    .split(';')
    .map((each) => each.trim().split('='))
    .find(([name]) => name === cookieName(door.port))
  const value = Buffer.from(given?.[1] ?? '')
  return value.length === wanted.length && timingSafeEqual(value, wanted)
}

/** Browsers say where a request comes from. Opening the studio by a link is the one thing another site may do. */
function fromOwnSite({ method, headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

function wrongBody(request: IncomingMessage): Refusal | undefined {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return { status: 415, text: 'A change is sent as application/json.' }
  if (request.headers['content-encoding'] !== undefined) return { status: 415, text: 'Packed bodies are not taken.' }
  if (Number(request.headers['content-length'] ?? 0) > mostBodyBytes)
    return { status: 413, text: 'This is more than the studio takes at once (2 MiB).' }
  return undefined
}

function timesGiven(request: IncomingMessage, name: string): number {
  return request.rawHeaders.filter((each, index) => index % 2 === 0 && each.toLowerCase() === name).length
}
