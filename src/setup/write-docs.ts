/**
 * `npm run docs`: writes the references that are made from schemas and rules.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { formatReference } from '../reports/format-reference.ts'
import { ruleReference } from '../reports/rule-reference.ts'
import { rules } from '../rules/rules.ts'

const docs = new URL('../../docs/', import.meta.url)
writeFileSync(new URL('format.md', docs), formatReference())
writeFileSync(
  new URL('rules.md', docs),
  ruleReference(rules, (id) => readFileSync(new URL(`../rules/${id}.md`, import.meta.url), 'utf8')),
)
