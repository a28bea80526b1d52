import { expect, test } from 'vitest'
import { asText, check } from '../../testing/findings-in.ts'
import { findingsInBytes } from '../../testing/findings-in-bytes.ts'
import { rules } from '../rules.ts'
import { encodingOfFile } from './encoding.ts'

const found = (...bytes: number[]) => findingsInBytes(encodingOfFile, Uint8Array.from(bytes))

test('a UTF-16 file is told apart from a damaged one', async () => {
  expect(await found(0xff, 0xfe, 0x2d, 0x00)).toContain(
    'plays/finance.md:1:1 error file/encoding\n  This file is UTF-16.',
  )
})

test('a byte of an old encoding is reported on its line, with what to do', async () => {
  const cafe = [0x63, 0x61, 0x66, 0xe9]
  expect(await found(0x2d, 0x0a, ...cafe, 0x0a)).toBe(
    'plays/finance.md:2:4 error file/encoding\n' +
      '  The byte 0xe9 here is not UTF-8. Save the file as UTF-8: in most editors under “Save with encoding”.',
  )
})

test('a byte order mark counts in no column', async () => {
  expect(await found(0xef, 0xbb, 0xbf, 0x61, 0x00)).toContain('plays/finance.md:1:2 error')
  expect(await found(0xef, 0xbb, 0xbf, 0x61, 0xe9)).toContain('plays/finance.md:1:2 error')
})

test('nothing else is said about a file that is no text', async () => {
  const { findings } = await check({ 'plays/finance.md': '---\nstatus: trial\n---\n\u0000[a](b.md)\n' }, rules)
  expect(asText(findings)).toBe('plays/finance.md:4:1 error file/encoding')
})
