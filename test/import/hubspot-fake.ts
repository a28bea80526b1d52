/**
 * A contract fake of HubSpot: what its documentation allows is answered as documented, and anything else is a
 * violation. It was never compared with a live account.
 *
 * Read on 22 November 2026:
 * - lists: https://developers.hubspot.com/docs/api-reference/latest/crm/objects/companies/get-companies
 * - deals: https://developers.hubspot.com/docs/api-reference/2026-03/crm/objects/deals/guide
 * - search and its 10,000: https://developers.hubspot.com/docs/api-reference/latest/crm/objects/deals/search-deals
 * - batch: https://developers.hubspot.com/docs/api-reference/latest/crm/objects/objects/batch/get-objects
 * - owners: https://developers.hubspot.com/docs/api-reference/2026-03/crm/owners/get-owners.md
 * - pipelines: https://developers.hubspot.com/docs/api-reference/latest/crm/pipelines/get-pipelines
 * - limits: https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 * The legacy paths, which the official client still asks, serve the same: https://developers.hubspot.com/docs/api-reference/legacy/overview
 */
import { type Asked, allow, ContractServer, json, onlyParameters, type Told } from './contract-server.ts'

type Properties = Readonly<Record<string, string | null>>

export interface FakeDeal {
  readonly id: string
  readonly properties: Properties
  /** Company ids; the first is the primary one unless `primary` says otherwise. */
  readonly companies: readonly string[]
  readonly primary?: boolean
}

export interface FakeOwner {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly archived?: boolean
  readonly team?: string
}

export interface Account {
  readonly deals: readonly FakeDeal[]
  readonly companies: readonly { readonly id: string; readonly properties: Properties }[]
  readonly owners: readonly FakeOwner[]
  readonly pipelines: readonly {
    readonly id: string
    readonly label: string
    readonly stages: readonly {
      readonly id: string
      readonly label: string
      readonly isClosed: boolean
      readonly probability: string
    }[]
  }[]
}

export const accessToken = 'pat-na1-5c0ffee5-secret'
const time = '2026-11-22T03:00:00.000Z'

export class HubspotFake extends ContractServer {
  account: Account
  /** The most results of a page; HubSpot may send fewer than asked for. */
  pageSize = 100
  /** Called with each page of deals before it is sent. */
  page: (deals: readonly FakeDeal[], first: number) => readonly FakeDeal[] = (deals) => deals

  constructor(account: Account) {
    super((asked) => this.#tell(asked))
    this.account = account
  }

  #tell(asked: Asked): Told {
    const { method, path, query } = asked
    if (asked.headers.authorization !== `Bearer ${accessToken}`)
      return json(401, {
        status: 'error',
        message: 'Authentication credentials not found.',
        correlationId: '0',
        category: 'INVALID_AUTHENTICATION',
      })
    const dated = /^\/crm\/(objects|owners|pipelines)\/2026-03(\/.*)?$/.exec(path)
    const legacy = /^\/crm\/v3\/(objects|owners|pipelines)(\/.*)?$/.exec(path)
    const [, api, rest = ''] = dated ?? legacy ?? []
    const resource = `${method} ${api}${rest.replace(/\/$/, '')}`
    switch (resource) {
      case 'GET objects/deals':
        return this.#deals(query)
      case 'POST objects/deals/search':
        return this.#search(asked)
      case 'POST objects/companies/batch/read':
        return this.#batch(asked)
      case 'GET owners':
        return this.#owners(query)
      case 'GET pipelines/deals':
        onlyParameters(query)
        return json(200, { results: this.account.pipelines.map(shownPipeline) })
      default:
        allow(false, 'this resource is not documented')
        return json(404, {})
    }
  }

