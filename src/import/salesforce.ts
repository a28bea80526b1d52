/**
 * `import salesforce`: Opportunity, Account and User by the REST API, and by Bulk API 2.0 where there are many.
 *
 * One API version is used throughout, as Bulk 2.0 demands. A page may hold fewer records than asked for, so reading
 * goes on until the other side says that it is done; where it goes on is what the other side gave, unchanged. A token
 * that expires in the middle is renewed.
 */
import { scanCsv } from '../ledger/csv.ts'
import { type CrmColumn, type CrmFields, cellOf, dealColumns, joinedColumns, unique } from './crm-columns.ts'
import { type Answer, apiAddress, ask, isRecord, jsonOf, said, type World } from './http.ts'
import { ImportFault } from './import-fault.ts'
import { distinct, KeptPages, lastOfEach, type Page, type PageStore, PlaceGone, type Row } from './kept-pages.ts'
import type { CrmReading, LedgerSettings, Table } from './snapshot.ts'

const api = '/services/data/v67.0'
/** Above this many records Salesforce wants Bulk API 2.0. */
const mostByQuery = 2_000
const bulkPage = 50_000
/** How long a bulk job may take. */
const longestJob = 2 * 3_600_000

export const salesforceVariables = {
  SALESFORCE_INSTANCE_URL: 'the address of the org, for example https://halyard.my.salesforce.com',
  SALESFORCE_CLIENT_ID: 'the consumer key of an app with the client credentials flow and the scope `api`',
  SALESFORCE_CLIENT_SECRET: 'its consumer secret',
} as const

type Variables = Readonly<Record<keyof typeof salesforceVariables, string>>

/** Field names and the labels of reports: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm */
const fields: CrmFields = {
  source: 'salesforce',
  usual: {
    id: { header: 'Id', field: 'Id' },
    account: { header: 'Account.Name', field: 'Account.Name' },
    owner: { header: 'Owner.Name', field: 'Owner.Name' },
    stage: { header: 'StageName', field: 'StageName' },
    amount: { header: 'Amount', field: 'Amount' },
    currency: { header: 'CurrencyIsoCode', field: 'CurrencyIsoCode' },
    created: { header: 'CreatedDate', field: 'CreatedDate' },
    closed: { header: 'CloseDate', field: 'CloseDate' },
    source: { header: 'LeadSource', field: 'LeadSource' },
    type: { header: 'Type', field: 'Type' },
    industry: { header: 'Account.Industry', field: 'Account.Industry' },
    isClosed: { header: 'IsClosed', field: 'IsClosed' },
    isWon: { header: 'IsWon', field: 'IsWon' },
  },
  optional: ['source', 'type', 'industry'],
  labels: {
    deals: {
      'Opportunity ID': 'Id',
      'Opportunity Id': 'Id',
      'Account Name': 'Account.Name',
      'Account ID': 'AccountId',
      'Opportunity Owner': 'Owner.Name',
      'Owner ID': 'OwnerId',
      Stage: 'StageName',
      'Amount Currency': 'CurrencyIsoCode',
      'Opportunity Currency': 'CurrencyIsoCode',
      'Created Date': 'CreatedDate',
      'Close Date': 'CloseDate',
      'Lead Source': 'LeadSource',
      'Parent Account': 'Account.Parent.Name',
    },
    accounts: {
      'Account Name': 'Name',
      'Account ID': 'Id',
      'Parent Account': 'Parent.Name',
      Employees: 'NumberOfEmployees',
    },
    sellers: { 'Full Name': 'Name', 'User ID': 'Id' },
  },
  fieldName: /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*){0,4}$/,
  example: 'Sales_Play__c',
}

