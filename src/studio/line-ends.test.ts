import { expect, test } from 'vitest'
import { keepLineEnds } from './line-ends.ts'

test('a file with one kind of line end is saved as it comes', () => {
  expect(keepLineEnds('a\nb\n', 'a\r\nB\r\n')).toBe('a\r\nB\r\n')
})

test('lines before and after a change keep the ends they had', () => {
  expect(keepLineEnds('a\r\nb\nc\r\n', 'a\nB\nc\n')).toBe('a\r\nB\nc\r\n')
  expect(keepLineEnds('a\r\nb\nc\r\n', 'a\nb\nnew\nc\n')).toBe('a\r\nb\nnew\nc\r\n')
  expect(keepLineEnds('a\r\nb\nc\r\n', 'c\n')).toBe('c\r\n')
})

test('a last line without an end is not given one', () => {
  expect(keepLineEnds('a\r\nb\nc', 'a\nb\nc')).toBe('a\r\nb\nc')
})
