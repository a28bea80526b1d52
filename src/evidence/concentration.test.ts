import { expect, test } from 'vitest'
import type { Concentration } from './evidence.ts'
import { type Example, evidenceOf, predicate } from './testing/evidence-of.ts'

async function concentrated(csv: string, example: Example = {}): Promise<readonly Concentration[] | undefined> {
  return (await evidenceOf(csv, { plays: [{ id: 'audit' }], ...example })).plays[0]?.concentrated
}

const halyard = `id,account,parent,owner,territory,amount
D-1,Halyard Bank,,Jo Park,East,400
D-2,Halyard Leasing,Halyard Bank,J. Park,East,200
D-3,Kestrel,,Sam Reed,West,100
D-4,Corval,,Lee Ash,North,150
D-5,Pinnace,,Kim Vale,South,149.99`

test('one account group, one person and one territory above half of the won amount are named', async () => {
  const people = [{ id: 'jo', role: 'rep', ledgerNames: ['Jo Park', 'J. Park'] }]
  const share = expect.closeTo(600 / 999.99, 12)
  expect(await concentrated(halyard, { people })).toEqual([
    { dimension: 'account', value: 'Halyard Bank', share },
    { dimension: 'seller', value: 'jo', share },
    { dimension: 'territory', value: 'East', share },
  ])
})

test('an owner nobody knows goes by the ledger’s spelling', async () => {
  const csv = 'id,owner,amount\nD-1,Jo Park,90\nD-2,A,10\nD-3,B,10\nD-4,C,10\nD-5,D,10'
  expect(await concentrated(csv, {})).toMatchObject([
    { dimension: 'account' },
    { dimension: 'seller', value: 'Jo Park' },
  ])
})

test('exactly half is not above half', async () => {
  const csv = 'id,account,owner,amount\nD-1,A,A,300\nD-2,A,A,200\nD-3,B,B,200\nD-4,C,C,200\nD-5,D,D,100'
  expect(await concentrated(csv)).toEqual([])
})

test('under five wins with an amount nothing is concentrated', async () => {
  const csv = 'id,account,amount\nD-1,A,900\nD-2,A,10\nD-3,A,10\nD-4,A,10\nD-5,A,\nD-6,A,0'
  expect(await concentrated(csv, { settings: { maxShare: 0 } })).toEqual([])
})

test('wins without a seller count in the whole and are nobody’s', async () => {
  const csv = 'id,owner,amount\nD-1,Jo Park,100\nD-2,,100\nD-3,,100\nD-4,,100\nD-5,Sam Reed,50'
  expect(await concentrated(csv)).toEqual([])
})

test('lost deals carry nothing', async () => {
  const csv = `${halyard}\nD-6,Corval,,Lee Ash,North,9000`.replace('D-6', 'D-6').replace('9000', '9000')
  const lost = csv.split('\n').map((line, index) => `${line},${index === 0 ? 'outcome' : index === 6 ? 'lost' : 'won'}`)
  expect((await concentrated(lost.join('\n')))?.map(({ value }) => value)).toEqual(['Halyard Bank', 'East'])
})

test('where segment or match leaves a single choice, its concentration is no news', async () => {
  const territory = { id: 'audit', match: predicate('{ territory: East }') }
  const five = halyard.replaceAll(/West|North|South/g, 'East')
  expect((await concentrated(five, { plays: [territory] }))?.map(({ dimension }) => dimension)).toEqual(['account'])
  const segments = { banks: '{ territory: [East] }' }
  expect((await concentrated(five, { segments }))?.map(({ dimension }) => dimension)).toEqual(['account'])
  const two = { banks: '{ territory: [East, West] }' }
  expect((await concentrated(five, { segments: two }))?.map(({ dimension }) => dimension)).toEqual([
    'account',
    'territory',
  ])
})
