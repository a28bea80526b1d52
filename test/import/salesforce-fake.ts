/**
 * A contract fake of Salesforce: what its documentation allows is answered as documented, and anything else is a
 * violation. It was never compared with a live org.
 *
 * Read on 22 November 2026:
 * - token: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 * - query: https://developer.salesforce.com/docs/platform/api-rest/guide/resources-query.html
 * - more pages: https://developer.salesforce.com/docs/platform/api-rest/guide/resources-query-more-results.html
 * - locators live two days: https://help.salesforce.com/s/articleView?id=000384958
 * - bulk job: https://developer.salesforce.com/docs/platform/api-asynch/guide/query-create-job.html
 * - bulk results: https://developer.salesforce.com/docs/platform/api-asynch/guide/query-get-job-results.html
 */
import { type Asked, allow, ContractServer, json, onlyParameters, type Told } from './contract-server.ts'

export type Fields = Readonly<Record<string, unknown>>

export interface Org {
  readonly Opportunity: readonly Fields[]
  readonly Account: readonly Fields[]
  readonly User: readonly Fields[]
}

export const client = { id: 'consumer-key-7f3', secret: 'consumer-secret-9QxZ' }

interface Job {
  readonly version: string
  readonly soql: string
  polls: number
}

export class SalesforceFake extends ContractServer {
  org: Org
  /** Records of a page: up to 2,000, and Salesforce may send fewer. */
  pageSize = 2_000
  bulkPageSize = 50_000
  /** How often a bulk job says that it is not ready. */
  pollsUntilComplete = 2
  /** How many requests a token is good for. */
  tokenLife = Number.POSITIVE_INFINITY
  /** What `COUNT()` says, where a test wants Bulk API 2.0 for few records. */
  count: number | undefined
  /** Called with each page of records before it is sent. */
  page: (records: readonly Fields[], first: number) => readonly Fields[] = (records) => records
  readonly tokens: string[] = []
  #tokenUses = 0
  readonly #locators = new Map<string, { soql: string; from: number }>()
  readonly #jobs = new Map<string, Job>()

