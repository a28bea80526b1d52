import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { emptySection } from './empty.ts'

const settings = 'sections: { play: [Proof, Objections] }\n'
const page = (body: string) => ({ 'playbook.yaml': settings, 'plays/a.md': `---\ntitle: x\n---\n\n${body}` })

test('headings without a word under any of them are as empty as one', async () => {
  expect(await findingsIn(emptySection, page('## Proof\n\n### Banks\n\n### Shops\n\n## Objections\n\nNone.\n'))).toBe(
    'plays/a.md:5:1 warn section/empty',
  )
})

test('where a section is there twice, the empty one is reported', async () => {
  expect(await findingsIn(emptySection, page('## Proof\n\nTwo banks.\n\n## proof\n'))).toBe(
    'plays/a.md:9:1 warn section/empty',
  )
})

test('an image, a table or a quote is something', async () => {
  expect(await findingsIn(emptySection, page('## Proof\n\n![Books](x.png)\n\n## Objections\n\n> Too dear.\n'))).toBe('')
})

test('a waiver is no content', async () => {
  const body = '## Proof\n\n<!-- playproof-ignore figure/uncited: later -->\n\n## Objections\n\nNone.\n'
  expect(await findingsIn(emptySection, page(body))).toBe('plays/a.md:5:1 warn section/empty')
})