export async function readSalesforce(
  settings: LedgerSettings,
  variables: Variables,
  store: PageStore,
  world: World,
): Promise<CrmReading> {
  const deals = [...dealColumns(settings, fields).entries()]
  const accounts = joinedColumns(settings, 'accounts', fields)
  const sellers = joinedColumns(settings, 'sellers', fields)
  const session = new Session(variables, world)
  const queries = {
    deals: { object: 'Opportunity', columns: unique(deals.map(([, column]) => column)), where: '' },
    accounts: accounts && {
      object: 'Account',
      columns: accounts,
      where: ' WHERE Id IN (SELECT AccountId FROM Opportunity)',
    },
    sellers: sellers && { object: 'User', columns: sellers, where: '' },
  }
  const plan = JSON.stringify([api, session.address, queries])
  const pages = new KeptPages(store, plan, world.now())
  const read = async (step: keyof typeof queries): Promise<Row[]> => {
    const query = queries[step]
    if (query === undefined) return []
    const reader = new Reader(session, world, query)
    const told = (rows: number, total: number | undefined): void =>
      world.progress(
        `Salesforce: ${rows.toLocaleString('en-US')}${total === undefined ? '' : ` of ${total.toLocaleString('en-US')}`} ${step}`,
      )
    return pages.rows(step, 'begin', (place) => reader.page(place), told)
  }
  const { columns } = queries.deals
  const indexOf = (column: string): number => {
    const wanted = deals.find(([name]) => name === column)?.[1].header
    return columns.findIndex(({ header }) => header === wanted)
  }
  const dealRows = lastOfEach(await read('deals'), indexOf('id'))
  const tables: Table[] = [
    { name: 'deals', headers: columns.map(({ header }) => header), key: indexOf('id'), rows: dealRows },
  ]
  for (const [name, joined, by] of [
    ['accounts', accounts, 'account'],
    ['sellers', sellers, 'owner'],
  ] as const) {
    if (joined === undefined) continue
    const wanted = new Set(dealRows.map((row) => row[indexOf(by)] ?? ''))
    const rows = (await read(name)).filter(([key = '']) => key !== '' && wanted.has(key))
    tables.push({ name, headers: joined.map(({ header }) => header), key: 0, rows: distinct(rows) })
  }
  return { tables, refused: [], pagesFound: pages.found }
}

/** A connection that knows who asks; its token lives in memory only. */
class Session {
  readonly address: string
  readonly #variables: Variables
  readonly #world: World
  #instance: URL
  #token: string | undefined

  constructor(variables: Variables, world: World) {
    this.#variables = variables
    this.#world = world
    this.#instance = apiAddress(variables.SALESFORCE_INSTANCE_URL, 'SALESFORCE_INSTANCE_URL')
    this.address = this.#instance.origin
  }

  /** Asks for `path`, which may be one that Salesforce gave; a token that ran out is renewed once. */
  async ask(
    path: string,
    options: { readonly json?: unknown; readonly accept?: string; readonly whole?: (answer: Answer) => boolean } = {},
  ): Promise<Answer> {
    for (let renewed = false; ; renewed = true) {
      this.#token ??= await this.#newToken()
      const url = new URL(path, this.#instance)
      if (url.origin !== this.#instance.origin)
        throw new ImportFault('Salesforce named a page that is not its own, which is not followed.')
      const answer = await ask(
        {
          url,
          whom: 'Salesforce',
          headers: {
            authorization: `Bearer ${this.#token}`,
            accept: options.accept ?? 'application/json',
            ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(options.json === undefined ? {} : { method: 'POST', body: JSON.stringify(options.json) }),
          ...(options.whole === undefined ? {} : { whole: options.whole }),
        },
        this.#world,
      )
      if (answer.status === 401 && !renewed) this.#token = undefined
      else if (answer.status < 400) return answer
      else throw this.#refusal(answer)
    }
  }

  async #newToken(): Promise<string> {
    const { SALESFORCE_CLIENT_ID: id, SALESFORCE_CLIENT_SECRET: secret } = this.#variables
    const answer = await ask(
      {
        url: new URL('/services/oauth2/token', this.address),
        method: 'POST',
        whom: 'Salesforce',
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: id,
          client_secret: secret,
        }).toString(),
      },
      this.#world,
    )
    const body = jsonOf(answer)
    const { access_token: token, instance_url: instance } = isRecord(body) ? body : {}
    if (answer.status !== 200 || typeof token !== 'string' || typeof instance !== 'string') {
      const why = isRecord(body) ? said(body.error_description ?? body.error, [id, secret]) : ''
      throw new ImportFault(
        `Salesforce gives no token (${answer.status}${why === '' ? '' : `: ${why}`}). Check SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET, and that the app allows the client credentials flow with a user to run as.`,
      )
    }
    this.#instance = apiAddress(instance, 'the instance address that Salesforce gave')
    return token
  }

