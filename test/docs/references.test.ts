/**
 * The references in `docs/` are what schemas and rules say today.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatReference } from '../../src/reports/format-reference.ts'
import { ruleReference } from '../../src/reports/rule-reference.ts'
import { rules } from '../../src/rules/rules.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test('the format reference is what the schemas say (npm run docs)', () => {
  expect(read('docs/format.md')).toBe(formatReference())
})

test('the rule reference is what the rules say (npm run docs)', () => {
  expect(read('docs/rules.md')).toBe(ruleReference(rules, (id) => read(`src/rules/${id}.md`)))
})
