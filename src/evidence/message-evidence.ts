/**
 * Whether a message is backed: by a won deal that counts, or by the product itself.
 */
import { type Bench, judgeCitations } from './eligibility.ts'
import type { MessageEvidence } from './evidence.ts'
import type { MessageInput } from './evidence-input.ts'
import type { Herd } from './herd.ts'
import { holds } from './select-rows.ts'

/** A deal that counts backs a message whatever its `proof` says; `proof: product` needs a link to its source. */
export function messageEvidence(
  bench: Bench,
  message: MessageInput,
  herds: ReadonlyMap<string, Herd>,
): MessageEvidence {
  const known = message.segments.flatMap((id) => herds.get(id) ?? [])
  // A message for everybody has no outside; and where one segment is unknown, the deal may be in that one.
  const hasOutside = known.length > 0 && known.length === message.segments.length
  const citations = judgeCitations(bench, message.evidence, {
    play: undefined,
    fits: hasOutside ? (row) => known.some(({ members }) => holds(members, row)) : undefined,
    isElephant: () => false,
    onceAnAccount: false,
  })
  const byDeals = citations.some(({ eligible }) => eligible)
  const byProduct = message.proof === 'product' && message.source !== undefined && message.source.trim() !== ''
  return { id: message.id, citations, backed: byDeals ? 'deals' : byProduct ? 'product' : 'no' }
}