  #deals(query: URLSearchParams): Told {
    onlyParameters(query, 'limit', 'after', 'properties', 'propertiesWithHistory', 'associations', 'archived')
    const limit = limitOf(query, 10, 100)
    const from = placeOf(query)
    if (from === undefined || from > this.account.deals.length) return badCursor()
    allow(query.get('archived') !== 'true', 'this fake has no archived deals')
    const names = listOf(query, 'properties')
    const wanted = listOf(query, 'associations')
    allow(
      wanted.every((type) => ['companies', 'company', '0-2'].includes(type)),
      'this fake has companies only',
    )
    const size = Math.min(limit, this.pageSize)
    const results = this.page(this.account.deals.slice(from, from + size), from).map((deal) => ({
      ...shownObject(deal.id, deal.properties, names),
      ...(wanted.length === 0 || deal.companies.length === 0
        ? {}
        : { associations: { companies: associations(deal) } }),
    }))
    return json(200, { results, ...pagingOf(from + size, this.account.deals.length) })
  }

  #search({ headers, body, query }: Asked): Told {
    onlyParameters(query)
    allow(/^application\/json\b/.test(headers['content-type'] ?? ''), 'the body of a search is JSON')
    const search = JSON.parse(body) as Record<string, unknown>
    onlyParameters(
      new URLSearchParams(Object.keys(search).map((key) => [key, ''])),
      'filterGroups',
      'sorts',
      'properties',
      'limit',
      'after',
      'query',
    )
    const from = Number(search.after ?? 0)
    const limit = Number(search.limit ?? 10)
    allow(limit >= 1 && limit <= 200, 'a page of a search has at most 200 results')
    if (from + limit > 10_000)
      return json(400, {
        status: 'error',
        message: 'There was a problem with the request.',
        category: 'VALIDATION_ERROR',
        correlationId: '0',
      })
    const names = Array.isArray(search.properties) ? search.properties.map(String) : []
    const results = this.account.deals
      .slice(from, from + limit)
      .map(({ id, properties }) => shownObject(id, properties, names))
    return json(200, {
      total: this.account.deals.length,
      results,
      ...pagingOf(from + limit, this.account.deals.length),
    })
  }

  #batch({ headers, body, query }: Asked): Told {
    onlyParameters(query, 'archived')
    allow(/^application\/json\b/.test(headers['content-type'] ?? ''), 'the body of a batch is JSON')
    const batch = JSON.parse(body) as {
      inputs?: { id: string }[]
      properties?: string[]
      propertiesWithHistory?: string[]
    }
    onlyParameters(
      new URLSearchParams(Object.keys(batch).map((key) => [key, ''])),
      'inputs',
      'properties',
      'propertiesWithHistory',
      'idProperty',
    )
    const { inputs, properties, propertiesWithHistory } = batch
    allow(
      Array.isArray(inputs) && Array.isArray(properties) && Array.isArray(propertiesWithHistory),
      'a batch has inputs, properties and propertiesWithHistory',
    )
    allow(inputs.length >= 1 && inputs.length <= 100, 'a batch has 1 to 100 inputs')
    const known = inputs.flatMap(({ id }) => this.account.companies.find((company) => company.id === id) ?? [])
    const missing = inputs.filter(({ id }) => !known.some((company) => company.id === id))
    const answer = {
      status: 'COMPLETE',
      results: known.map(({ id, properties: all }) => shownObject(id, all, properties)),
      startedAt: time,
      completedAt: time,
    }
    if (missing.length === 0) return json(200, answer)
    const error = {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      message: 'Could not get some COMPANY objects, they may be deleted or not exist.',
      context: { ids: missing.map(({ id }) => id) },
    }
    return json(207, { ...answer, numErrors: missing.length, errors: [error] })
  }

  #owners(query: URLSearchParams): Told {
    onlyParameters(query, 'email', 'after', 'limit', 'archived')
    const limit = limitOf(query, 100, 500)
    const from = placeOf(query)
    if (from === undefined) return badCursor()
    const archived = query.get('archived') === 'true'
    const owners = this.account.owners.filter((owner) => (owner.archived === true) === archived)
    const size = Math.min(limit, this.pageSize)
    const results = owners.slice(from, from + size).map(({ team, ...owner }) => ({
      ...owner,
      type: 'PERSON',
      userId: 9_000_000 + Number(owner.id),
      userIdIncludingInactive: 9_000_000 + Number(owner.id),
      createdAt: time,
      updatedAt: time,
      archived,
      ...(team === undefined ? {} : { teams: [{ id: '7', name: team, primary: true }] }),
    }))
    return json(200, { results, ...pagingOf(from + size, owners.length) })
  }
}

/** As documented for the ten-second limit. */
export function tooOften(
  policyName: 'TEN_SECONDLY_ROLLING' | 'DAILY',
  headers: Readonly<Record<string, string>> = {},
): Told {
  return json(
    429,
    {
      status: 'error',
      message: `You have reached your ${policyName} limit.`,
      errorType: 'RATE_LIMIT',
      correlationId: 'c033cdaa-2c40-4a64-ae48-b4cec88dad24',
      policyName,
    },
    headers,
  )
}

function limitOf(query: URLSearchParams, usual: number, most: number): number {
  const limit = Number(query.get('limit') ?? usual)
  allow(Number.isSafeInteger(limit) && limit >= 1 && limit <= most, `\`limit\` is 1 to ${most}`)
  return limit
}

/** `after` is a text that HubSpot gave; here it names the next index. */
function placeOf(query: URLSearchParams): number | undefined {
  const after = query.get('after')
  if (after === null) return 0
  const match = /^cursor-(\d+)$/.exec(after)
  return match === null ? undefined : Number(match[1])
}

function badCursor(): Told {
  return json(400, {
    status: 'error',
    message: 'Invalid paging cursor',
    category: 'VALIDATION_ERROR',
    correlationId: '0',
  })
}

function pagingOf(next: number, all: number) {
  return next >= all ? {} : { paging: { next: { after: `cursor-${next}`, link: `?after=cursor-${next}` } } }
}

/** The documentation says comma-separated, the official client repeats the parameter; both are served. */
function listOf(query: URLSearchParams, name: string): string[] {
  return query.getAll(name).flatMap((value) => value.split(','))
}

/** A property that does not exist is not in the answer, one without a value is null. */
function shownObject(id: string, properties: Properties, names: readonly string[]) {
  const always = { createdate: properties.createdate ?? time, hs_lastmodifieddate: time, hs_object_id: id }
  const asked = names.flatMap((name) => (Object.hasOwn(properties, name) ? [[name, properties[name]]] : []))
  return {
    id,
    properties: { ...always, ...Object.fromEntries(asked) },
    createdAt: time,
    updatedAt: time,
    archived: false,
  }
}

/** A company stands once for each type of its association. */
function associations({ companies, primary }: FakeDeal) {
  const results = companies.flatMap((id, index) => [
    ...(index === 0 && primary !== false ? [{ id, type: 'deal_to_company' }] : []),
    { id, type: 'deal_to_company_unlabeled' },
  ])
  return { results }
}

function shownPipeline({ id, label, stages }: Account['pipelines'][number]) {
  const dates = { createdAt: time, updatedAt: time, archived: false }
  return {
    id,
    label,
    displayOrder: 0,
    ...dates,
    stages: stages.map(({ isClosed, probability, ...stage }, displayOrder) => ({
      ...stage,
      displayOrder,
      metadata: { isClosed: String(isClosed), probability },
      writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
      ...dates,
    })),
  }
}
