import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { repairedBy } from '../../testing/repaired-by.ts'
import { missingSection } from './missing.ts'

const settings = 'sections: { play: [Discovery questions, Talk track], competitor: [] }\n'
const head = '---\ntitle: Land with finance\n---\n'

test('the repair adds headings at the end, in the order of playbook.yaml', async () => {
  expect(await repairedBy(missingSection, { 'playbook.yaml': settings, 'plays/a.md': `${head}\nBy Mia.\n` })).toEqual({
    'plays/a.md': `${head}\nBy Mia.\n\n## Discovery questions\n\n## Talk track\n`,
  })
})

test('the repair corrects a heading that is misspelt or of another level, and keeps what stands under it', async () => {
  const page = `${head}\nDiscovry questions\n---\n\nWho signs?\n\n### Talk track\n\nSay it.\n`
  expect(await repairedBy(missingSection, { 'playbook.yaml': settings, 'plays/a.md': page })).toEqual({
    'plays/a.md': `${head}\n## Discovery questions\n\nWho signs?\n\n## Talk track\n\nSay it.\n`,
  })
})

test('a heading that is another section is not taken for the missing one', async () => {
  const files = { 'playbook.yaml': 'sections: { play: [Proof, Proofs] }\n', 'plays/a.md': `${head}\n## Proof\n\nx\n` }
  expect(await findingsIn(missingSection, files, { withText: true })).toBe(
    'plays/a.md:2:8 warn section/missing\n' +
      '  “Land with finance” has no section “Proofs”. Add the heading `## Proofs` and write what belongs there.',
  )
})

test('a name that Markdown would read as something else is not written for you', async () => {
  const files = { 'playbook.yaml': 'sections: { play: ["Say *this*"] }\n', 'plays/a.md': head }
  expect(await findingsIn(missingSection, files)).toBe('plays/a.md:2:8 warn section/missing')
  expect(await repairedBy(missingSection, files)).toEqual({})
})

test('a section is asked for once, however often playbook.yaml names it, and drafts are asked too', async () => {
  const files = { 'playbook.yaml': 'sections: { play: [Proof, proof] }\n', 'plays/a.md': '---\nstatus: draft\n---\n' }
  expect(await findingsIn(missingSection, files)).toBe('plays/a.md:1:1 warn section/missing')
})

test('a page whose text was not read lacks nothing that anybody knows of', async () => {
  const files = {
    'playbook.yaml': `${settings}rules: { file/too-large: off }\n`,
    'plays/a.md': head + 'x'.repeat(100_001),
  }
  expect(await findingsIn(missingSection, files)).toBe('')
})

test('only plays and battlecards have required sections', async () => {
  const files = {
    'playbook.yaml': settings,
    'messages/a.md': head,
    'personas/b.md': head,
    'competitors/bramble.md': head,
  }
  expect(await findingsIn(missingSection, files)).toBe('')
})
