/**
 * What a Salesforce Opportunity report or export and a HubSpot deal export call things.
 *
 * A report has labels, an export of the API has field names; a preset tries them in the order given here, and
 * `columns` of playbook.yaml replaces single ones. Both CRMs say by a flag whether a deal is closed and won, which
 * holds for a company's own stages too; without the flags the CRM's standard stages are known.
 */
import type { Outcome } from '../model/ledger-settings.ts'

export interface Preset {
  /** Ledger column to the headers that mean it, the first that the file has. */
  readonly columns: Readonly<Record<string, readonly string[]>>
  readonly outcomes: Readonly<Record<Outcome, readonly string[]>>
  /** Headers of the two flags; they decide only where the file has both. */
  readonly isClosed: readonly string[]
  readonly isWon: readonly string[]
}

const salesforce: Preset = {
  columns: {
    id: ['Opportunity ID', 'Opportunity Id', 'Id'],
    account: ['Account Name', 'Account.Name', 'AccountId', 'Account ID'],
    owner: ['Opportunity Owner', 'Owner.Name', 'OwnerId', 'Owner ID'],
    stage: ['Stage', 'StageName'],
    amount: ['Amount'],
    currency: ['Amount Currency', 'Opportunity Currency', 'CurrencyIsoCode'],
    created: ['Created Date', 'CreatedDate'],
    closed: ['Close Date', 'CloseDate'],
    source: ['Lead Source', 'LeadSource'],
    type: ['Type'],
    industry: ['Industry', 'Account.Industry'],
    territory: ['Territory', 'Territory2.Name', 'Territory2Id'],
    parent: ['Parent Account', 'Account.Parent.Name', 'Account.ParentId'],
  },
  outcomes: {
    won: ['Closed Won'],
    lost: ['Closed Lost'],
    open: [
      'Prospecting',
      'Qualification',
      'Needs Analysis',
      'Value Proposition',
      'Id. Decision Makers',
      'Perception Analysis',
      'Proposal/Price Quote',
      'Negotiation/Review',
    ],
    void: [],
  },
  isClosed: ['Closed', 'IsClosed'],
  isWon: ['Won', 'IsWon'],
}

// An export names the pipeline behind the stage; the first pipeline of an account has this name.
const inSalesPipeline = (stages: readonly string[]): string[] =>
  stages.flatMap((stage) => [stage, `${stage} (Sales Pipeline)`])

const hubspot: Preset = {
  columns: {
    id: ['Record ID', 'Deal ID', 'hs_object_id'],
    account: [
      'Associated Company (Primary)',
      'Associated Company',
      'Primary Associated Company',
      'Associated Company IDs (Primary)',
      'Associated Company IDs',
      'associatedcompanyid',
    ],
    owner: ['Deal owner', 'Deal Owner', 'hubspot_owner_id'],
    stage: ['Deal Stage', 'dealstage'],
    amount: ['Amount'],
    currency: ['Currency', 'deal_currency_code'],
    created: ['Create Date', 'createdate'],
    closed: ['Close Date', 'closedate'],
    source: ['Original Traffic Source', 'Original Source Type', 'hs_analytics_source'],
    type: ['Deal Type', 'dealtype'],
  },
  outcomes: {
    won: ['closedwon', ...inSalesPipeline(['Closed Won', 'Closed won'])],
    lost: ['closedlost', ...inSalesPipeline(['Closed Lost', 'Closed lost'])],
    open: [
      ...['appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'decisionmakerboughtin', 'contractsent'],
      ...inSalesPipeline([
        'Appointment Scheduled',
        'Qualified To Buy',
        'Presentation Scheduled',
        'Decision Maker Bought-In',
        'Contract Sent',
      ]),
      ...inSalesPipeline([
        'Appointment scheduled',
        'Qualified to buy',
        'Presentation scheduled',
        'Decision maker bought-in',
        'Contract sent',
      ]),
    ],
    void: [],
  },
  isClosed: ['Is Deal Closed?', 'hs_is_closed'],
  isWon: ['Is Closed Won', 'hs_is_closed_won'],
}

export const presets: Readonly<Record<'salesforce' | 'hubspot', Preset>> = { salesforce, hubspot }

/** A flag as these CRMs export it: Salesforce 1 or blank (0 in some tools), HubSpot true or false. Undefined for anything else. */
export function readFlag(text: string): boolean | undefined {
  const flag = text.toLowerCase()
  if (flag === '1' || flag === 'true') return true
  return flag === '' || flag === '0' || flag === 'false' ? false : undefined
}
