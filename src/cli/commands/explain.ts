/**
 * `playproof explain`: a rule's page in the terminal, from the same file as the site's.
 */
import { readFileSync } from 'node:fs'
import { isRuleId } from '../../model/rule-ids.ts'
import { promiseOf } from '../../reports/rule-reference.ts'
import { rules } from '../../rules/rules.ts'
import { nearest } from '../../source/nearest.ts'
import { visible } from '../../source/visible.ts'
import { Fault } from '../../workspace/fault.ts'
import { packageRoot } from '../../workspace/version.ts'
import type { Terminal } from '../terminal.ts'

export async function explain(id: string | undefined, terminal: Terminal): Promise<number> {
  const { colors } = terminal
  if (id === undefined) {
    const width = Math.max(...rules.map((rule) => rule.id.length))
    for (const rule of rules)
      terminal.out(`${colors.bold(rule.id.padEnd(width))}  ${rule.severity.padEnd(5)}  ${promiseOf(pageOf(rule.id))}`)
    return 0
  }
  const rule = rules.find((each) => each.id === id)
  if (rule === undefined) {
    const ids = rules.map((each) => each.id)
    const near = isRuleId(id) ? undefined : (nearest(id, ids) ?? ids.find((each) => each.endsWith(`/${id}`)))
    throw new Fault(
      `there is no rule \`${visible(id)}\`.${near === undefined ? ' `playproof explain` lists them all.' : ` Did you mean \`${near}\`?`}`,
    )
  }
  const page = pageOf(rule.id)
  const text = page
    .split('\n')
    .map((line) => (line.startsWith('#') ? colors.bold(line.replace(/^#+ /, '')) : line))
    .join('\n')
  terminal.out(
    `${text.trimEnd()}\n\nDefault severity: ${rule.severity}. Change it in playbook.yaml: \`rules: { ${rule.id}: off }\`.`,
  )
  return 0
}

function pageOf(id: string): string {
  return readFileSync(new URL(`src/rules/${id}.md`, packageRoot), 'utf8')
}
