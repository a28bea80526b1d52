/**
 * `import hubspot`: deals with the company and the owner of each, by the date-versioned CRM API.
 *
 * Lists are read, not searches: a search ends at 10,000 results. The list is asked for by the cursor that the page
 * before gave. Stages come as ids, which stay when somebody renames a stage; what a person reads comes from the
 * pipelines, so that a ledger says what an export of HubSpot says.
 */
import { type CellKind, type CrmFields, cellOf, dealColumns, joinedColumns, unique } from './crm-columns.ts'
import { type Answer, apiAddress, ask, isRecord, jsonOf, said, type World } from './http.ts'
import { ImportFault } from './import-fault.ts'
import { distinct, KeptPages, lastOfEach, type Page, type PageStore, PlaceGone, type Row } from './kept-pages.ts'
import type { CrmReading, LedgerSettings, Table } from './snapshot.ts'

/** HubSpot supports a version for at least 18 months: https://developers.hubspot.com/docs/api-reference/2026-03/overview */
const version = '2026-03'
const pageSize = 100

export const hubspotVariables = {
  HUBSPOT_ACCESS_TOKEN:
    'a service key or private app token that may read deals, companies, owners and, as a custom property needs them, their sensitive data',
} as const

export const hubspotAddress = 'https://api.hubapi.com'

// What is worked out here stands beside HubSpot's own properties, whose names have no `@`.
const company = '@company'
const companyId = '@company-id'
const owner = '@owner'
const stage = '@stage'
const pipeline = '@pipeline'
const recordId = '@id'

/** Property names and the labels of exports: https://knowledge.hubspot.com/properties/hubspots-default-deal-properties */
const fields: CrmFields = {
  source: 'hubspot',
  usual: {
    id: { header: 'Record ID', field: recordId },
    account: { header: 'Associated Company (Primary)', field: company },
    owner: { header: 'Deal owner', field: owner },
    stage: { header: 'Deal Stage', field: stage },
    amount: { header: 'Amount', field: 'amount' },
    currency: { header: 'Currency', field: 'deal_currency_code' },
    created: { header: 'Create Date', field: 'createdate' },
    closed: { header: 'Close Date', field: 'closedate' },
    source: { header: 'Original Traffic Source', field: 'hs_analytics_source' },
    type: { header: 'Deal Type', field: 'dealtype' },
    isClosed: { header: 'Is Deal Closed?', field: 'hs_is_closed' },
    isWon: { header: 'Is Closed Won', field: 'hs_is_closed_won' },
  },
  optional: ['source', 'type'],
  labels: {
    deals: {
      'Record ID': recordId,
      'Deal ID': recordId,
      hs_object_id: recordId,
      'Associated Company (Primary)': company,
      'Associated Company': company,
      'Primary Associated Company': company,
      'Associated Company IDs (Primary)': companyId,
      'Associated Company IDs': companyId,
      associatedcompanyid: companyId,
      'Deal owner': owner,
      'Deal Owner': owner,
      'Deal Stage': stage,
      Pipeline: pipeline,
      Amount: 'amount',
      Currency: 'deal_currency_code',
      'Create Date': 'createdate',
      'Close Date': 'closedate',
      'Original Traffic Source': 'hs_analytics_source',
      'Original Source Type': 'hs_analytics_source',
      'Deal Type': 'dealtype',
      'Is Deal Closed?': 'hs_is_closed',
      'Is Closed Won': 'hs_is_closed_won',
    },
    accounts: {
      'Record ID': recordId,
      hs_object_id: recordId,
      'Company name': 'name',
      'Company Name': 'name',
      Industry: 'industry',
      'Number of Employees': 'numberofemployees',
      'Annual Revenue': 'annualrevenue',
      'Country/Region': 'country',
    },
    sellers: {
      'Deal owner': 'name',
      'Deal Owner': 'name',
      Name: 'name',
      hubspot_owner_id: 'id',
      'Owner ID': 'id',
      Email: 'email',
      Team: 'team',
    },
  },
  fieldName: /^[a-z][a-z0-9_]*$/,
  example: 'sales_play',
}

const ownerFields = ['id', 'name', 'email', 'team']

interface Variables {
  readonly HUBSPOT_ACCESS_TOKEN: string
  readonly address: string
}

