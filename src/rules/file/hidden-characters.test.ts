import { expect, test } from 'vitest'
import { asText, check, findingsIn } from '../../testing/findings-in.ts'
import { repairedBy } from '../../testing/repaired-by.ts'
import { rules } from '../rules.ts'
import { hiddenCharactersInFile } from './hidden-characters.ts'

const cyrillic = 'f\u0456nance'

test('playbook.yaml and comp.yaml are read as closely as pages, comments too', async () => {
  const files = {
    'playbook.yaml': 'company: Halyard # \u202esdrawkcab\n',
    'comp.yaml': 'period: quarter\nparticipants: [{ person: j\u043e, rate: 0.05 }]\n',
  }
  expect(await findingsIn(hiddenCharactersInFile, files)).toBe(
    'comp.yaml:2:27 error file/hidden-characters\nplaybook.yaml:1:20 error file/hidden-characters',
  )
})

test('the repair removes what is hidden and nothing else', async () => {
  const page = '---\ntitle: Land\u200b with\u2060\u2060 finance\n---\n\n\u202eSay this.\u202c 👩\u200d💻\n'
  expect(await repairedBy(hiddenCharactersInFile, { 'plays/finance.md': page })).toEqual({
    'plays/finance.md': '---\ntitle: Land with finance\n---\n\nSay this. 👩\u200d💻\n',
  })
})

test('a letter of another alphabet is pointed at inside quotes and behind the folder of a feedback note', async () => {
  const files = {
    'plays/a.md': `---\nsegment: "${cyrillic}"\nevidence: [{ deal: '\u0421-18' }, { deal: C-\u0421 }]\n---\n`,
    'feedback/2026-03-12-a.md': `---\non: plays/${cyrillic}\n---\n`,
  }
  expect(await findingsIn(hiddenCharactersInFile, files)).toBe(
    'feedback/2026-03-12-a.md:2:12 error file/hidden-characters\n' +
      'plays/a.md:2:12 error file/hidden-characters\n' +
      'plays/a.md:3:40 error file/hidden-characters',
  )
})

test('an id that a file has under its odd spelling is reported at the file, not at every mention', async () => {
  const files = {
    [`segments/${cyrillic}.md`]: '---\ntitle: Finance\n---\n',
    'plays/a.md': `---\nsegment: ${cyrillic}\n---\n`,
    'plays/b.md': `---\nsegment: ${cyrillic}\n---\n`,
    [`people/${cyrillic}.md`]: '---\nname: Jo\n---\n',
    'comp.yaml': `participants: [{ person: ${cyrillic}, rate: 0.1 }]\n`,
  }
  expect(await findingsIn(hiddenCharactersInFile, files)).toBe(
    `people/${cyrillic}.md:1:1 error file/hidden-characters\nsegments/${cyrillic}.md:1:1 error file/hidden-characters`,
  )
})

test('a hidden character in the name of a file is reported too', async () => {
  expect(await findingsIn(hiddenCharactersInFile, { 'plays/fin\u200bance.md': '---\ntitle: x\n---\n' })).toContain(
    ':1:1 error file/hidden-characters',
  )
})

test('a deal id is accepted as the ledger has it', async () => {
  const files = { 'ledger.csv': 'id,outcome\n\u0414-D18,won\n', 'reviews/a.md': '---\ndeal: \u0414-D18\n---\n' }
  expect(await findingsIn(hiddenCharactersInFile, files)).toBe('')
  expect(await findingsIn(hiddenCharactersInFile, { ...files, 'ledger.csv': 'id,outcome\nD-18,won\n' })).not.toBe('')
})

test('an id wholly in another alphabet is no disguise', async () => {
  const files = { 'segments/банки.md': '---\ntitle: Банки\n---\n', 'plays/a.md': '---\nsegment: банки\n---\n' }
  expect(await findingsIn(hiddenCharactersInFile, files)).toBe('')
})

test('what else is wrong on the page is still said', async () => {
  const { findings } = await check({ 'people/jo.md': '---\nname: Jo\u200b Park\n---\n' }, rules)
  expect(asText(findings)).toBe('people/jo.md:1:1 error field/missing\npeople/jo.md:2:9 error file/hidden-characters')
})
