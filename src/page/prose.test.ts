/** Figures of a page with their sentences and links, the same from both Markdown engines. */
import { expect, test } from 'vitest'
import { defaultLimits } from './page.ts'
import { parsePage } from './parse-page.ts'
import { remarkEngine } from './remark-engine.ts'
import { satteriEngine } from './satteri-engine.ts'

/** `figure | sentence | links`, as they stand in the page. */
function figures(body: string): string[] {
  const text = `---\ntitle: x\n---\n${body}`
  const [one, other] = [remarkEngine, satteriEngine].map((engine) => parsePage(text, engine, defaultLimits).figures)
  expect(other).toEqual(one)
  return (one ?? []).map(({ range, sentence, links }) =>
    [text.slice(range.start, range.end), text.slice(sentence.start, sentence.end), links.join(' ')].join(' | '),
  )
}

test('a figure comes with its sentence and the links in it', () => {
  expect(figures('It works. Costs [fell by *40%*](a.md) last\nyear, they [say](b.md). [Other](c.md).')).toEqual([
    '40% | Costs [fell by *40%*](a.md) last\nyear, they [say](b.md). | a.md b.md',
  ])
})

test('a list item and a row are one, whatever paragraphs they hold', () => {
  expect(figures('- It is 3x faster.\n\n  See [a](a.md).\n- It is 2x faster.\n')).toEqual([
    '3x | It is 3x faster. | a.md',
    '2x | It is 2x faster. | ',
  ])
  expect(figures('| who | what |\n| - | - |\n| [a](a.md) | 40% |\n')).toEqual(['40% | 40% | a.md'])
})

test('footnotes and link definitions lead where they lead, wherever they are written', () => {
  expect(figures('Costs fell by 40%.[^1] [Prices][p] fell by 10%.\n\n[^1]: See [a](a.md).\n\n[p]: p.md\n')).toEqual([
    '40% | Costs fell by 40%. | a.md',
    '10% | Prices][p] fell by 10%. | p.md',
  ])
})

test('quotes, headings and bold words are prose; code, HTML, pictures and questions are not', () => {
  expect(figures('> It costs **$5,000**.\n\n## 40% faster\n')).toEqual([
    '$5,000 | It costs **$5,000**. | ',
    '40% | 40% faster | ',
  ])
  expect(
    figures('`40%` <b title="40%"> ![40%](a.png)\n\n```\n40%\n```\n\n“Is it 40% faster?” <https://a.example/$40>\n'),
  ).toEqual([])
})

test('what an escape or a margin adds to the text does not move a place', () => {
  expect(figures('> Costs \\*really\\* &amp; truly\n> fell by 40%.\n')).toEqual([
    '40% | Costs \\*really\\* &amp; truly\n> fell by 40%. | ',
  ])
})

test('a page of figures and links stays small', () => {
  const { figures: many } = parsePage(`---\n---\n- ${'40% [a](a.md) '.repeat(4_000)}`, satteriEngine, defaultLimits)
  expect(many).toHaveLength(1_000)
  const links = Array.from({ length: 4_000 }, (_, index) => `[a](${index}.md)`).join(' ')
  const [first] = parsePage(`---\n---\n- 40% ${links}`, satteriEngine, defaultLimits).figures
  expect(first?.links).toHaveLength(50)
})
