/**
 * Reports a file of the ledger that is not what the import wrote.
 *
 * The manifest is compared with or without a key; whether the manifest itself can be trusted is for
 * `ledger/unsigned` to say. A manifest that cannot be read is told here: no import writes one.
 */
import { defineRule } from '../define-rule.ts'

interface Data {
  readonly why: 'changed' | 'unlisted' | 'unreadable'
  readonly problem?: string
}

const again = 'Take the change back with git, or correct the deals in the CRM and import them again.'

export const tamperedLedger = defineRule({
  id: 'ledger/tampered',
  reads: ['ledgerManifest'],
  text: ({ why, problem }: Data) =>
    why === 'changed'
      ? `This file is not what was imported: its content differs from the SHA-256 in \`ledger/manifest.json\`. ${again}`
      : why === 'unlisted'
        ? `This file did not come with the import: \`ledger/manifest.json\` does not name it. Import the ledger again, or take the file out of \`ledger\` in playbook.yaml.`
        : `The manifest of the ledger cannot be read: ${problem}. So nobody knows whether the ledger was edited by hand. ${again}`,
  *check({ ledgerManifest }) {
    const { path, problem, differing } = ledgerManifest
    const found = (file: string, data: Data) => ({ at: { file, lines: firstPlace }, data, subject: data.why })
    if (problem !== undefined) yield found(path, { why: 'unreadable', problem })
    for (const { file, why } of differing) yield found(file, { why })
  },
})

const firstPlace = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }
