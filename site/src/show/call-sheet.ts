/**
 * How the sheet that a play is printed on must be set so that it stays one page.
 */
import type { PlayPage } from '../content/page-types.ts'

export type SheetSize = 'short' | 'middle' | 'long' | 'longest'

/** By the words that stand on it. A `longest` sheet leaves out when to run it and the proof: those are for before the call. */
export function sheetSize({ body, messages }: PlayPage): SheetSize {
  const html = body.sections.flatMap((section) => [section.html, ...section.cards.map((card) => card.html)]).join(' ')
  const text = `${html.replace(/<[^>]*>/g, ' ')} ${messages.map(({ claim }) => claim).join(' ')}`
  const words = text.split(/\s+/).length
  return words < 650 ? 'short' : words < 1000 ? 'middle' : words < 1500 ? 'long' : 'longest'
}
