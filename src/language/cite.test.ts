import { expect, test } from 'vitest'
import { assemblePlaybook } from '../check/assemble-playbook.ts'
import { satteriEngine } from '../page/satteri-engine.ts'
import { applyEdits } from '../source/apply-edits.ts'
import { citing, makingDraft, waiving } from './cite.ts'
import type { View } from './language-service.ts'

const path = 'playbook/plays/audit.md'

function viewOf(text: string): View {
  const bytes = (each: string) => new TextEncoder().encode(each)
  const files = {
    folder: 'playbook',
    pages: [{ path, bytes: bytes(text) }],
    settings: bytes('company: Halyard\ncurrency: USD\n'),
    compensation: undefined,
    paths: new Set([path]),
  }
  const { playbook, sources } = assemblePlaybook(files, { engine: satteriEngine })
  return { playbook, sources, asOf: '2026-06-30', paths: files.paths } as unknown as View
}

function changed(text: string, edit: (view: View) => ReturnType<typeof citing>): string | undefined {
  const view = viewOf(text)
  const made = edit(view)
  return made === undefined ? undefined : applyEdits(view.sources.get(path)?.text ?? '', [made]).text
}

const cited = (fields: string, deal = 'D-18') =>
  changed(`---\n${fields}---\nbody\n`, (view) => {
    const page = view.playbook.atPath(path)
    return page === undefined ? undefined : citing(view, page, deal)
  })
    ?.replace(/^---\n/, '')
    .replace(/---\nbody\n$/, '')

test.for([
  [
    'a list of lines',
    'evidence:\n  - deal: D-17 # lost?\n    shows: it # yes\n# end\n',
    'evidence:\n  - deal: D-17 # lost?\n    shows: it # yes\n  - deal: D-18\n# end\n',
  ],
  [
    'a list that is not indented',
    'evidence:\n- deal: D-17\ntags: []\n',
    'evidence:\n- deal: D-17\n- deal: D-18\ntags: []\n',
  ],
  [
    'a text of several lines',
    'evidence:\n  - deal: D-17\n    shows: >\n      one\n      two\ntags: []\n',
    'evidence:\n  - deal: D-17\n    shows: >\n      one\n      two\n  - deal: D-18\ntags: []\n',
  ],
  [
    'an empty list with a comment',
    'evidence: [] # none yet\ntags: []\n',
    'evidence: # none yet\n  - deal: D-18\ntags: []\n',
  ],
  ['nothing behind the colon', 'evidence:\ntags: []\n', 'evidence:\n  - deal: D-18\ntags: []\n'],
  ['a list in brackets', 'evidence: [{ deal: D-17 }] # one\n', 'evidence: [{ deal: D-17 }, { deal: D-18 }] # one\n'],
  ['no such field', 'tags: []\n', 'tags: []\nevidence:\n  - deal: D-18\n'],
  [
    'the end of line of Windows',
    'evidence:\r\n  - deal: D-17\r\n',
    'evidence:\r\n  - deal: D-17\r\n  - deal: D-18\r\n',
  ],
] as const)('a deal is cited where there is %s', ([, before, after]) => {
  expect(cited(before)).toBe(after)
})

test('an id that YAML would read as a number is quoted', () => {
  expect(cited('evidence: []\n', '0007')).toBe('evidence:\n  - deal: "0007"\n')
})

test('what is cited already is not cited again', () => {
  expect(cited('evidence: [{ deal: D-18 }]\n')).toBeUndefined()
})

test('a play becomes a draft, and a draft stays one', () => {
  const draft = (status: string) =>
    changed(`---\nstatus: ${status} # now\n---\n`, (view) => {
      const page = view.playbook.atPath(path)
      return page === undefined ? undefined : makingDraft(page)
    })
  expect(draft('"proven"')).toBe('---\nstatus: draft # now\n---\n')
  expect(draft('draft')).toBeUndefined()
})

test('a waiver of the text stands before its line, and one of the fields among them, its reason left to write', () => {
  const waived = (offset: number) =>
    changed('---\ntitle: a\n---\n## Proof\n\nWe cut 62%.\n', (view) => {
      const page = view.playbook.atPath(path)
      return page === undefined ? undefined : waiving(view, page, 'figure/uncited', offset)
    })
  expect(waived(35)).toBe(
    '---\ntitle: a\n---\n## Proof\n\n<!-- playproof-ignore figure/uncited until 2026-09-28: -->\nWe cut 62%.\n',
  )
  expect(waived(6)).toBe(
    '---\ntitle: a\nwaivers:\n  - rule: figure/uncited\n    reason: ""\n    until: 2026-09-28\n---\n## Proof\n\nWe cut 62%.\n',
  )
})