  #refusal(answer: Answer): Error {
    const body = jsonOf(answer)
    const first: unknown = Array.isArray(body) ? body[0] : body
    const { errorCode, message } = isRecord(first) ? first : {}
    const secrets = [this.#token ?? '', this.#variables.SALESFORCE_CLIENT_SECRET, this.#variables.SALESFORCE_CLIENT_ID]
    const why = said(message, secrets)
    const code = said(errorCode, secrets)
    if (code === 'INVALID_QUERY_LOCATOR' || answer.status === 404) return new PlaceGone(code)
    if (code === 'REQUEST_LIMIT_EXCEEDED')
      return new ImportFault(
        'the org has used up its API requests of these 24 hours. Import again later: it goes on where it stopped.',
      )
    if (answer.status === 401)
      return new ImportFault('Salesforce refuses a token that it has just given. Check the app’s policies.')
    if (code === 'INVALID_FIELD' || code === 'INVALID_TYPE' || code === 'MALFORMED_QUERY')
      return new ImportFault(
        `Salesforce does not know what playbook.yaml asks for (${code}: ${why}). Correct the field under \`ledger\`, or give the app’s user the right to see it.`,
      )
    return new ImportFault(`Salesforce refuses (${answer.status} ${code}: ${why}).`)
  }
}

interface Query {
  readonly object: string
  readonly columns: readonly CrmColumn[]
  readonly where: string
}

/** Reads one query page by page. A place is `begin`, a path that Salesforce gave, or a bulk job and a locator. */
class Reader {
  readonly #session: Session
  readonly #world: World
  readonly #query: Query
  readonly #soql: string

  constructor(session: Session, world: World, query: Query) {
    this.#session = session
    this.#world = world
    this.#query = query
    const names = [...new Set(query.columns.map(({ field }) => field))]
    this.#soql = `SELECT ${names.join(', ')} FROM ${query.object}${query.where}`
  }

  async page(place: string): Promise<Page> {
    const [kind, job = '', locator] = place.split(' ')
    if (kind === 'begin') return this.#begin()
    if (kind === 'job') return this.#jobDone(job)
    if (kind === 'results') return this.#results(job, locator)
    return this.#records(place)
  }

