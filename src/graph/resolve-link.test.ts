import { posix } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joined } from './resolve-link.ts'

test('an address is taken from the folder of its page, and one that begins with a slash from the root', () => {
  expect(joined('playbook/plays/a.md', '../messages/b.md')).toBe('playbook/messages/b.md')
  expect(joined('playbook/plays/a.md', 'emea/b.md')).toBe('playbook/plays/emea/b.md')
  expect(joined('playbook/plays/a.md', '/playbook/b.md')).toBe('playbook/b.md')
  expect(joined('a.md', 'b.md')).toBe('b.md')
})

test('an address that leads above the root leads nowhere', () => {
  expect(joined('playbook/plays/a.md', '../../b.md')).toBe('b.md')
  expect(joined('playbook/plays/a.md', '../../../b.md')).toBeUndefined()
  expect(joined('a.md', '../b.md')).toBeUndefined()
})

/** As the file systems of Unix read it. */
function byTheSystem(fromPath: string, relative: string): string | undefined {
  const whole = relative.startsWith('/') ? relative.replace(/^\/+/, '') : `${posix.dirname(fromPath)}/${relative}`
  const path = posix.normalize(whole).replace(/\/$/, '')
  if (path === '..' || path.startsWith('../')) return undefined
  return path === '.' ? '' : path
}

test('addresses of any shape lead where the file system would lead', () => {
  const part = fc.constantFrom('..', '..', '.', '', 'a', 'b.md', '.x', '...', 'c d', '..e')
  const folder = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })
  fc.assert(
    fc.property(folder, fc.array(part, { minLength: 1, maxLength: 6 }), (folders, parts) => {
      const from = [...folders, 'page.md'].join('/')
      expect(joined(from, parts.join('/'))).toBe(byTheSystem(from, parts.join('/')))
    }),
    { numRuns: 3_000, seed: 3 },
  )
})