  constructor(org: Org) {
    super((asked) => this.#tell(asked))
    this.org = org
  }

  /** Two days have passed. */
  forgetLocators(): void {
    this.#locators.clear()
  }

  #tell(asked: Asked): Told {
    const { method, path } = asked
    if (path === '/services/oauth2/token') return this.#token(asked)
    const [, version = '', rest = ''] = /^\/services\/data\/v(\d\d\.\d)\/(.*)$/.exec(path) ?? []
    allow(Number(version) >= 49 && Number(version) <= 68, `version \`${version}\` is not one`)
    if (asked.headers.authorization !== `Bearer ${this.tokens.at(-1)}` || ++this.#tokenUses > this.tokenLife)
      return json(401, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }])
    if (method === 'GET' && (rest === 'query' || rest === 'query/')) {
      onlyParameters(asked.query, 'q')
      const soql = asked.query.get('q')
      allow(soql !== null, '`q` is required')
      return this.#query(soql, version, 0)
    }
    const [, locator] = /^query\/([A-Za-z0-9-]+)$/.exec(rest) ?? []
    if (method === 'GET' && locator !== undefined) {
      onlyParameters(asked.query)
      const known = this.#locators.get(locator)
      return known === undefined
        ? json(400, [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }])
        : this.#query(known.soql, version, known.from)
    }
    if (method === 'POST' && rest === 'jobs/query') return this.#create(asked, version)
    const [, id, results] = /^jobs\/query\/([A-Za-z0-9]{18})(\/results)?$/.exec(rest) ?? []
    allow(method === 'GET' && id !== undefined, 'this resource is not documented')
    const job = this.#jobs.get(id)
    if (job === undefined)
      return json(404, [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }])
    return results === undefined ? this.#state(id, job, asked) : this.#results(job, asked, version)
  }

  #token({ method, headers, body, query }: Asked): Told {
    allow(method === 'POST', 'a token is asked for by POST')
    onlyParameters(query)
    allow(
      /^application\/x-www-form-urlencoded\b/.test(headers['content-type'] ?? ''),
      'the body of a token request is a form',
    )
    const form = new URLSearchParams(body)
    onlyParameters(form, 'grant_type', 'client_id', 'client_secret')
    if (form.get('grant_type') !== 'client_credentials')
      return json(400, { error: 'unsupported_grant_type', error_description: 'grant type not supported' })
    if (form.get('client_id') !== client.id || form.get('client_secret') !== client.secret)
      return json(400, { error: 'invalid_client', error_description: 'invalid client credentials' })
    this.tokens.push(`00DTOKEN!${this.tokens.length + 1}.secret`)
    this.#tokenUses = 0
    return json(200, {
      access_token: this.tokens.at(-1),
      signature: 'c2lnbmF0dXJl',
      instance_url: this.url,
      id: `${this.url}/id/00D000000000001/005000000000001`,
      token_type: 'Bearer',
      issued_at: '1795318007000',
    })
  }

  #query(soql: string, version: string, from: number): Told {
    const counted = /^SELECT COUNT\(\) FROM (\w+)(.*)$/.exec(soql)
    if (counted !== null) {
      const totalSize = this.count ?? this.#matching(counted[1] ?? '', counted[2] ?? '').length
      return json(200, { totalSize, done: true, records: [] })
    }
    const { names, records, object, problem } = this.#parse(soql)
    if (problem !== undefined) return problem
    const shown = this.page(records.slice(from, from + this.pageSize), from)
    const next = from + this.pageSize
    const done = next >= records.length
    const locator = `0r8${String(this.#locators.size + 1).padStart(15, '0')}-${next}`
    if (!done) this.#locators.set(locator, { soql, from: next })
    const body = {
      totalSize: records.length,
      done,
      ...(done ? {} : { nextRecordsUrl: `/services/data/v${version}/query/${locator}` }),
      records: shown.map((record) => nested(record, names, object, version)),
    }
    // Salesforce writes large numbers with an exponent and whole ones with a point.
    const text = JSON.stringify(body).replace(/"#(\S+?)#"/g, '$1')
    return { status: 200, headers: { 'content-type': 'application/json;charset=UTF-8' }, body: text }
  }

  #create({ headers, body, query }: Asked, version: string): Told {
    onlyParameters(query)
    allow(/^application\/json\b/.test(headers['content-type'] ?? ''), 'the body of a job is JSON')
    const job = JSON.parse(body) as Record<string, string>
    onlyParameters(new URLSearchParams(job), 'operation', 'query', 'contentType', 'columnDelimiter', 'lineEnding')
    const { operation, query: soql = '', contentType = 'CSV', columnDelimiter = 'COMMA', lineEnding = 'LF' } = job
    allow(operation === 'query' || operation === 'queryAll', '`operation` is query or queryAll')
    allow(contentType === 'CSV', '`contentType` is CSV')
    allow(columnDelimiter === 'COMMA' && lineEnding === 'LF', 'this fake knows commas and LF only')
    allow(!/\b(GROUP BY|OFFSET|TYPEOF|COUNT\()/i.test(soql), 'Bulk API 2.0 does not know this SOQL')
    const { object, problem } = this.#parse(soql)
    if (problem !== undefined) return problem
    const id = `750${String(this.#jobs.size + 1).padStart(15, '0')}`
    this.#jobs.set(id, { version, soql, polls: 0 })
    return json(200, { ...described(id, object, version), state: 'UploadComplete' })
  }

  #state(id: string, job: Job, { query }: Asked): Told {
    onlyParameters(query)
    const state = ++job.polls > this.pollsUntilComplete ? 'JobComplete' : 'InProgress'
    return json(200, { ...described(id, this.#parse(job.soql).object, job.version), state, retries: 0 })
  }

  #results(job: Job, { query }: Asked, version: string): Told {
    onlyParameters(query, 'locator', 'maxRecords')
    if (version !== job.version) return json(409, [{ message: 'another version', errorCode: 'CONFLICT' }])
    allow(job.polls > this.pollsUntilComplete, 'results are there when the job is complete')
    const { names, records } = this.#parse(job.soql)
    const from = query.has('locator') ? Number(Buffer.from(query.get('locator') ?? '', 'base64').toString()) : 0
    allow(
      Number.isSafeInteger(from) && from >= 0 && (from > 0 || !query.has('locator')),
      'the locator is not one that was given',
    )
    const size = Math.min(Number(query.get('maxRecords') ?? this.bulkPageSize), this.bulkPageSize)
    const shown = this.page(records.slice(from, from + size), from)
    const lines = [names, ...shown.map((record) => names.map((name) => bulkText(record[name])))]
    const next = from + size
    return {
      status: 200,
      headers: {
        'content-type': 'text/csv;charset=UTF-8',
        'sforce-numberofrecords': String(shown.length),
        'sforce-locator': next >= records.length ? 'null' : Buffer.from(String(next)).toString('base64'),
      },
      body: lines.map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`).join(''),
    }
  }

  #parse(soql: string): { names: string[]; object: string; records: readonly Fields[]; problem?: Told } {
    const [, list = '', object = '', where = ''] = /^SELECT ([\w., ]+) FROM (\w+)(.*)$/.exec(soql) ?? []
    const malformed = json(400, [{ message: `unexpected token: ${soql.slice(0, 20)}`, errorCode: 'MALFORMED_QUERY' }])
    if (list === '') return { names: [], object, records: [], problem: malformed }
    const names = list.split(/,\s*/)
    const records = this.#matching(object, where)
    const known = Object.keys(this.org[object as keyof Org][0] ?? {})
    const strange = names.find((name) => !known.includes(name))
    if (strange === undefined) return { names, object, records }
    const message = `\nSELECT ${strange}\n       ^\nERROR at Row:1:Column:8\nNo such column '${strange}' on entity '${object}'.`
    return { names, object, records, problem: json(400, [{ message, errorCode: 'INVALID_FIELD' }]) }
  }

  #matching(object: string, where: string): readonly Fields[] {
    allow(object === 'Opportunity' || object === 'Account' || object === 'User', `\`${object}\` is no object here`)
    if (where === '') return this.org[object]
    allow(where === ' WHERE Id IN (SELECT AccountId FROM Opportunity)', `this fake does not know \`${where}\``)
    const ids = new Set(this.org.Opportunity.map(({ AccountId }) => AccountId))
    return this.org[object].filter(({ Id }) => ids.has(Id))
  }
}

