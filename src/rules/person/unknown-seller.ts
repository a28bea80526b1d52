/**
 * Reports an owner of deals whom no person of the playbook is.
 *
 * Evidence counts such an owner as a seller of its own, and never as a founder; a blank owner is none.
 */
import { nearest } from '../../source/nearest.ts'
import { shortened } from '../../source/visible.ts'
import { code, counted } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'
import { mayBeNamed } from '../unread-pages.ts'

interface Data {
  readonly owner: string
  readonly deals: number
  /** The page of the person who is probably meant, and the ledger name it has, if any. */
  readonly namesake: { readonly path: string; readonly name: string } | undefined
  readonly near: string | undefined
}

export const unknownSellerPerson = defineRule({
  id: 'person/unknown-seller',
  reads: ['playbook', 'ledger', 'textOf'],
  text: ({ owner, deals, namesake, near }: Data) => {
    const wrong = `${counted(deals, 'deal')} of the ledger ${deals === 1 ? 'belongs' : 'belong'} to ${code(owner)}, and no person has that \`ledgerName\`.`
    if (namesake !== undefined)
      return `${wrong} If this is ${namesake.name}, add \`ledgerName: ${shortened(owner)}\` to ${code(namesake.path)}.`
    const spelled =
      near === undefined
        ? ''
        : ` If it is a spelling of ${code(near)}, add it to that person's \`ledgerName\` as one of a list.`
    return `${wrong}${spelled} ${near === undefined ? 'Make' : 'Else make'} a page for the person with \`playproof new person\`, or put the owner right in the CRM.`
  },
  *check(inputs) {
    const { playbook, ledger } = inputs
    const people = playbook.of('person')
    const known = new Set(
      people.flatMap(({ data }) => (typeof data.ledgerName === 'string' ? [data.ledgerName] : (data.ledgerName ?? []))),
    )
    for (const { owner, deals, file, lines } of ledger.owners) {
      if (owner === '' || known.has(owner) || mayBeNamed([owner], ['person'], inputs)) continue
      const person = people.find(
        ({ data }) => data.ledgerName === undefined && data.name?.toLowerCase() === owner.toLowerCase(),
      )
      const namesake =
        person === undefined ? undefined : { path: person.path, name: shortened(person.data.name ?? person.id) }
      yield { at: { file, lines }, subject: owner, data: { owner, deals, namesake, near: nearest(owner, known) } }
    }
  },
})
