/**
 * The command before anything is loaded, and the set-up that `npm start` and `npm test` begin with.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string }

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** Makes a process believe that its Node is another one. */
function pretending(node: string): string[] {
  const code = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${node}' } });
    Object.defineProperty(process, 'version', { value: 'v${node}' })`
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`]
}

test.for(['--version', '-V'])('`playproof %s` prints the version of the package and nothing else', (flag) => {
  expect(run('src/cli/playproof.mjs', flag)).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

test('an old Node gets one line that says which one is needed, and status 2', () => {
  const { status, stdout, stderr } = run(...pretending('20.20.2'), 'src/cli/playproof.mjs', 'check')
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^playproof: needs Node\.js 22\.12 or newer, and this is v20\.20\.2\. .+\n$/)
  expect(run(...pretending('22.11.0'), 'src/cli/playproof.mjs', '--version').status).toBe(2)
  expect(run(...pretending('22.12.0'), 'src/cli/playproof.mjs', '--version').status).toBe(0)
})

test('the set-up says nothing where there is nothing to do', () => {
  run('src/setup/install.mjs')
  expect(run('src/setup/install.mjs')).toEqual({ status: 0, stdout: '', stderr: '' })
})

/** Makes a process say at its end which native libraries it has loaded. */
const tellingLibraries = `process.on('exit', () => process.stderr.write(process.report.getReport().sharedObjects.join(' ')))`

test('the bundled command reads Markdown with the native engine, unless it is told not to', () => {
  const telling = ['--import', `data:text/javascript,${encodeURIComponent(tellingLibraries)}`]
  const check = [...telling, 'src/cli/playproof.mjs', 'check', '--no-cache', '--no-ledger', '--quiet']
  expect(run(...check).stderr).toMatch(/satteri_napi\.[a-z0-9-]+\.node/)
  const { stderr } = spawnSync(process.execPath, check, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PLAYPROOF_MARKDOWN: 'remark' },
  })
  expect(stderr).not.toContain('satteri_napi')
})
