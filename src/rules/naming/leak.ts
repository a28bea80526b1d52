/**
 * Reports a customer's name in the prose of a page for partners, where the customer allowed no such thing.
 *
 * The only readers outside the company are partners, and only `visibility: partner` lets them read a page; everybody
 * else may know every customer. Names in lists and tables are the site's to replace; a sentence is its author's.
 */
import { type FoundName, NameFinder } from '../../audience/find-names.ts'
import { namingOf } from '../../audience/naming.ts'
import { ordinaryWords, shownRanges } from '../../audience/shown-text.ts'
import { wordsOf } from '../../audience/words.ts'
import { type AnyEntity, placeOf } from '../../model/entity.ts'
import { code } from '../citation/deal-in-words.ts'
import { defineRule, type RuleInputs } from '../define-rule.ts'

interface Data {
  readonly account: string
  /** The name stands in the file's own name. */
  readonly inId: boolean
}

export const namingLeak = defineRule({
  id: 'naming/leak',
  reads: ['playbook', 'evidence', 'textOf'],
  text: ({ account, inId }: Data) =>
    `${inId ? 'The name of this file, which is its address,' : 'This page'} names ${code(account)}, and partners may read it, but ${code(account)} allowed only us to name it. ${
      inId ? 'Rename the page with `playproof rename`' : 'Say what kind of customer it is instead'
    }; ask the customer and set \`naming: partner\` in the account's latest review; or take \`visibility: partner\` off this page.`,
  *check(inputs) {
    const pages = inputs.playbook.entities.filter((page) => page.data.visibility === 'partner')
    if (pages.length === 0) return
    const finder = finderFor(inputs)
    for (const page of pages) {
      for (const { value } of finder.find(page.id))
        yield { at: placeOf(page, 'title'), data: { account: value, inId: true }, subject: page.id }
      for (const { value, start, end } of namesInPage(page, inputs.textOf(page.path), finder))
        yield { at: { file: page.path, range: { start, end } }, data: { account: value, inId: false } }
    }
  },
})

/** Names in what readers of a page see; not those that may be a word. */
function* namesInPage(page: AnyEntity, text: string, finder: NameFinder<string>): Iterable<FoundName<string>> {
  for (const range of shownRanges(page, text))
    for (const found of finder.find(text.slice(range.start, range.end)))
      if (!found.doubtful) yield { ...found, start: found.start + range.start, end: found.end + range.start }
}

function finderFor({ playbook, evidence, textOf }: Pick<RuleInputs, 'playbook' | 'evidence' | 'textOf'>) {
  const names = namingOf(playbook, evidence.allDeals).hiddenFrom('partners')
  const single = new Set([...names.keys()].flatMap((name) => wordsOf(name).all()))
  const ordinary = ordinaryWords(playbook.entities, textOf, single)
  const finder = new NameFinder<string>((word) => ordinary.has(word))
  for (const name of names.keys()) finder.add(name, name)
  return finder
}
