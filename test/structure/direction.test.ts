import { expect, test } from 'vitest'
import { importCycles, loadedAtStart, wrongImports } from './direction.ts'
import { importsOf, productModules, readTracked } from './imports.ts'

const imports = productModules().flatMap((path) => importsOf(path, readTracked(path)))

test('every room imports only what stands before it', () => {
  expect(imports.length).toBeGreaterThan(50)
  expect(wrongImports(imports)).toEqual([])
})

test('a command pays for no face but its own when it starts', () => {
  const loaded = loadedAtStart('src/cli/main.ts', imports)
  expect(loaded).toContain('src/source/visible.ts')
  expect(loaded.filter((path) => /^(src\/(language|editor|studio)|site|astro|pagefind)\b/.test(path))).toEqual([])
})

test('no file imports itself by way of others', () => {
  expect(importCycles(imports)).toEqual([])
})

const wrong = [
  ['a room uses a later room', 'src/page/a.ts', `import { play } from '../model/play.ts'`],
  ['a room takes only a type of a later room', 'src/graph/a.ts', `import type { Finding } from '../rules/finding.ts'`],
  ['a room hands on a later room', 'src/model/a.ts', `export * from '../check/check.ts'`],
  ['the type of a later room stands in the middle of a line', 'src/model/a.ts', `let a: import('../check/check.ts').A`],
  ['a room uses a face', 'src/check/a.ts', `await import('../cli/main.ts')`],
  ['a core room reads files', 'src/check/a.ts', `import { readFileSync } from 'node:fs'`],
  ['a core room reads files by the old name', 'src/rules/a.ts', `import fs from 'fs'`],
  ['a core room uses a package for Node', 'src/check/a.ts', `import pc from 'picocolors'`],
  ['a core room loads the native engine at once', 'src/page/a.ts', `import './satteri-engine.ts'`],
  ['one face uses another', 'src/studio/a.ts', `await import('../language/server.ts')`],
  ['the product uses test support', 'src/rules/a.ts', `import { findingsIn } from '../testing/findings-in.ts'`],
  ["the product uses a room's own test support", 'src/evidence/a.ts', `import './testing/evidence-of.ts'`],
  ['a CRM import uses the evidence', 'src/import/a.ts', `import { verdict } from '../evidence/verdict.ts'`],
  ['a room starts a CRM import', 'src/workspace/a.ts', `import { salesforce } from '../import/salesforce.ts'`],
  [
    'a page of the site uses a command',
    'site/src/pages/a.astro',
    `---\nimport { main } from '../../../src/cli/main.ts'\n---\n`,
  ],
  ['a folder is no room of the plan', 'src/utils/a.ts', `import { play } from '../model/play.ts'`],
] as const

test.for(wrong)('it is a fault when %s', ([, path, text]) => {
  expect(wrongImports(importsOf(path, text))).toHaveLength(1)
})

const right = [
  ['a room uses an earlier room', 'src/rules/a.ts', `import { play } from '../model/play.ts'`],
  ['the studio hosts the extension', 'src/studio/a.ts', `import '../editor/b.ts'`],
  ['the workspace reads files', 'src/workspace/a.ts', `import { readFileSync } from 'node:fs'`],
  ['a core room loads the native engine when it may', 'src/page/a.ts', `await import('./satteri-engine.ts')`],
  ['an engine of the ledger uses Node', 'src/ledger/engines/a.ts', `import { once } from 'node:events'`],
  [
    'a unit test uses Node and test support',
    'src/rules/a.test.ts',
    `import 'node:fs'; import '../testing/findings-in.ts'`,
  ],
  ['the command line loads the site when asked', 'src/cli/a.ts', `await import('../../site/build.ts')`],
  ['text looks like an import', 'src/page/a.ts', `// import '../cli/main.ts'\nconst a = "import('../cli/main.ts')"`],
] as const

test.for(right)('it is no fault when %s', ([, path, text]) => {
  expect(wrongImports(importsOf(path, text))).toEqual([])
})

test('what stands behind `import()` is not loaded at the start', () => {
  const some = [
    ...importsOf('src/cli/main.ts', `import './a.ts'; await import('./b.ts')`),
    ...importsOf('src/cli/a.ts', `export * from './c.ts'`),
    ...importsOf('src/cli/b.ts', `import '../../site/build.ts'`),
  ]
  expect(loadedAtStart('src/cli/main.ts', some)).toEqual(['src/cli/main.ts', 'src/cli/a.ts', 'src/cli/c.ts'])
})

test('a cycle is told as the way round', () => {
  const round = [
    ...importsOf('src/model/a.ts', `import './b.ts'`),
    ...importsOf('src/model/b.ts', `import type { C } from './c.ts'`),
    ...importsOf('src/model/c.ts', `await import('./b.ts')`),
  ]
  expect(importCycles(round)).toEqual([['src/model/b.ts', 'src/model/c.ts', 'src/model/b.ts']])
})
