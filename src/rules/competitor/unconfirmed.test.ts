import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { unconfirmedCompetitor } from './unconfirmed.ts'

const card = (more = '') => `---\ntitle: Bramble\n${more}---\n`

test('a battlecard holds for three months, or for as long as playbook.yaml says', async () => {
  const of = (day: string, settings = '') =>
    findingsIn(unconfirmedCompetitor, {
      'playbook.yaml': settings,
      'competitors/bramble.md': card(`confirmed: { by: mia, date: ${day}, fingerprint: none }\n`),
    })
  expect(await of('2026-03-30')).toBe('')
  expect(await of('2026-03-29')).toBe('competitors/bramble.md:3:12 warn competitor/unconfirmed')
  expect(await of('2026-03-29', 'evidence: { confirmMonths: { competitor: 4 } }\n')).toBe('')
})

test('the finding names the command', async () => {
  expect(await findingsIn(unconfirmedCompetitor, { 'competitors/bramble.md': card() }, { withText: true })).toBe(
    'competitors/bramble.md:2:8 warn competitor/unconfirmed\n' +
      '  Nobody has said yet that “Bramble” is right. Read it through; whoever stands behind it runs `playproof confirm competitors/bramble --by <person>`.',
  )
})