export async function readHubspot(
  settings: LedgerSettings,
  variables: Variables,
  store: PageStore,
  world: World,
): Promise<CrmReading> {
  const deals = dealColumns(settings, fields)
  const columns = unique([...deals.values()])
  const accounts = joinedColumns(settings, 'accounts', fields)
  const sellers = joinedColumns(settings, 'sellers', fields)
  const strange = sellers?.find(({ field }) => !ownerFields.includes(field))
  if (strange !== undefined)
    throw new ImportFault(
      `\`ledger.sellers\` of playbook.yaml wants \`${strange.header}\`, and an owner in HubSpot has \`${ownerFields.join('`, `')}\`. Take it out, or keep the sellers in a file of your own and import deals with \`import csv\`.`,
    )
  const session = new Session(variables, world)
  const needs = (...wanted: string[]): boolean => columns.some(({ field }) => wanted.includes(field))
  const dealProperties = propertiesOf([
    ...columns.map(({ field }) => field),
    ...(needs(owner) || sellers !== undefined ? ['hubspot_owner_id'] : []),
    ...(needs(stage) ? ['dealstage'] : []),
    ...(needs(pipeline) ? ['pipeline'] : []),
  ])
  const companyProperties = propertiesOf([
    ...(needs(company) ? ['name'] : []),
    ...(accounts ?? []).map(({ field }) => field),
  ])
  const plan = JSON.stringify([version, session.address, dealProperties, companyProperties])
  const pages = new KeptPages(store, plan, world.now())
  const told =
    (what: string) =>
    (rows: number): void =>
      world.progress(`HubSpot: ${rows.toLocaleString('en-US')} ${what}`)

  const raw = lastOfEach(
    await pages.rows('deals', '', (after) => session.deals(dealProperties, after), told('deals')),
    0,
  )
  const ids = [...new Set(raw.map((row) => row[1] ?? ''))].filter((id) => id !== '' && id !== several).sort()
  const companies =
    needs(company) || accounts !== undefined
      ? await pages.rows(
          'companies',
          '0',
          (from) => session.companies(companyProperties, ids, Number(from)),
          told('companies'),
        )
      : []
  const owners: Row[] = []
  if (needs(owner) || sellers !== undefined) {
    for (const archived of [false, true]) {
      const step = archived ? 'left-owners' : 'owners'
      owners.push(...(await pages.rows(step, '', (after) => session.owners(archived, after), told('owners'))))
    }
  }
  const pipelines = needs(stage, pipeline)
    ? await pages.rows('pipelines', '', () => session.pipelines(), told('stages'))
    : []

  const companyOf = new Map(companies.map((row) => [row[0] ?? '', row]))
  const ownerOf = new Map(owners.map((row) => [row[0] ?? '', row]))
  const labelOf = new Map(pipelines.map(([kind, id, label = '']) => [`${kind} ${id}`, label]))
  const property = (row: Row, name: string): string => row[2 + dealProperties.indexOf(name)] ?? ''
  const nameOf = (row: Row | undefined, index: number, id: string): string => row?.[index] || id
  const cellIn = (row: Row, field: string, kind: CellKind): string => {
    const [id = '', companyKey = ''] = row
    switch (field) {
      case recordId:
        return id
      case companyId:
        return companyKey
      case company:
        return nameOf(companyOf.get(companyKey), 1 + companyProperties.indexOf('name'), companyKey)
      case owner: {
        const key = property(row, 'hubspot_owner_id')
        return nameOf(ownerOf.get(key), 1, key)
      }
      case stage:
      case pipeline: {
        const key = property(row, field === stage ? 'dealstage' : 'pipeline')
        return labelOf.get(`${field} ${key}`) ?? key
      }
      default:
        return cellOf(property(row, field), kind)
    }
  }
  const indexOf = (column: string): number => columns.findIndex(({ header }) => header === deals.get(column)?.header)
  const dealRows = raw.map((row) => columns.map(({ field, kind }) => cellIn(row, field, kind)))
  const tables: Table[] = [
    { name: 'deals', headers: columns.map(({ header }) => header), key: indexOf('id'), rows: dealRows },
  ]
  const join = (name: 'accounts' | 'sellers', by: string, rows: readonly Row[], headers: readonly string[]): void => {
    const wanted = new Set(dealRows.map((row) => row[indexOf(by)] ?? ''))
    const kept = rows.filter(([key = '']) => key !== '' && wanted.has(key))
    tables.push({ name, headers, key: 0, rows: distinct(kept) })
  }
  if (accounts !== undefined) {
    const rows = companies.map((row) =>
      accounts.map(({ field, kind }) =>
        field === recordId ? (row[0] ?? '') : cellOf(row[1 + companyProperties.indexOf(field)], kind),
      ),
    )
    join(
      'accounts',
      'account',
      rows,
      accounts.map(({ header }) => header),
    )
  }
  if (sellers !== undefined) {
    const rows = owners.map((row) => sellers.map(({ field }) => row[ownerFields.indexOf(field)] ?? ''))
    join(
      'sellers',
      'owner',
      rows,
      sellers.map(({ header }) => header),
    )
  }
  // What HubSpot calls primary belongs to an account; a deal between companies without one belongs to none yet.
  const undecided = needs(company, companyId) || accounts !== undefined ? raw.filter((row) => row[1] === several) : []
  const refused = undecided.map(([deal = '']) => ({ deal, text: severalText }))
  return { tables, refused, pagesFound: pages.found }
}

