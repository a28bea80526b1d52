import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { missingField } from './missing.ts'

test('comp.yaml says what it lacks, at the participant that lacks it', async () => {
  const files = { 'comp.yaml': 'participants:\n  - { person: jo }\n' }
  expect(await findingsIn(missingField, files, { withText: true })).toBe(
    'comp.yaml:1:1 error field/missing\n' +
      '  comp.yaml needs `period`: one of `quarter`, `month`.\n' +
      'comp.yaml:2:7 error field/missing\n' +
      '  `participants` needs `rate`: a share from 0 to 1, for example `0.05`.',
  )
})

test('a required predicate that is missing is said once', async () => {
  expect(await findingsIn(missingField, { 'segments/banks.md': '---\ntitle: Banks\n---\n' })).toBe(
    'segments/banks.md:1:1 error field/missing',
  )
})

test('a field that is there and blank is wrong, not missing', async () => {
  expect(await findingsIn(missingField, { 'people/jo.md': '---\nname:\nrole: rep\n---\n' })).toBe('')
})
