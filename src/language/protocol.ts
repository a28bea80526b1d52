/**
 * What Playproof's server can be asked beyond the Language Server Protocol; names and shapes are a contract.
 */
import { NotificationType, RequestType, RequestType0, type WorkspaceEdit } from 'vscode-languageserver'
import type { PlayEvidence } from '../evidence/evidence.ts'
import type { EntityType } from '../model/entity-types.ts'

/** A won deal that a page could cite; money in major units. */
export interface FittingDealItem {
  readonly deal: string
  readonly account: string
  readonly owner: string
  readonly amount: number | null
  readonly closed: string | null
  readonly why: string
}

export interface PageEvidence {
  /** As in `evidence --format json`. */
  readonly play: PlayEvidence
  readonly title: string
  /** At most 50, best first. */
  readonly fitting: readonly FittingDealItem[]
}

/** The evidence of the play at `uri`; null for other pages and where there is no ledger. */
export const evidenceRequest = new RequestType<{ readonly uri: string }, PageEvidence | null, void>(
  'playproof/evidence',
)

/** The edit that cites a deal on the page at `uri`; null where it is cited already or the fields cannot be read. */
export const citeRequest = new RequestType<{ readonly uri: string; readonly deal: string }, WorkspaceEdit | null, void>(
  'playproof/cite',
)

/** A field of a page, for a form. */
export interface FormField {
  /** Dotted: `owners.marketing`. */
  readonly name: string
  readonly label: string
  readonly kind: string
  readonly required: boolean
  readonly choices: readonly string[]
  readonly doc: string
  /** The type whose id the value holds. */
  readonly reference: EntityType | null
}

export interface PageType {
  readonly type: EntityType
  readonly folder: string
  readonly fields: readonly FormField[]
}

/** The types of page with the fields that a form asks for. */
export const pageTypesRequest = new RequestType0<readonly PageType[], void>('playproof/pageTypes')

export interface NewPageParams {
  readonly type: string
  /** The file's name without `.md`; of a review the deal. */
  readonly id: string
  /** By dotted name, as people write them: lists with commas. */
  readonly fields: Readonly<Record<string, string>>
  /** Any file of the playbook that is meant, where several are open. */
  readonly uri?: string
}

/** A new page as `playproof new` would write it; nothing is written. `path` is relative to the playbook's root. */
export const newPageRequest = new RequestType<NewPageParams, { readonly path: string; readonly text: string }, void>(
  'playproof/newPage',
)

/**
 * The findings of all files are told, those by the ledger included; sent again after each change that was worked in. A
 * question that asks for more than was read by then is answered when that is read.
 */
export const readyNotification = new NotificationType<{ readonly root: string }>('playproof/ready')
