/**
 * Several processes that write to one playbook, real ones, and what is left where one of them is killed.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contentHash, writeText } from './write-file.ts'
import { stillWriting, whileWriting } from './write-lock.ts'

let root: string
let lock: string
const children: ChildProcess[] = []

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'playproof-writers-')))
  lock = join(root, '.playproof/writing')
  mkdirSync(join(root, '.playproof'))
  writeFileSync(join(root, 'count.md'), '0')
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(root, { recursive: true, force: true })
})

const module = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href)

/** Runs code in a process of its own, which has both functions; resolves with its exit status when it ends. */
function elsewhere(code: string): { readonly ended: Promise<number | null>; readonly child: ChildProcess } {
  const script = `
    import { readFileSync, writeFileSync } from 'node:fs'
    import { contentHash, writeText } from ${module('./write-file.ts')}
    import { whileWriting } from ${module('./write-lock.ts')}
    const writer = { root: ${JSON.stringify(root)}, name: '\`playproof rename\`' }
    ${code}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  children.push(child)
  return { child, ended: new Promise((resolve) => child.once('exit', resolve)) }
}

/** Adds one to the number in a file, as often as told, each time to the number that stands there. */
const counting = (times: number): string => `
  for (let done = 0; done < ${times}; ) {
    const bytes = readFileSync('count.md')
    try {
      writeText(writer, 'count.md', String(Number(bytes) + 1), { replaces: contentHash(bytes) })
      done++
    } catch (error) {
      if (!/changed while|is writing to/.test(error.message)) throw error
    }
  }`

const write = (text: string): void =>
  writeText({ root, name: 'the studio' }, 'count.md', text, {
    replaces: contentHash(readFileSync(join(root, 'count.md'))),
  })

const message = (action: () => void): string => {
  try {
    action()
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const seen = async (path: string): Promise<void> => {
  await expect.poll(() => existsSync(path), { timeout: 10_000, interval: 10 }).toBe(true)
}

const lockOf = (pid: number, host: string): string => `${'a'.repeat(32)}\n${pid}\n${host}\n\`playproof rename\`\n`

/** The number of a process that has ended. */
async function endedProcess(): Promise<number> {
  const { child, ended } = elsewhere('')
  await ended
  return child.pid ?? 0
}

test('of what two processes write at the same time nothing is lost', { timeout: 60_000 }, async () => {
  const times = 120
  const ended = await Promise.all([elsewhere(counting(times)).ended, elsewhere(counting(times)).ended])
  expect(ended).toEqual([0, 0])
  expect(readFileSync(join(root, 'count.md'), 'utf8')).toBe(String(times * 2))
  expect(readdirSync(join(root, '.playproof'))).toEqual(['.gitignore'])
})

test('nothing is lost either where writers are killed while they hold the lock', { timeout: 60_000 }, async () => {
  const dying = `whileWriting(writer, () => process.kill(process.pid, 'SIGKILL'))`
  const counters = [elsewhere(counting(60)), elsewhere(counting(60))]
  for (let round = 0; round < 5; round++) await elsewhere(dying).ended
  expect(await Promise.all(counters.map(({ ended }) => ended))).toEqual([0, 0])
  expect(readFileSync(join(root, 'count.md'), 'utf8')).toBe('120')
})

test('a lock whose process was killed holds nobody up', async () => {
  writeFileSync(lock, lockOf(await endedProcess(), hostname()))
  const begun = Date.now()
  write('1')
  expect(Date.now() - begun).toBeLessThan(1_000)
  expect(readdirSync(join(root, '.playproof'))).toEqual(['.gitignore'])
})

test('a lock this process itself could not take away holds it up no more', () => {
  writeFileSync(lock, lockOf(process.pid, hostname()))
  write('1')
  expect(existsSync(lock)).toBe(false)
})

test('who writes for longer than a moment is named, and what was there stands', async () => {
  const { child } = elsewhere(`
    whileWriting(writer, () => {
      writeFileSync('holds', '')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
    })`)
  await seen(join(root, 'holds'))
  expect(message(() => write('1'))).toBe(
    `\`playproof rename\` (process ${child.pid}) is writing to this playbook, so this was not written. Wait until it is done, then try again; if it never ends, delete .playproof/writing.`,
  )
  expect(readFileSync(join(root, 'count.md'), 'utf8')).toBe('0')
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  write('1')
  expect(readFileSync(join(root, 'count.md'), 'utf8')).toBe('1')
})

test('a writer on another computer is waited for, and forgotten after two minutes without a sign of it', () => {
  writeFileSync(lock, lockOf(1, 'mias-laptop'))
  expect(message(() => write('1'))).toContain('`playproof rename` (process 1 on mias-laptop) is writing')
  const before = Date.now() / 1_000 - 121
  utimesSync(lock, before, before)
  write('1')
  expect(readFileSync(join(root, 'count.md'), 'utf8')).toBe('1')
})

test('a lock that was cut off while it was made, or that a pull request brings, holds nobody up and leads nowhere', () => {
  writeFileSync(join(root, 'other'), 'other')
  const made = [
    () => writeFileSync(lock, ''),
    () => writeFileSync(lock, 'a'.repeat(2_000)),
    () => symlinkSync('../other', lock),
    () => mkdirSync(join(lock, 'folder'), { recursive: true }),
  ]
  for (const [index, make] of made.entries()) {
    make()
    write(String(index))
    expect(readFileSync(join(root, 'count.md'), 'utf8')).toBe(String(index))
  }
  expect(readFileSync(join(root, 'other'), 'utf8')).toBe('other')
  expect(readdirSync(join(root, '.playproof'))).toEqual(['.gitignore'])
})

test('whoever lost the lock while asleep writes nothing', () => {
  const lost = message(() =>
    whileWriting({ root, name: 'the studio' }, () => {
      writeFileSync(lock, lockOf(1, 'mias-laptop'))
      write('1')
    }),
  )
  expect(lost).toMatch(/^another program began to write to this playbook meanwhile/)
  expect(readFileSync(join(root, 'count.md'), 'utf8')).toBe('0')
  expect(readFileSync(lock, 'utf8')).toBe(lockOf(1, 'mias-laptop'))
  expect(() => stillWriting()).toThrow('holds no lock')
})
