/**
 * The rule reference: the promise of every rule with its default severity, from the rules' own pages.
 */
import type { Rule } from '../rules/define-rule.ts'

/** The reference as Markdown; `pageOf` gives a rule's page. */
export function ruleReference(rules: readonly Rule[], pageOf: (id: string) => string): string {
  const rows = rules.map(
    (rule) =>
      `| [${rule.id}](../src/rules/${rule.id}.md) | ${rule.severity} | ${promiseOf(pageOf(rule.id)).replaceAll('|', '\\|')} |`,
  )
  return `# Rule reference

<!-- Made from the rules by \`npm run docs\`; a test keeps it true. -->

Each rule's page says why it is there, shows what is reported and what is not, and says when the rule is wrong; \`playproof explain <rule>\` shows it in the terminal. Severities are changed in playbook.yaml: \`rules: { link/retired: off }\`.

| rule | default | the promise |
| --- | --- | --- |
${rows.join('\n')}
`
}

/** The first paragraph below the title, on one line. */
export function promiseOf(page: string): string {
  return /^# .*\n+([^\n]+(?:\n[^\n]+)*)/.exec(page)?.[1]?.replaceAll('\n', ' ') ?? ''
}
