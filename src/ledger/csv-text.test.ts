import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textPieces } from './csv-text.ts'

const textOf = (bytes: Iterable<number>, pieceBytes?: number): string =>
  [...textPieces(Uint8Array.from(bytes), pieceBytes)].map(({ text }) => text).join('')
const utf8 = (text: string): number[] => [...new TextEncoder().encode(text)]

test('UTF-8 is read with or without a byte order mark', () => {
  expect(textOf(utf8('id,Müller'))).toBe('id,Müller')
  expect(textOf([0xef, 0xbb, 0xbf, ...utf8('id,Müller')])).toBe('id,Müller')
})

test('UTF-16 is read where a byte order mark says so', () => {
  const little = [
    0xff,
    0xfe,
    ...[...'é😀,'].flatMap((c) =>
      Array.from({ length: c.length }, (_, i) => c.charCodeAt(i)).flatMap((u) => [u & 255, u >> 8]),
    ),
  ]
  const big = [
    0xfe,
    0xff,
    ...[...'é😀,'].flatMap((c) =>
      Array.from({ length: c.length }, (_, i) => c.charCodeAt(i)).flatMap((u) => [u >> 8, u & 255]),
    ),
  ]
  expect(textOf(little)).toBe('é😀,')
  expect(textOf(big)).toBe('é😀,')
  expect(textOf([...little, 0x41])).toBe('é😀,\udc41')
})

test('a long UTF-16 file is read in pieces that cut no character in two', () => {
  const text = 'ab😀'.repeat(20_000)
  const bytes = new Uint8Array(2 + text.length * 2)
  bytes.set([0xff, 0xfe])
  for (let i = 0; i < text.length; i++) bytes.set([text.charCodeAt(i) & 255, text.charCodeAt(i) >> 8], 2 + i * 2)
  const pieces = [...textPieces(bytes, 1_000)]
  expect(pieces.length).toBeGreaterThan(10)
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  for (const piece of pieces) expect(piece.text.isWellFormed()).toBe(true)
})

test('a byte that is not UTF-8 is marked where it stands, and all else is kept', () => {
  expect(textOf([0x41, 0xe9, 0x42])).toBe('A\udce9B')
  expect(textOf([0xc3])).toBe('\udcc3')
  // An overlong slash, a surrogate and a character above the last one.
  expect(textOf([0xc0, 0xaf])).toBe('\udcc0\udcaf')
  expect(textOf([0xed, 0xa0, 0x80])).toBe('\udced\udca0\udc80')
  expect(textOf([0xf4, 0x90, 0x80, 0x80])).toBe('\udcf4\udc90\udc80\udc80')
})

test('where a piece is cut makes no difference', () => {
  const property = fc.property(
    fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\n', '\ufffd') }),
    fc.integer({ min: 1, max: 7 }),
    (clean, pieceBytes) => {
      expect(textOf(utf8(clean), pieceBytes)).toBe(clean)
    },
  )
  fc.assert(property)
})
