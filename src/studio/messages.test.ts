import { expect, test } from 'vitest'
import { parseCommand, parseFileRequest } from './messages.ts'

test('a request is taken with its fields and nothing more', () => {
  const request = { id: 1, ask: 'read', path: 'playbook/plays/a.md' }
  expect(parseFileRequest(JSON.stringify(request))).toEqual(request)
  expect(parseFileRequest(JSON.stringify({ ...request, extra: 1 }))).toBeUndefined()
  expect(parseFileRequest(JSON.stringify({ ...request, ask: 'run' }))).toBeUndefined()
  expect(parseFileRequest('{')).toBeUndefined()
})

test('a text is written over bytes that are named by their hash, or over none', () => {
  const write = { id: 1, ask: 'write', path: 'a', base64: 'YQ==' }
  expect(parseFileRequest(JSON.stringify({ ...write, replaces: 'absent' }))).toBeDefined()
  expect(parseFileRequest(JSON.stringify({ ...write, replaces: 'ab'.repeat(32) }))).toBeDefined()
  expect(parseFileRequest(JSON.stringify({ ...write, replaces: 'whatever' }))).toBeUndefined()
  expect(parseFileRequest(JSON.stringify(write))).toBeUndefined()
})

test('JSON nested deeper than 64 is not read', () => {
  const nested = (depth: number): string => `{"files":["a"],"x":${'['.repeat(depth)}${']'.repeat(depth)}}`
  expect(parseCommand('stage', '{"files":["[[[[\\"{"]}')).toEqual({ files: ['[[[["{'] })
  expect(parseCommand('stage', nested(63))).toBeUndefined()
  expect(parseCommand('stage', nested(100_000))).toBeUndefined()
})

test('a commit needs files and a sentence', () => {
  expect(parseCommand('commit', '{"files":["a"],"message":" done "}')).toEqual({ files: ['a'], message: 'done' })
  expect(parseCommand('commit', '{"files":[],"message":"done"}')).toBeUndefined()
  expect(parseCommand('commit', '{"files":["a"],"message":"  "}')).toBeUndefined()
})
