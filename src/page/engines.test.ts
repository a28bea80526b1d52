/**
 * The two Markdown engines give the same facts, over real handbooks and over the corners of CommonMark and GFM.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MarkdownEngine } from './markdown-engine.ts'
import { defaultLimits, type PageFacts } from './page.ts'
import { parsePage } from './parse-page.ts'
import { remarkEngine } from './remark-engine.ts'
import { satteriEngine } from './satteri-engine.ts'

const handbooks = fileURLToPath(new URL('../../test/fixtures/handbooks', import.meta.url))
const pages = readdirSync(handbooks, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
  .map((entry) => relative(handbooks, join(entry.parentPath, entry.name)))

const facts = (markdown: string, engine: MarkdownEngine): PageFacts =>
  parsePage(markdown.startsWith('---') ? markdown : `---\ntitle: x\n---\n${markdown}`, engine, defaultLimits)

test('there are real handbooks to compare the engines on', () => {
  expect(pages.length).toBeGreaterThan(80)
})

test.each(pages)('both engines read %s alike', (path) => {
  const text = readFileSync(join(handbooks, path), 'utf8')
  expect(facts(text, satteriEngine)).toEqual(facts(text, remarkEngine))
})

describe('both engines read alike', () => {
  const corners: Record<string, string> = {
    'headings of both kinds': '# A\n\nB\n===\n\nC\n---\n\n####### none\n\n# A #\n',
    'links, images and autolinks':
      '[a](b.md "t") ![i](<c d.png>) <https://x.example> https://y.example www.z.example a@b.example\n',
    'definitions and references': '[x][d] [d] [d][]\n\n[d]: ../z.md#q "t"\n[unused]: <a b>\n',
    'nested brackets and escapes': '[a \\] [b](c) d](e\\)f.md) ![a [b] c](d.png)\n',
    'code that only looks like links': '`[a](b)`\n\n    [c](d)\n\n```\n[e](f)\n```\n',
    'raw HTML with anchors': '<a id="here"></a>\n\n<div name=\'there\'>\n\n# T\n\n</div>\n',
    'waivers in blocks and in lines':
      '<!-- playproof-ignore citation/stale: ok -->\ntext <!-- playproof-ignore a/b until 2027-01-01: x --> more\n',
    'tables, tasks, footnotes and strikes':
      '| a | b |\n| --- | :-: |\n| [l](m.md) | ~~x~~ |\n\n- [ ] t [o](p.md)\n\nf[^1]\n\n[^1]: [n](q.md)\n',
    'emoji before everything': '😀 [a](b.md) 👩‍👩‍👧 [c](d.md)\n\n# 😀 T\n',
    'line ends of every kind': '# A\r\n\r\n[a](b.md)\r\n\r\n## B\r\n\r\ntext\r\n',
    'setext underlines after lazy lines': '> quote\nlazy\n===\n\n- item\n\n  # H in item\n',
  }

  test.each(Object.entries(corners))('%s', (_, markdown) => {
    expect(facts(markdown, satteriEngine)).toEqual(facts(markdown, remarkEngine))
  })

  test('whatever words, marks and breaks come together', () => {
    const part = fc.constantFrom(
      'word',
      ' ',
      '\n',
      '\n\n',
      '# ',
      '- ',
      '> ',
      '**',
      '`',
      '[a](b.md)',
      '![i](j.png)',
      '[d]',
      '\n[d]: e.md\n',
      '😀',
      '<!-- c -->',
      '\\',
      '1. ',
      '## ',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        const markdown = `${parts.join('')}\n`
        expect(facts(markdown, satteriEngine)).toEqual(facts(markdown, remarkEngine))
      }),
      { numRuns: 400, seed: 7 },
    )
  })
})
