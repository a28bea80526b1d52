import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutTags } from './traced-text.ts'

const tag = /<!--|-->|<\/?([a-z][a-z0-9-]*)(?:"[^"]*"|'[^']*'|[^'"<>])*>|\u00ad|\u200b|\u2060/gi
const inline =
  /^<\/?(?:a|abbr|b|bdi|bdo|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|tspan|tt|u|var|wbr)\b/i

const piece = fc.oneof(
  fc.constantFrom(
    '<',
    '</',
    '>',
    '"',
    "'",
    ' ',
    '-',
    '_',
    '!',
    '<!--',
    '-->',
    '--',
    '\n',
    '\u00ad',
    '\u200b',
    '\u2060',
  ),
  fc.constantFrom(
    'a',
    'B',
    'strong',
    'strongly',
    'div',
    'h1',
    'A1',
    'p',
    'é',
    '<b>',
    '</B>',
    '<p class="a > b">',
    "<i t='>'>",
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
)
const anyText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))

test('the tags that are taken out are those that a regular expression finds', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const expected = text.replace(tag, (found) =>
        inline.test(found) || (!found.startsWith('<') && found !== '-->') ? '' : ' \n\n ',
      )
      expect(withoutTags({ text, at: (offset) => offset }).text).toBe(expected)
    }),
    { numRuns: 20_000 },
  )
})

test('a letter is where it was before the tags were taken out', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const cut = withoutTags({ text, at: (offset) => offset })
      for (let offset = 0; offset < cut.text.length; offset++)
        if (!/\s/.test(cut.text.charAt(offset))) expect(text.charAt(cut.at(offset))).toBe(cut.text.charAt(offset))
    }),
    { numRuns: 2_000 },
  )
})
