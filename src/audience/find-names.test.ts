import { expect, test } from 'vitest'
import { NameFinder } from './find-names.ts'

const finder = new NameFinder<string>((word) => word === 'target')
for (const name of ['Ace', 'Gekko & Co', 'J-Texon', 'Acme Corporation', 'Target', 'Café Brûlé', '李商行', '&'])
  finder.add(name, name)

const found = (text: string) => [...finder.find(text)].map(({ value, start, end }) => [value, text.slice(start, end)])

test.each([
  ['We met ACE, and the place was full of aces.', [['Ace', 'ACE']]],
  [
    'gekko-and-co is no such name, gekko-co and gekko_co are',
    [
      ['Gekko & Co', 'gekko'],
      ['Gekko & Co', 'gekko-co'],
      ['Gekko & Co', 'gekko_co'],
    ],
  ],
  [
    '/reviews/jtexon/ and J\n  Texon',
    [
      ['J-Texon', 'jtexon'],
      ['J-Texon', 'J\n  Texon'],
    ],
  ],
  [
    'Acme bought; the acme corporation did not',
    [
      ['Acme Corporation', 'Acme'],
      ['Acme Corporation', 'acme corporation'],
    ],
  ],
  [
    'the target; a Target; TARGET',
    [
      ['Target', 'Target'],
      ['Target', 'TARGET'],
    ],
  ],
  [
    'cafe brule, Cafe\u0301 Bru\u0302le\u0301, ＣＡＦＥ ＢＲＵＬＥ',
    [
      ['Café Brûlé', 'cafe brule'],
      ['Café Brûlé', 'Cafe\u0301 Bru\u0302le\u0301'],
      ['Café Brûlé', 'ＣＡＦＥ ＢＲＵＬＥ'],
    ],
  ],
  ['李商行 & others', [['李商行', '李商行']]],
  ['J.\n\nTexon', []],
])('in %j', (text, expected) => {
  expect(found(text)).toEqual(expected)
})

test('an ordinary word that opens a sentence is doubtful, and elsewhere it is not', () => {
  expect(
    [...finder.find('Target it. - Target\nWe won Target.')].map(({ start, doubtful }) => [start, doubtful]),
  ).toEqual([
    [0, true],
    [13, false],
    [27, false],
  ])
})
