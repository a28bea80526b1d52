import { expect, test } from 'vitest'
import { banks, review, trialPlay } from '../../testing/example-pages.ts'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { underclaimedPlay } from './underclaimed.ts'

const files = {
  'ledger.csv':
    'id,account,owner,industry\nD-1,Northwind,Jo Park,banking\nD-2,Southwind,Ann Lee,banking\nD-3,Eastwind,Jo Park,banking\n',
  'segments/banks.md': banks,
  'reviews/D-1.md': review('D-1'),
  'reviews/D-2.md': review('D-2'),
  'reviews/D-3.md': review('D-3'),
}
const cited = '[{ deal: D-1 }, { deal: D-2 }, { deal: D-3 }]'

test('the fix sets the status that the evidence supports', async () => {
  const { findings } = await check({ ...files, 'plays/finance.md': trialPlay(cited) }, [underclaimedPlay])
  expect(findings.map(({ text, fixes }) => [text, fixes.map(({ edits }) => edits[0]?.newText)])).toEqual([
    [
      '“Land with finance” is `trial`, and its evidence supports `repeatable`: 3 cited deals that count, and a record of 3 won and 0 lost. Set `status: repeatable` if its owners agree.',
      ['repeatable'],
    ],
  ])
})

test('a draft says on purpose that it claims nothing, and what is claimed rightly is left alone', async () => {
  for (const status of ['draft', 'retired', 'repeatable']) {
    expect(await findingsIn(underclaimedPlay, { ...files, 'plays/finance.md': trialPlay(cited, { status }) })).toBe('')
  }
})

test('where the segment is unknown nobody can say what the evidence supports', async () => {
  const { 'segments/banks.md': _, ...withoutSegment } = files
  expect(await findingsIn(underclaimedPlay, { ...withoutSegment, 'plays/finance.md': trialPlay(cited) })).toBe('')
})
