import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { uncitedFigure } from './uncited.ts'

const review = { 'reviews/D-18.md': '---\ndeal: D-18\noutcome: won\n---\nA story.\n' }
const message = (status: string, evidence: string, more = '') =>
  `---\ntitle: Month-end\nstatus: ${status}\nclaim: Banks close the month 30% faster.\nevidence: ${evidence}\n${more}---\n`
const found = (body: string, more: Record<string, string> = {}) =>
  findingsIn(uncitedFigure, { ...review, ...more, 'plays/a.md': `---\ntitle: Land\nstatus: trial\n---\n${body}\n` })

test('the finding quotes the figure and says what would prove it', async () => {
  const text = await findingsIn(
    uncitedFigure,
    { 'plays/a.md': '---\ntitle: Land\nstatus: trial\n---\nThey are **40 per\ncent** faster.\n' },
    { withText: true },
  )
  expect(text).toBe(
    'plays/a.md:5:12 error figure/uncited\n' +
      '  `40 per cent` is a claim that a reader should be able to check, and nothing in its sentence says where it comes from. Link the review of the deal that shows it, in the same sentence or list item or by a footnote; or leave the figure out.',
  )
})

test('a link must lead to a review that is there, in the same sentence', async () => {
  expect(await found('They are 40% faster, [they say](../reviews/D-18.md).')).toBe('')
  expect(await found('They are 40% faster. [They](../reviews/D-18.md) say so.')).not.toBe('')
  expect(await found('They are 40% faster, [they say](https://example.com/D-18).')).not.toBe('')
  expect(await found('They are 40% faster, [they say](../reviews/D-99.md).')).not.toBe('')
  expect(await found('They are 40% faster, [they say][d].\n\n[d]: ../reviews/D-18.md')).toBe('')
})

test('a list item and a row of a table are one, the whole list is not', async () => {
  expect(await found('- They are 40% faster.\n\n  [They](../reviews/D-18.md) say so.')).toBe('')
  expect(await found('- They are 40% faster.\n- [They](../reviews/D-18.md) say so.')).toBe(
    'plays/a.md:5:12 error figure/uncited',
  )
  expect(await found('| a | b |\n| - | - |\n| 40% | [x](../reviews/D-18.md) |\n| 50% | x |')).toBe(
    'plays/a.md:8:3 error figure/uncited',
  )
})

test('a footnote behind the full stop belongs to the sentence before it, and must lead to a review', async () => {
  const note = '\n\n[^a]: See [the review](../reviews/D-18.md).\n[^b]: Somebody said so.'
  expect(await found(`They are 40% faster.[^a] Others are slow.${note}`)).toBe('')
  expect(await found(`They are fast.[^a] Others are 40% faster.${note}`)).not.toBe('')
  expect(await found(`They are 40% faster.[^b]${note}`)).not.toBe('')
})

test('several figures of one sentence are one finding, at the first', async () => {
  expect(await found('It is 3x faster and costs 40% less. It saves two hours.')).toBe(
    'plays/a.md:5:7 error figure/uncited\nplays/a.md:5:46 error figure/uncited',
  )
})

test('the claim of an approved message with evidence may be repeated or linked, with its own figure only', async () => {
  const approved = { 'messages/m.md': message('approved', '[{ deal: D-18 }]') }
  expect(await found('With us, banks close the month 30% faster.', approved)).toBe('')
  expect(await found('It is 30% faster, see [month-end](../messages/m.md).', approved)).toBe('')
  expect(await found('With us, banks close the month 35% faster.', approved)).not.toBe('')
  expect(await found('Everything else is 30% faster too.', approved)).not.toBe('')
  for (const [status, evidence] of [
    ['draft', '[{ deal: D-18 }]'],
    ['approved', '[]'],
  ] as const)
    expect(
      await found('With us, banks close the month 30% faster.', { 'messages/m.md': message(status, evidence) }),
    ).toContain('plays/a.md')
})

test('the wordings of a message lean on its own evidence, for what its claim says', async () => {
  const body = '## Email\n\nYou are done 30% sooner. Costs fall by 10%.\n'
  const of = (page: string) => findingsIn(uncitedFigure, { 'messages/m.md': page + body })
  expect(await of(message('approved', '[{ deal: D-18 }]'))).toBe('messages/m.md:9:40 error figure/uncited')
  expect(await of(message('approved', '[]', 'proof: product\nsource: https://example.com\n'))).toBe(
    'messages/m.md:11:40 error figure/uncited',
  )
  expect(await of(message('draft', '[]'))).toBe(
    'messages/m.md:9:14 hint figure/uncited\nmessages/m.md:9:40 hint figure/uncited',
  )
})

test('code, comments, pictures and addresses are no prose, and other pages are not asked', async () => {
  expect(
    await found('`40%` and ![40% faster](a.png) <!-- 40% --> <https://example.com/a?b=$40>\n\n    40% faster\n'),
  ).toBe('')
  const pages = {
    'reviews/D-18.md': '---\ndeal: D-18\n---\n40% faster.\n',
    'competitors/b.md': '---\ntitle: B\n---\n40%.\n',
  }
  expect(await findingsIn(uncitedFigure, pages)).toBe('')
})

test('an escape in the sentence does not move the place', async () => {
  expect(await found('Costs \\*really\\* &amp; truly fall by 40%.')).toBe('plays/a.md:5:38 error figure/uncited')
})

test('a waiver before the sentence holds', async () => {
  const waiver = '<!-- playproof-ignore figure/uncited until 2027-01-31: set by law -->'
  expect(await found(`${waiver}\nThe tax is 40%.`)).toBe('')
})
