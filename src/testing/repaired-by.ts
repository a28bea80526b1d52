/**
 * A small playbook after the repairs that a rule offers: what tests of fixes compare.
 *
 * The first fix of every finding is written, of hints too; where two overlap the later one is left out.
 */
import type { Rule } from '../rules/define-rule.ts'
import { rules } from '../rules/rules.ts'
import { applyEdits } from '../source/apply-edits.ts'
import { SourceText } from '../source/text.ts'
import { check, type Files } from './findings-in.ts'

/** The files that were changed, as they read then. */
export async function repairedBy(rule: Rule, files: Files): Promise<Files> {
  const { findings } = await check(files, rule.reads.includes('waivers') ? rules : [rule])
  const edits = Object.groupBy(
    findings.filter((finding) => finding.rule === rule.id).flatMap(({ fixes }) => fixes[0]?.edits ?? []),
    ({ file }) => file.slice(file.indexOf('/') + 1),
  )
  return Object.fromEntries(
    Object.entries(edits).map(([path, all = []]) => {
      const source = new SourceText(path, files[path] ?? '')
      const ranges = all.map(({ file, range, newText }) => {
        return { file, range: { start: source.offsetAt(range.start), end: source.offsetAt(range.end) }, newText }
      })
      return [path, applyEdits(source.text, ranges).text]
    }),
  )
}
