/**
 * A ledger of more than 200,000 deals, which the command reads through DuckDB where it is installed.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf, type JsonReport, ledger, playproof, put } from '../hostile/small-playbook.ts'

const rows = Array.from(
  { length: 200_500 },
  (_, index) =>
    `L-${index},Account ${index % 900},Sam Ode,${index % 3 === 0 ? 'lost' : 'won'},${index % 5000}.50,2026-01-10,2026-03-10,bank`,
)
const content = `${ledger}${rows.join('\n')}\n`

/** A run in which `@duckdb/node-bindings` is not there. */
function withoutDuckDb(root: string): Record<string, string> {
  put(
    root,
    'without-duckdb.mjs',
    `import { registerHooks } from 'node:module'
registerHooks({
  resolve(name, context, next) {
    if (name.startsWith('@duckdb/')) throw Object.assign(new Error('not installed'), { code: 'ERR_MODULE_NOT_FOUND' })
    return next(name, context)
  },
})
`,
  )
  return { NODE_OPTIONS: `--import=${join(root, 'without-duckdb.mjs')}` }
}

test('DuckDB says what memory says of a large ledger, and where it is missing one line tells of it', () => {
  const broken = `${content}L-0,Other,Sam Ode,won,1,2026-01-10,2026-03-10,bank\nL-x,Other,Sam Ode,won,1e3,2026-01-10,2026-03-10,bank\n`
  const root = folderOf({ 'playbook/ledger/deals.csv': broken })
  const [duckdb, memory] = [{}, withoutDuckDb(root)].map((env) => {
    const ran = playproof(root, ['check', '--no-cache', '--format', 'json'], { env })
    return { ...(JSON.parse(ran.stdout) as JsonReport), stderr: ran.stderr }
  })
  expect(duckdb?.findings).toEqual(memory?.findings)
  const rowFindings = duckdb?.findings.filter(({ rule }) => rule === 'ledger/row') ?? []
  expect(rowFindings.map(({ range }) => range.start.line)).toEqual([5, 200_505, 200_506])
  expect({ ...duckdb?.summary, ms: 0 }).toEqual({ ...memory?.summary, ms: 0 })
  expect(memory?.stderr).toBe(
    'The ledger has more than 200,000 deals. It is read faster, and with half the memory, once DuckDB is installed: `npm install @duckdb/node-bindings`.\n',
  )
  expect(duckdb?.stderr).toBe('')
})

test('the cells of a large ledger are kept from run to run, and every byte of it still counts', () => {
  const root = folderOf({ 'playbook/ledger/deals.csv': content })
  const evidence = (): unknown => JSON.parse(playproof(root, ['evidence', '--format', 'json']).stdout)
  const first = evidence()
  const kept = join(root, '.playproof/deals-1')
  const written = statSync(kept).mtimeMs
  expect(evidence()).toEqual(first)
  expect(statSync(kept).mtimeMs).toBe(written)

  // One deal more is lost: nothing of the old cells may be used.
  put(root, 'playbook/ledger/deals.csv', `${content}L-x,Other,Sam Ode,lost,1,2026-01-10,2026-03-10,bank\n`)
  const changed = evidence()
  expect(changed).not.toEqual(first)

  // Somebody else's cells have another signature, so that the file itself is read.
  const cells = readFileSync(kept)
  cells[cells.length - 1] = (cells.at(-1) ?? 0) ^ 1
  writeFileSync(kept, cells)
  expect(evidence()).toEqual(changed)
})