function propertiesOf(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => !name.startsWith('@')).sort()
}

class Session {
  readonly address: string
  readonly #token: string
  readonly #world: World

  constructor({ HUBSPOT_ACCESS_TOKEN, address }: Variables, world: World) {
    this.address = apiAddress(address, 'HUBSPOT_API_URL').origin
    this.#token = HUBSPOT_ACCESS_TOKEN
    this.#world = world
  }

  /** Rows of id, primary company and properties. */
  async deals(properties: readonly string[], after: string): Promise<Page> {
    const query = new URLSearchParams({ limit: String(pageSize), properties: properties.join(',') })
    query.set('associations', 'companies')
    if (after !== '') query.set('after', after)
    const body = await this.#ask(`/crm/objects/${version}/deals?${query}`, { resumed: after !== '' })
    return pageOf(body, (result) => [idOf(result), primaryCompany(result), ...valuesOf(result, properties, 'deal')])
  }

  /** Rows of id and properties of the companies from `from` on; those that HubSpot no longer has are left out. */
  async companies(properties: readonly string[], ids: readonly string[], from: number): Promise<Page> {
    const some = ids.slice(from, from + pageSize)
    if (some.length === 0) return { rows: [], next: undefined }
    const json = { inputs: some.map((id) => ({ id })), properties, propertiesWithHistory: [] }
    const { results } = await this.#ask(`/crm/objects/${version}/companies/batch/read`, { json })
    if (!Array.isArray(results)) throw unexpected('results')
    const rows = results.map((result) => [idOf(result), ...valuesOf(result, properties, 'company')])
    return { rows, next: from + pageSize < ids.length ? String(from + pageSize) : undefined }
  }

  /** Rows of id, name, address and team. */
  async owners(archived: boolean, after: string): Promise<Page> {
    const query = new URLSearchParams({ limit: String(pageSize), archived: String(archived) })
    if (after !== '') query.set('after', after)
    const body = await this.#ask(`/crm/owners/${version}?${query}`, { resumed: after !== '' })
    return pageOf(body, (result) => {
      const { firstName, lastName, email, teams } = isRecord(result) ? result : {}
      const text = (value: unknown): string => (typeof value === 'string' ? value : '')
      const team = Array.isArray(teams)
        ? (teams.find((each) => isRecord(each) && each.primary === true) ?? teams[0])
        : {}
      const name = `${text(firstName)} ${text(lastName)}`.trim()
      return [idOf(result), name || text(email), text(email), isRecord(team) ? text(team.name) : '']
    })
  }

  /** Rows of `@stage` or `@pipeline`, id and label. */
  async pipelines(): Promise<Page> {
    const { results } = await this.#ask(`/crm/pipelines/${version}/deals`)
    if (!Array.isArray(results)) throw unexpected('results')
    const rows = results.flatMap((each): Row[] => {
      const stages = isRecord(each) && Array.isArray(each.stages) ? each.stages : []
      return [[pipeline, idOf(each), labelOf(each)], ...stages.map((one) => [stage, idOf(one), labelOf(one)])]
    })
    return { rows, next: undefined }
  }

