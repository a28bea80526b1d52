/**
 * Every rule has a page of the same name whose examples do what they say.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findingsIn } from '../testing/findings-in.ts'
import { examplesIn } from '../testing/rule-page.ts'
import { rules } from './rules.ts'

describe.each(rules)('$id', (rule) => {
  const page = readFileSync(new URL(`./${rule.id}.md`, import.meta.url), 'utf8')
  const examples = examplesIn(page)

  test('the page opens with its promise and says why, what is reported, what is not and when the rule is wrong', () => {
    expect(page.split('\n')[0]).toBe(`# ${rule.id}`)
    const prose = page.replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
    expect(prose.match(/^## .*/gm)?.slice(0, 4)).toEqual([
      '## Why',
      '## Reported',
      '## Not reported',
      '## When this rule is wrong',
    ])
    expect(examples.map(({ section }) => section)).toEqual(expect.arrayContaining(['Reported', 'Not reported']))
    expect(
      examples.filter(({ section }) => section === 'Reported').every(({ findings }) => findings.includes(rule.id)),
    ).toBe(true)
  })

  test.each(examples)('an example under “$section” gives the findings it states', async ({ files, findings }) => {
    expect(await findingsIn(rule, files)).toBe(findings)
  })
})
