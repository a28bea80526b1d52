/**
 * Asks an HTTP API and waits where it wants to be left alone.
 *
 * A CRM answers 429 when asked too often and 5xx when it is ill, and connections are cut: these are asked again after
 * a pause that grows, or after the time that Retry-After names. Everything else is for the connector to judge. Only
 * requests that may be sent twice come here.
 */
import { shortened, visible } from '../source/visible.ts'
import { ImportFault } from './import-fault.ts'

/** What the world gives an import: handed in, so that a test needs no patience. */
export interface World {
  sleep(milliseconds: number): Promise<void>
  /** Milliseconds since 1970. */
  now(): number
  /** What is going on, for a person who watches. */
  progress(text: string): void
}

export interface Question {
  readonly url: URL
  readonly method?: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Whom is asked, as a person calls it. */
  readonly whom: string
  /** Why asking again is of no use, where an answer says so; undefined where it may be. */
  hopeless?(answer: Answer): string | undefined
  /** Whether the body is all that was sent; a cut one is asked for again. By default JSON must be JSON. */
  whole?(answer: Answer): boolean
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

const mostAttempts = 7
const longestPause = 60_000
/** A person who waits longer than this is better told to come back. */
const longestWait = 10 * 60_000
const timeout = 120_000

/** An answer that calls itself JSON and is none was cut on its way; one that calls itself something else is whole. */
const wholeJson = (answer: Answer): boolean => !isJson(answer) || jsonOf(answer) !== undefined

export async function ask(question: Question, world: World): Promise<Answer> {
  const { whom } = question
  let trouble = ''
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const answer = await once(question)
    if ('trouble' in answer) trouble = answer.trouble
    else if (answer.status === 429 || answer.status >= 500) {
      const hopeless = question.hopeless?.(answer)
      if (hopeless !== undefined) throw new ImportFault(hopeless)
      trouble = answer.status === 429 ? 'it is asked too often (429)' : `it has a fault of its own (${answer.status})`
    } else if (answer.status < 400 && !(question.whole ?? wholeJson)(answer)) trouble = 'an answer was cut short'
    else return answer
    if (attempt === mostAttempts) break
    const wanted = 'headers' in answer ? retryAfter(answer.headers.get('retry-after'), world.now()) : undefined
    if (wanted !== undefined && wanted > longestWait)
      throw new ImportFault(
        `${whom} wants to be left alone for ${Math.ceil(wanted / 60_000)} minutes. Import again after that: it goes on where it stopped.`,
      )
    const pause = wanted ?? Math.min(longestPause, 1000 * 2 ** (attempt - 1))
    world.progress(`${whom}: ${trouble}; asking again in ${Math.ceil(pause / 1000)} s`)
    await world.sleep(pause)
  }
  throw new ImportFault(
    `${whom} could not be read: ${trouble}, ${mostAttempts} times. The old ledger stands; import again later, and it goes on where it stopped.`,
  )
}

async function once({ url, method, headers, body, whom }: Question): Promise<Answer | { trouble: string }> {
  let response: Response
  let text: string
  try {
    response = await fetch(url, {
      method: method ?? 'GET',
      headers,
      ...(body === undefined ? {} : { body }),
      // A token must not follow a redirect to somebody else.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    text = await response.text()
  } catch (error) {
    return { trouble: `the connection failed (${networkCode(error)})` }
  }
  if (response.status >= 300 && response.status < 400)
    throw new ImportFault(`${whom} redirects elsewhere, which is not followed. Correct its address.`)
  return { status: response.status, headers: response.headers, text }
}

/** `ECONNRESET`, `TimeoutError` and the like. */
function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { cause } = error
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string')
    return visible(cause.code)
  return error.name === 'TypeError' ? 'it was cut' : visible(error.name)
}

/** Milliseconds to wait: Retry-After holds seconds or an HTTP date. Undefined where it holds neither. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000
  if (!/^[A-Za-z]{3,9}, /.test(header.trim())) return undefined
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

/** The value of a JSON answer, numbers as the texts that stand there. Undefined where it is no JSON. */
export function jsonOf(answer: Answer): unknown {
  if (!isJson(answer)) return undefined
  try {
    // An amount must not pass through a binary fraction.
    const asWritten = (_key: string, value: unknown, context?: { source?: string }): unknown =>
      typeof value === 'number' ? (context?.source ?? String(value)) : value
    return JSON.parse(answer.text, asWritten as (key: string, value: unknown) => unknown)
  } catch {
    return undefined
  }
}

function isJson({ headers }: Answer): boolean {
  return /^application\/(json|[a-z.]+\+json)\b/i.test(headers.get('content-type') ?? '')
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What the other side said, fit to show: one line, shortened, and without any of `secrets`. */
export function said(text: unknown, secrets: readonly string[]): string {
  let line = typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : ''
  for (const secret of secrets) if (secret !== '') line = line.replaceAll(secret, '…')
  return visible(shortened(line.slice(0, 2000), 300))
}

/**
 * The address of an API: https, or http on this machine alone. Throws {@link ImportFault}, which names the variable
 * and not its value.
 */
export function apiAddress(text: string, variable: string): URL {
  let url: URL | undefined
  try {
    url = new URL(text)
  } catch {
    // It is told below.
  }
  const local = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url === undefined || !(url.protocol === 'https:' || local) || url.username !== '' || url.password !== '')
    throw new ImportFault(`${variable} is no address such as \`https://halyard.my.salesforce.com\`. Correct it.`)
  return url
}