function described(id: string, object: string, version: string) {
  return {
    id,
    operation: 'query',
    object,
    createdById: '005000000000001AAA',
    createdDate: '2026-11-22T03:00:00.000+0000',
    systemModstamp: '2026-11-22T03:00:00.000+0000',
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(version),
    lineEnding: 'LF',
    columnDelimiter: 'COMMA',
  }
}

/** A record with its parents as objects; a parent that is not there is null. */
function nested(record: Fields, names: readonly string[], type: string, version: string): Fields {
  const result: Record<string, unknown> = {
    attributes: { type, url: `/services/data/v${version}/sobjects/${type}/${String(record.Id)}` },
  }
  for (const name of names) {
    const [parent, field] = name.split('.')
    if (field === undefined) result[name] = numberText(record[name])
    else if (record[name] === null) result[parent ?? ''] = null
    else
      result[parent ?? ''] = {
        ...((result[parent ?? ''] as object) ?? { attributes: { type: parent, url: '' } }),
        [field]: numberText(record[name]),
      }
  }
  return result
}

function numberText(value: unknown): unknown {
  if (typeof value !== 'number') return value
  return `#${
    value >= 1e7
      ? value
          .toExponential()
          .replace('e+', 'E')
          .replace(/^(\d)E/, '$1.0E')
      : Number.isInteger(value)
        ? `${value}.0`
        : value
  }#`
}

function bulkText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' && Number.isInteger(value)) return `${value}.0`
  // REST writes +0000 where Bulk writes Z.
  return String(value).replace(/\.000\+0000$/, '.000Z')
}
