/**
 * What the extension asks the language server beside the protocol's own requests.
 */
import type { WorkspaceEdit } from 'vscode-languageclient'
import type { PlayEvidence } from '../evidence/evidence.ts'

/** A won deal that fits the play and is not cited yet. */
export interface FittingDeal {
  readonly deal: string
  readonly account: string | null
  readonly owner: string | null
  readonly amount: number | null
  readonly closed: string | null
  /** Why it is offered, or what still keeps it from counting. */
  readonly why: string
}

export interface EvidenceAnswer {
  readonly play: PlayEvidence
  readonly title: string
  readonly fitting: readonly FittingDeal[]
}

export interface FormField {
  /** `owners.marketing` */
  readonly name: string
  readonly label: string
  readonly kind: string
  readonly required: boolean
  readonly choices: readonly string[]
  readonly doc: string
  /** The type whose id the value holds. */
  readonly reference: string | null
}

export interface PageType {
  readonly type: string
  /** Of the pages of this type, inside the playbook's. */
  readonly folder: string
  readonly fields: readonly FormField[]
}

/** The server's answer: a path relative to the root, and the page's text. */
export interface NewPage {
  readonly path: string
  readonly text: string
}

/** What each request takes and gives. */
interface PlayproofRequests {
  'playproof/evidence': { readonly params: { uri: string }; readonly result: EvidenceAnswer | null }
  'playproof/cite': { readonly params: { uri: string; deal: string }; readonly result: WorkspaceEdit | null }
  'playproof/pageTypes': { readonly params: undefined; readonly result: readonly PageType[] }
  'playproof/newPage': {
    readonly params: { type: string; id: string; fields: Readonly<Record<string, string>> }
    readonly result: NewPage
  }
}

/** Asks the language server. */
export type Ask = <Name extends keyof PlayproofRequests>(
  name: Name,
  params: PlayproofRequests[Name]['params'],
) => Promise<PlayproofRequests[Name]['result']>