  async #ask(
    path: string,
    { json, resumed = false }: { readonly json?: unknown; readonly resumed?: boolean } = {},
  ): Promise<Record<string, unknown>> {
    const answer = await ask(
      {
        url: new URL(path, this.address),
        whom: 'HubSpot',
        headers: {
          authorization: `Bearer ${this.#token}`,
          accept: 'application/json',
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }),
        hopeless: usedUp,
      },
      this.#world,
    )
    const body = jsonOf(answer)
    // A batch of which some are missing answers 207.
    if ((answer.status === 200 || answer.status === 207) && isRecord(body)) return body
    throw this.#refusal(answer, body, resumed)
  }

  #refusal({ status }: Answer, body: unknown, resumed: boolean): Error {
    const why = isRecord(body) ? said(body.message, [this.#token]) : ''
    if (status === 401)
      return new ImportFault(
        'HubSpot does not know the token in HUBSPOT_ACCESS_TOKEN, or it has run out. Put a new one there and import again: it goes on where it stopped.',
      )
    if (status === 403)
      return new ImportFault(
        `the token in HUBSPOT_ACCESS_TOKEN may not read this (${why}). Give it crm.objects.deals.read, crm.objects.companies.read and crm.objects.owners.read.`,
      )
    if (status === 400 && resumed) return new PlaceGone(why)
    return status < 400 ? unexpected('JSON') : new ImportFault(`HubSpot refuses (${status}: ${why}).`)
  }
}

function usedUp(answer: Answer): string | undefined {
  const body = answer.status === 429 ? jsonOf(answer) : undefined
  return isRecord(body) && body.policyName === 'DAILY'
    ? 'the account has used up its API requests of today. Import again tomorrow: it goes on where it stopped.'
    : undefined
}

function pageOf({ results, paging }: Record<string, unknown>, row: (result: unknown) => Row): Page {
  if (!Array.isArray(results)) throw unexpected('results')
  const next = isRecord(paging) && isRecord(paging.next) ? paging.next.after : undefined
  if (next !== undefined && typeof next !== 'string') throw unexpected('a cursor that is a text')
  return { rows: results.map(row), next }
}

function idOf(result: unknown): string {
  if (!isRecord(result) || typeof result.id !== 'string' || result.id === '') throw unexpected('an id')
  return result.id
}

function labelOf(result: unknown): string {
  if (!isRecord(result) || typeof result.label !== 'string') throw unexpected('a label')
  return result.label
}

function valuesOf(result: unknown, names: readonly string[], what: string): string[] {
  const properties = isRecord(result) ? result.properties : undefined
  if (!isRecord(properties)) throw unexpected('properties')
  return names.map((name) => {
    if (!Object.hasOwn(properties, name))
      throw new ImportFault(
        `HubSpot has no ${what} property \`${name}\`, which playbook.yaml asks for. Correct it under \`ledger\`, or let the token see it.`,
      )
    const value = properties[name]
    return value === null || value === undefined ? '' : String(value)
  })
}

/** Stands where a company's id would. */
const several = '@several'
const severalText =
  'This deal has several companies in HubSpot and none is the primary one, so nobody can tell whose deal it is. Choose the primary company there and import again.'

/**
 * The company that HubSpot calls primary, else the only one. Of several without a primary one none is chosen: which
 * it is was never decided. An association stands once for each of its types.
 */
function primaryCompany(result: unknown): string {
  const { associations } = isRecord(result) ? result : {}
  const companies = isRecord(associations) ? associations.companies : undefined
  if (!isRecord(companies)) return ''
  const results = (Array.isArray(companies.results) ? companies.results : []).filter(isRecord)
  const primary = results.find(({ type }) => type === 'deal_to_company')
  const ids = new Set(results.map(({ id }) => String(id)))
  if (primary !== undefined) return String(primary.id)
  if (ids.size === 0) return ''
  return ids.size === 1 && companies.paging === undefined ? String([...ids][0]) : several
}

function unexpected(what: string): ImportFault {
  return new ImportFault(
    `HubSpot answers without ${what}, which its documentation promises. Import again later; the old ledger stands.`,
  )
}
