import { expect, test } from 'vitest'
import { readTracked, trackedFiles } from './imports.ts'
import { privateText } from './tracked-text.ts'

test('no tracked file tells of the machine or the session it was written on', () => {
  const files = trackedFiles()
  expect(files).toContain('package.json')
  expect(files.flatMap((path) => privateText(path, readTracked(path)))).toEqual([])
})

test('a path, a session id, a path to the outside and a machine are found with their line', () => {
  const text = [
    'fine',
    `see file://${'/wor'}k/main/src`,
    `${'session'}_id: 01ABCDEFGHJKMNPQRSTV`,
    `${'../sha'}red/data/crm`,
    'from builder-7f3a:4321',
  ].join('\n')
  expect(privateText('a.md', text, ['builder-7f3a'])).toEqual([
    'a.md:2: a path of one machine',
    'a.md:3: a session id',
    'a.md:4: a path outside the repository',
    'a.md:5: the name of one machine',
  ])
})

test('ordinary words and the usual names tell nothing', () => {
  const text = `the network/work/life balance, docs/${'root'}/, one session: 2026-01-01, http://localhost:4321, a vm`
  expect(privateText('a.md', text, ['localhost', 'vm'])).toEqual([])
})
