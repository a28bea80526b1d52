/**
 * Findings of one rule in a page of raw bytes, for what no text in a test can hold.
 */
import { assemblePlaybook } from '../check/assemble-playbook.ts'
import { checkPlaybook } from '../check/check-playbook.ts'
import { satteriEngine } from '../page/satteri-engine.ts'
import type { Rule } from '../rules/define-rule.ts'
import { asText } from './findings-in.ts'

/** What a rule finds, and says, in `plays/finance.md` of these bytes. */
export async function findingsInBytes(rule: Rule, bytes: Uint8Array): Promise<string> {
  const path = 'playbook/plays/finance.md'
  const settings = new TextEncoder().encode('company: Halyard\ncurrency: USD\n')
  const files = {
    folder: 'playbook',
    pages: [{ path, bytes }],
    settings,
    compensation: undefined,
    paths: new Set([path]),
  }
  const assembled = assemblePlaybook(files, { engine: satteriEngine })
  const ledger = { missing: 'no ledger' }
  const { findings } = await checkPlaybook({ ...assembled, asOf: '2026-06-30', ledger, rules: [rule] })
  return asText(findings, true)
}
