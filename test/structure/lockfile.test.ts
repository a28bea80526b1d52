import { expect, test } from 'vitest'
import { readTracked } from './imports.ts'
import { type Lockfile, lockfileFaults } from './lockfile.ts'

test('the lockfile is whole for every platform and names no host', () => {
  const lock = JSON.parse(readTracked('package-lock.json')) as Lockfile
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100)
  expect(lockfileFaults(lock)).toEqual([])
})

test('a platform left out and a registry host are faults', () => {
  const lock = {
    packages: {
      '': { optionalDependencies: { 'engine-linux': '1.0.0' } },
      'node_modules/engine-linux': { resolved: 'https://registry.example/engine-linux.tgz' },
      'node_modules/a/node_modules/b': { optionalDependencies: { 'engine-linux': '1.0.0', 'engine-win': '1.0.0' } },
    },
  }
  expect(lockfileFaults(lock)).toEqual([
    'node_modules/engine-linux names a host: https://registry.example/engine-linux.tgz',
    'node_modules/a/node_modules/b may use engine-win, which is not locked.',
  ])
})
