import { expect, test } from 'vitest'
import { literal, plain } from './escape.ts'
import { remark } from './testing/markdown-kinds.ts'

test.for([
  '[open](command:workbench.action.quit)',
  '![x](https://example.com/pixel.png)',
  '<img src=x onerror=alert(1)>',
  '<https://example.com>',
  'https://example.com and www.example.com and a@example.com',
  '# big',
  '- item',
  '1. item',
  '`code` **bold** _it_ ~gone~ | cell',
  '&lt;b&gt;',
])('%s is shown as the words it is', (text) => {
  const { kinds, text: shown } = remark(plain(text))
  expect(shown).toBe(text)
  // An address that stands there as itself may become a link to itself, as in any text.
  expect(kinds.filter((kind) => kind !== 'link: itself')).toEqual(['paragraph', 'text'])
})

test('a value between backticks shows its own backticks', () => {
  expect(remark(literal('a `b` ``c``'))).toEqual({ kinds: ['paragraph', 'inlineCode'], text: 'a `b` ``c``' })
})
