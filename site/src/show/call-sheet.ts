/**
 * How the sheet that a play is printed on must be set so that it stays one page, of A4 or Letter.
 */
import type { PlayPage } from '../content/page-types.ts'
import type { Section } from '../content/render-markdown.ts'
import { playSectionUse } from './section-use.ts'

export interface CallSheet {
  /** Half points: 15 to 20. */
  readonly size: number
  /** Slugs of sections for before the call, which a long play leaves to its page. */
  readonly without: ReadonlySet<string>
}

/** Words times the square of the size in points, which two columns of a page hold; measured in Chromium, with a tenth to spare. */
const capacity = 66_000
const [smallest, largest] = [7.5, 10]
/** Title, verdict, and the sentence on how the play is judged. */
const wordsOfHead = 70

export function callSheet({ body: { sections }, messages, notices }: PlayPage): CallSheet {
  const fixed =
    wordsOfHead + count(messages.map(({ claim }) => claim).join(' ')) + count(notices.map(({ text }) => text).join(' '))
  const sizeOf = (shown: readonly Section[]): number =>
    Math.sqrt(capacity / (fixed + shown.reduce((sum, section) => sum + wordsIn(section), 0)))
  const whole = sizeOf(sections)
  // What is asked, said and answered stays, and so does what one does next.
  const before = sections.filter(
    ({ title }, index) => playSectionUse(title) === undefined && index < sections.length - 1,
  )
  const without = whole < smallest ? before : []
  const size = sizeOf(sections.filter((section) => !without.includes(section)))
  return {
    size: Math.floor(Math.min(largest, Math.max(smallest, size)) * 2),
    without: new Set(without.map(({ slug }) => slug)),
  }
}

function wordsIn({ title, html, cards }: Section): number {
  return count([title, html, ...cards.flatMap((card) => [card.title, card.html])].join(' '))
}

function count(html: string): number {
  return html.split(/(?:\s|<[^>]*>)+/).length
}