  async #begin(): Promise<Page> {
    const { object, where } = this.#query
    const count = await this.#json(`${api}/query?q=${encodeURIComponent(`SELECT COUNT() FROM ${object}${where}`)}`)
    if (Number(count.totalSize) <= mostByQuery) return this.#records(`${api}/query?q=${encodeURIComponent(this.#soql)}`)
    const job = await this.#json(`${api}/jobs/query`, {
      operation: 'query',
      query: this.#soql,
      contentType: 'CSV',
      columnDelimiter: 'COMMA',
      lineEnding: 'LF',
    })
    return { rows: [], next: `job ${idOf(job)}` }
  }

  async #records(path: string): Promise<Page> {
    const { records, done, nextRecordsUrl, totalSize } = await this.#json(path)
    if (!Array.isArray(records) || typeof done !== 'boolean' || (!done && typeof nextRecordsUrl !== 'string'))
      throw unexpected('a page of records')
    const rows = records.map((record) =>
      this.#query.columns.map(({ field, kind }) => cellOf(valueAt(record, field), kind)),
    )
    return { rows, next: done ? undefined : String(nextRecordsUrl), total: Number(totalSize) }
  }

  async #jobDone(id: string): Promise<Page> {
    const begun = this.#world.now()
    for (let pause = 1_000; ; pause = Math.min(30_000, pause * 2)) {
      const { state, errorMessage } = await this.#json(`${api}/jobs/query/${id}`)
      if (state === 'JobComplete') return { rows: [], next: `results ${id}` }
      if (state === 'Failed' || state === 'Aborted')
        throw new ImportFault(
          `the bulk job in Salesforce ended as ${state}: ${said(errorMessage, [])}. Import again; ask an administrator if it ends so again.`,
        )
      if (this.#world.now() - begun > longestJob)
        throw new ImportFault(
          'the bulk job in Salesforce takes more than two hours. Import again later: it goes on there.',
        )
      this.#world.progress(`Salesforce: the bulk job of ${this.#query.object} is not ready yet`)
      await this.#world.sleep(pause)
    }
  }

  async #results(id: string, locator: string | undefined): Promise<Page> {
    const more = locator === undefined ? '' : `&locator=${encodeURIComponent(locator)}`
    const rowsIn = (answer: Answer): Row[] | undefined => recordsOfCsv(answer.text, this.#query.columns)
    const answer = await this.#session.ask(`${api}/jobs/query/${id}/results?maxRecords=${bulkPage}${more}`, {
      accept: 'text/csv',
      whole: (each) => rowsIn(each)?.length === Number(each.headers.get('sforce-numberofrecords')),
    })
    if (!/^text\/csv\b/i.test(answer.headers.get('content-type') ?? '')) throw unexpected('CSV')
    const next = answer.headers.get('sforce-locator')
    if (next === null || /\s/.test(next)) throw unexpected('a locator')
    // The end is the text `null`.
    return { rows: rowsIn(answer) ?? [], next: next === 'null' || next === '' ? undefined : `results ${id} ${next}` }
  }

  async #json(path: string, json?: unknown): Promise<Record<string, unknown>> {
    const body = jsonOf(await this.#session.ask(path, json === undefined ? {} : { json }))
    if (!isRecord(body)) throw unexpected('JSON')
    return body
  }
}

function unexpected(what: string): ImportFault {
  return new ImportFault(
    `Salesforce answers without ${what}, which its documentation promises. Check SALESFORCE_INSTANCE_URL; the old ledger stands.`,
  )
}

function idOf({ id }: Record<string, unknown>): string {
  if (typeof id !== 'string' || !/^[A-Za-z0-9]{15,18}$/.test(id)) throw unexpected('the id of a job')
  return id
}

/** `Account.Name` of a record; an opportunity without an account has a null there. */
function valueAt(record: unknown, field: string): unknown {
  let value = record
  for (const part of field.split('.')) {
    if (value === null) return null
    if (!isRecord(value) || !Object.hasOwn(value, part)) throw unexpected(`the field ${field}`)
    value = value[part]
  }
  if (typeof value === 'object' && value !== null) throw unexpected(`a plain value in ${field}`)
  return value
}

/** The rows of a page of bulk results; undefined where it is damaged, which a cut connection may cause. */
function recordsOfCsv(text: string, columns: readonly CrmColumn[]): Row[] | undefined {
  const rows: Row[] = []
  let indexes: readonly number[] = []
  let damaged = false
  scanCsv([{ text, suspect: false }], ',', {
    header(row) {
      const headers = Array.from({ length: row.count }, (_, index) => row.cell(index))
      indexes = columns.map(({ field }) => headers.indexOf(field))
      damaged = indexes.includes(-1)
      return !damaged
    },
    row(row) {
      rows.push(columns.map(({ kind }, index) => cellOf(row.cell(indexes[index] ?? -1), kind)))
    },
    fault() {
      damaged = true
    },
  })
  return damaged ? undefined : rows
}
