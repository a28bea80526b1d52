/**
 * Reports what a change of playbook.yaml would do to the judge of that very change.
 *
 * Only with `--since`: the base commit's key, thresholds, severities, day, counts and limits judged it, and
 * any difference is said, stricter or not, because whether it is stricter is not always plain. How the ledger is read
 * judges as well: a stage that newly means won makes won deals out of lost ones.
 */
import { type PlaybookSettings, parseSettings } from '../../model/playbook-settings.ts'
import { predicateKey } from '../../model/predicate.ts'
import { ruleDefaults } from '../../model/rule-ids.ts'
import { type DataPath, type MapNode, nodeAt, plainValue, rangeAt } from '../../page/data-node.ts'
import { code } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'

interface Data {
  readonly key: string
  /** Undefined where the value is no short word. */
  readonly before: string | undefined
  readonly after: string | undefined
}

export const weakenedConfig = defineRule({
  id: 'config/weakened',
  reads: ['playbook', 'base'],
  text: ({ key, before, after }: Data) => {
    const change =
      before === undefined || after === undefined ? 'is changed' : `is changed from ${code(before)} to ${code(after)}`
    return `\`${key}\` ${change}, and it judges this very change; the check kept to the old value. Take it out of here, or make it a pull request of its own that somebody who answers for the playbook merges knowingly.`
  },
  *check({ playbook, base }) {
    const { path: file, node, problems } = playbook.settingsFile
    const before = judging(base.settingsNode)
    const after = judging(node)
    // The first ledger has nothing to be weaker than.
    if (nodeAt(base.settingsNode, ['ledger', 'deals']) !== undefined) {
      for (const [name, judged] of reading(base.settingsNode)) before.set(name, judged)
      for (const [name, judged] of reading(node)) after.set(name, judged)
    }
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(key), after.get(key)]
      const path = now?.path ?? old?.path ?? []
      // A value that is wrong is a field problem, and its default was never meant.
      if (old?.value === now?.value || problems.some((problem) => overlap(path, problem.path))) continue
      const range = (nodeAt(node, path) === undefined ? undefined : rangeAt(node, path)) ?? { start: 0, end: 0 }
      yield { at: { file, range }, data: { key, before: old?.shown, after: now?.shown }, subject: key }
    }
  },
})

interface Judging {
  readonly path: DataPath
  /** For comparison. */
  readonly value: string
  readonly shown: string | undefined
}

/** Every setting that judges, after defaults, by its dotted name. */
function judging(node: MapNode): Map<string, Judging> {
  const { settings } = parseSettings(node)
  const found = new Map<string, Judging>()
  const add = (path: DataPath, value: unknown): void => {
    const shown = typeof value === 'object' ? undefined : String(value ?? 'nothing')
    found.set(path.join('.'), { path, value: JSON.stringify(value ?? null), shown })
  }
  add(['ledger', 'publicKey'], settings.publicKey)
  add(['asOf'], settings.asOf)
  for (const [name, limit] of Object.entries(settings.limits)) add(['limits', name], limit)
  // A rule that is not named has its default, so one that is named only after or only before differs from that.
  for (const [rule, severity] of Object.entries(severities(settings))) add(['rules', rule], severity)
  const { counts, confirmMonths, ...thresholds } = settings.evidence
  for (const [name, value] of Object.entries(thresholds)) add(['evidence', name], value)
  for (const [type, months] of Object.entries(confirmMonths)) add(['evidence', 'confirmMonths', type], months)
  add(['evidence', 'counts'], counts === undefined ? undefined : [predicateKey(counts)])
  return found
}

/** What decides which deals there are and which are won, as written, by its dotted name. */
function reading(node: MapNode): Map<string, Judging> {
  const tables = ['deals', 'accounts', 'sellers'].flatMap((table) => {
    const found = nodeAt(node, ['ledger', table])
    return found?.kind === 'map' ? found.entries.map(({ key }): DataPath => ['ledger', table, key]) : []
  })
  const paths: DataPath[] = [...tables, ['ledger', 'database'], ['currency'], ['currencies'], ['fiscalYearStart']]
  return new Map(
    paths.flatMap((path): [string, Judging][] => {
      const found = nodeAt(node, path)
      return found === undefined
        ? []
        : [[path.join('.'), { path, value: JSON.stringify(plainValue(found)), shown: undefined }]]
    }),
  )
}

function severities({ rules }: PlaybookSettings): Readonly<Record<string, string>> {
  return { ...ruleDefaults, ...rules }
}

/** Whether one path leads through the other. */
function overlap(a: DataPath, b: DataPath): boolean {
  return a.slice(0, b.length).every((part, index) => part === b[index])
}
