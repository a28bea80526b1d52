/**
 * Reports a measurable claim in a play or message that nobody can check.
 *
 * What proves it stands beside it: a link to a review, a footnote that leads to one, or a message whose claim it
 * repeats and which has evidence. A message's own claim is proven by the message's evidence, and where it has none that
 * is for `message/unbacked` to say.
 */
import type { Playbook } from '../../graph/playbook.ts'
import type { Entity } from '../../model/entity.ts'
import { onceFor } from '../../model/once.ts'
import { quantitiesIn } from '../../page/figures.ts'
import type { Figure } from '../../page/page.ts'
import { code } from '../citation/deal-in-words.ts'
import { defineRule, type RuleInputs } from '../define-rule.ts'

interface Data {
  /** As written. */
  readonly figure: string
  /** A message with this figure in its claim, where there is one. */
  readonly message: string | undefined
}

export const uncitedFigure = defineRule({
  id: 'figure/uncited',
  reads: ['playbook', 'textOf'],
  text: ({ figure, message }: Data) =>
    `${code(figure.replaceAll(/\s+/g, ' '))} is a claim that a reader should be able to check, and nothing in its sentence says where it comes from. Link the review of the deal that shows it, in the same sentence or list item or by a footnote; ${
      message === undefined
        ? 'or leave the figure out.'
        : `say it in the words of the message ${code(message)}, which has evidence; or leave the figure out.`
    }`,
  *check(inputs) {
    const claims = claimsOf(inputs.playbook)
    for (const page of [...inputs.playbook.of('play'), ...inputs.playbook.of('message')]) {
      let told: Figure | undefined
      for (const figure of page.facts.figures) {
        // One sentence, one finding: a single link repairs all that it says.
        if (told?.sentence.start === figure.sentence.start || isCited(figure, page, claims, inputs)) continue
        told = figure
        const text = inputs.textOf(page.path).slice(figure.range.start, figure.range.end)
        const message = claims.find(({ keys }) => keys.has(figure.key))?.id
        yield { at: { file: page.path, range: figure.range }, data: { figure: text, message } }
      }
    }
  },
})

/** An approved message that has evidence and a figure in its claim. */
interface Claim {
  readonly id: string
  readonly keys: ReadonlySet<string>
  readonly words: readonly string[]
}

type Page = Entity<'play'> | Entity<'message'>

/** Of every message, whichever pages are asked about. */
function claimsOf(playbook: Playbook): Claim[] {
  return [...playbook.ids('message')].flatMap((id) => {
    const message = playbook.get('message', id)
    return (message && claimOf(message)) ?? []
  })
}

/** An editor asks after each key, and has thousands of messages that did not change. */
const claimOf = onceFor((message: Entity<'message'>): Claim | undefined => {
  const { claim, status } = message.data
  const keys = figuresIn(claim)
  if (claim === undefined || keys.size === 0 || status !== 'approved' || !isBacked(message)) return undefined
  return { id: message.id, keys, words: wordsOf(claim) }
})

function isCited(
  figure: Figure,
  page: Page,
  claims: readonly Claim[],
  { playbook, textOf }: Pick<RuleInputs, 'playbook' | 'textOf'>,
): boolean {
  const isOwnClaim = page.type === 'message' && figuresIn(page.data.claim).has(figure.key)
  if (isOwnClaim && (page.data.status === 'approved' || isBacked(page))) return true
  for (const url of figure.links) {
    const target = playbook.target(page, url)
    if (target.kind !== 'page') continue
    if (target.entity.type === 'review') return true
    const { type, id } = target.entity
    if (type === 'message' && claims.some((claim) => claim.id === id && claim.keys.has(figure.key))) return true
  }
  const candidates = claims.filter(({ keys }) => keys.has(figure.key))
  if (candidates.length === 0) return false
  const said = new Set(wordsOf(textOf(page.path).slice(figure.sentence.start, figure.sentence.end)))
  return candidates.some(({ words }) => repeats(said, words))
}

/** A sentence repeats a claim when it has its figure and most of its words, in whatever order. */
function repeats(said: ReadonlySet<string>, words: readonly string[]): boolean {
  return words.filter((word) => said.has(word)).length >= mostWords * words.length
}

const mostWords = 0.7

function isBacked({ data, citations }: Entity<'message'>): boolean {
  return citations.length > 0 || (data.proof === 'product' && (data.source ?? '').trim() !== '')
}

function figuresIn(claim: string | undefined): ReadonlySet<string> {
  return new Set(quantitiesIn(claim ?? '').map(({ key }) => key))
}

/** Words in small letters; the address of a link is none of them. */
function wordsOf(text: string): string[] {
  return (
    text
      .replaceAll(/\]\([^)\s]*\)/g, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
