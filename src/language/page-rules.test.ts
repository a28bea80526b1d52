import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { askLedger, findingsOf, prepareCheck } from '../check/check-playbook.ts'
import { focusedOn } from '../graph/focused-playbook.ts'
import { rules } from '../rules/rules.ts'
import { inputOf } from '../testing/findings-in.ts'
import { examplesIn } from '../testing/rule-page.ts'
import { pageRules } from './page-rules.ts'

const examples = rules.flatMap(({ id }) => {
  const page = readFileSync(new URL(`../rules/${id}.md`, import.meta.url), 'utf8')
  return examplesIn(page).map((example, index) => ({ name: `${id} ${index + 1}`, ...example }))
})

test('a rule that is asked about each page alone finds what it finds in the whole playbook', async () => {
  let compared = 0
  for (const { name, files } of examples) {
    const input = await inputOf(files, rules)
    const prepared = prepareCheck(input, await askLedger(input))
    const { playbook } = input
    for (const rule of prepared.rules.filter(({ id }) => pageRules.has(id))) {
      const whole = [...findingsOf(rule, prepared.inputs)].filter(({ at }) => playbook.atPath(at.file) !== undefined)
      const alone = playbook.entities.flatMap((entity) => {
        const inputs = { ...prepared.inputs, playbook: focusedOn(playbook, [entity]) }
        return [...findingsOf(rule, inputs)].filter(({ at }) => at.file === entity.path)
      })
      const told = (found: typeof whole) =>
        found.map(({ at, text, related, fixes }) => JSON.stringify([at, text, related, fixes])).sort()
      expect(told(alone), `${rule.id} in ${name}`).toEqual(told(whole))
      compared += whole.length
    }
  }
  expect(compared).toBeGreaterThan(300)
})
