/**
 * What an editor shows beside the text: the verdict over a title, amount and day beside a deal's id.
 */
import type { AnyEntity } from '../model/entity.ts'
import { nodeAt } from '../page/data-node.ts'
import type { Range } from '../source/text.ts'
import { visible } from '../source/visible.ts'
import type { View } from './language-service.ts'
import { amountOf, counted, outcomeOf, verdictLine } from './words.ts'

export interface Note {
  readonly range: Range
  readonly text: string
}

/** A line over the title of a play, message or segment. */
export function linesOver(view: View, path: string): Note[] {
  const entity = view.playbook.atPath(path)
  const range = nodeAt(entity?.node, ['title'])?.range
  if (entity === undefined || range === undefined || view.playbook.get(entity.type, entity.id) !== entity) return []
  const text = lineOf(view, entity)
  return text === undefined ? [] : [{ range, text }]
}

function lineOf({ evidence, playbook }: View, entity: AnyEntity): string | undefined {
  if (evidence === undefined) return undefined
  if (entity.type === 'play') {
    const play = evidence.plays.find(({ id }) => id === entity.id)
    return play === undefined ? undefined : verdictLine(play, evidence)
  }
  if (entity.type === 'message') {
    const found = evidence.messages.find(({ id }) => id === entity.id)
    const uses = playbook.of('play').filter(({ data }) => data.messages.includes(entity.id)).length
    const backed =
      found?.backed === 'deals'
        ? 'backed by deals'
        : found?.backed === 'product'
          ? 'backed by the product'
          : 'not backed'
    return found === undefined ? undefined : `${backed} · used by ${counted(uses, 'play')}`
  }
  if (entity.type !== 'segment') return undefined
  const segment = evidence.segments.find(({ id }) => id === entity.id)
  if (segment === undefined) return undefined
  return `${counted(segment.deals, 'closed deal')} · ${segment.wins.toLocaleString('en-US')} won`
}

/** Behind each deal's id in a range: `12,400 · won 2017-03-04`. */
export async function hintsIn(view: View, path: string, range: Range): Promise<Note[]> {
  const entity = view.playbook.atPath(path)
  const mentions = (entity?.deals ?? []).filter(
    (each) => each.range.end >= range.start && each.range.start <= range.end,
  )
  if (mentions.length === 0 || view.engine === undefined) return []
  const deals = await view.engine.deals(mentions.map(({ deal }) => deal))
  return mentions.flatMap(({ deal: id, range }) => {
    const deal = deals.get(id)
    if (deal === undefined) return []
    const text = [amountOf(deal, view), outcomeOf(deal, view.asOf)].filter((part) => part !== '').join(' · ')
    return [{ range, text: visible(text) }]
  })
}
