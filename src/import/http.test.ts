import { expect, test } from 'vitest'
import { apiAddress, jsonOf, retryAfter, said } from './http.ts'

const now = Date.parse('2026-11-22T03:00:00Z')

test.each([
  ['120', 120_000],
  [' 5 ', 5_000],
  ['Sun, 22 Nov 2026 03:00:30 GMT', 30_000],
  ['Sunday, 22-Nov-26 03:00:30 GMT', 30_000],
  ['Sun, 22 Nov 2026 02:59:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  [null, undefined],
])('Retry-After %j asks for a pause of %j milliseconds', (header, pause) => {
  expect(retryAfter(header, now)).toBe(pause)
})

test('numbers of a JSON answer stay the texts that they are', () => {
  const answer = (text: string, type = 'application/json;charset=UTF-8') => ({
    status: 200,
    headers: new Headers({ 'content-type': type }),
    text,
  })
  expect(jsonOf(answer('{"a":1.10,"b":[12345678901234567890],"c":1.39E8,"d":"x","e":null,"f":true}'))).toEqual({
    a: '1.10',
    b: ['12345678901234567890'],
    c: '1.39E8',
    d: 'x',
    e: null,
    f: true,
  })
  expect(jsonOf(answer('<html>', 'text/html'))).toBeUndefined()
  expect(jsonOf(answer('{"a":'))).toBeUndefined()
})

test('an address is https, or this machine, and holds no password', () => {
  for (const good of ['https://halyard.my.salesforce.com', 'http://127.0.0.1:8080', 'http://[::1]:8080'])
    expect(apiAddress(good, 'X').href).toContain(good)
  for (const bad of ['', 'halyard.com', 'http://halyard.com', 'ftp://127.0.0.1', 'https://a:b@halyard.com'])
    expect(() => apiAddress(bad, 'X_URL')).toThrow(/^X_URL is no address/)
})

test('what the other side says is one short line without secrets and without escape sequences', () => {
  expect(said('bad\n token s3cret \u001b[2J', ['s3cret', ''])).toBe('bad token … \\u{1b}[2J')
  expect(said(`${'x'.repeat(500)}`, [])).toHaveLength(300)
  expect(said({ a: 1 }, [])).toBe('')
})
