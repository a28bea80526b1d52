import { expect, test } from 'vitest'
import { readTracked, trackedFiles } from './imports.ts'

/** The lines of text in the comment a file opens with; none where it opens with something else. */
function headingOf(text: string): string[] {
  const comment = /^(?:#!.*\n)?\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? ''
  return comment.split('\n').filter((line) => /[^\s*]/.test(line))
}

test('every source file opens with what it is for, in at most eight lines', () => {
  const sources = trackedFiles().filter((path) => /^src\/.*\.(ts|mjs)$/.test(path) && !path.endsWith('.test.ts'))
  expect(sources.length).toBeGreaterThan(20)
  expect(sources.filter((path) => headingOf(readTracked(path)).length === 0)).toEqual([])
  expect(sources.filter((path) => headingOf(readTracked(path)).length > 8)).toEqual([])
})

test('a heading is a comment with words in it, before anything else', () => {
  expect(headingOf('/**\n * What.\n *\n * Why.\n */\n')).toHaveLength(2)
  expect(headingOf('#!/usr/bin/env node\n/** What it is for. */\n')).toHaveLength(1)
  expect(headingOf('/** */\nexport {}\n')).toHaveLength(0)
  expect(headingOf("import 'a'\n/** What. */\n")).toHaveLength(0)
})
