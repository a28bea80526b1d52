import { expect, test } from 'vitest'
import { readTracked } from './imports.ts'
import { type Lockfile, lockfileFaults, workbenchVersions } from './lockfile.ts'

test('the lockfile is whole for every platform and names no host', () => {
  const lock = JSON.parse(readTracked('package-lock.json')) as Lockfile
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100)
  expect(lockfileFaults(lock)).toEqual([])
})

test('the workbench is locked at one version, alias names included', () => {
  const lock = JSON.parse(readTracked('package-lock.json')) as Lockfile
  expect(workbenchVersions(lock)).toEqual(['36.2.7'])
})

test('two versions of the workbench are both told', () => {
  const packages = {
    'node_modules/@codingame/monaco-vscode-api': { version: '36.2.7' },
    'node_modules/vscode': { name: '@codingame/monaco-vscode-extension-api', version: '37.6.1' },
    'node_modules/vite': { version: '8.3.8' },
  }
  expect(workbenchVersions({ packages })).toEqual(['36.2.7', '37.6.1'])
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
