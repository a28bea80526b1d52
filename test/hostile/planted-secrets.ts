/**
 * A playbook full of things that not everybody may read, each with a word of its own so that it is known again.
 */
import { playBody } from './small-playbook.ts'

/** What stands where, and the word it is known by. */
export const planted = {
  customer: 'Quillfeather Bank',
  seller: 'Oswin Tarrant',
  restrictedTitle: 'Zephyr discount ladder',
  restrictedId: 'zephyr-discount',
  restrictedWords: 'the Mirabelle committee has agreed to sell below list until the spring',
  draftTitle: 'Quokka promise nobody made',
  internalPersona: 'Head of Wallaby keeping',
  htmlComment: 'Kestrelwood',
  yamlComment: 'Larkspurian',
  ownField: 'Brindlecote',
  deal: 'D-20017',
  amount: '48217',
  day: '2026-02-17',
  mail: 'oswin.tarrant@halyard.example',
} as const

const rows = Array.from({ length: 24 }, (_, index) => {
  const account = index === 17 ? planted.customer : index === 3 ? 'Ace' : `Account ${'ABCDEF'[index % 6]}${index % 6}`
  const outcome = index % 2 === 1 ? 'won' : 'lost'
  const amount = index === 17 ? planted.amount : outcome === 'lost' ? '0' : '7000'
  const closed = index === 17 ? planted.day : `2026-03-${String(index + 1).padStart(2, '0')}`
  return `D-200${String(index).padStart(2, '0')},${account},${index < 18 ? planted.seller : 'Sam Ode'},${outcome},${amount},2026-01-10,${closed},bank`
})

const shared = `---
title: Land with finance
status: trial
visibility: partner
until: 2027-01-31
owners: { marketing: mia, sales: sam }
segment: banks # ${planted.yamlComment} asked for this one
messages: [quokka]
x-note: Ask ${planted.ownField} first
evidence:
  - deal: ${planted.deal}
    shows: A letter moved what an argument had not.
---
<!-- First tried where ${planted.htmlComment} works. -->
A good place for aces, told [elsewhere](../plays/${planted.restrictedId}.md) and [in a review](../reviews/${planted.deal}.md).

${playBody}`

export const secretPages: Readonly<Record<string, string>> = {
  'playbook/ledger/deals.csv': `id,account,owner,outcome,amount,created,closed,industry\n${rows.join('\n')}\n`,
  'playbook/people/sam.md': `---\nname: ${planted.seller}\nrole: rep\nledgerName: ${planted.seller}\nemail: ${planted.mail}\n---\n`,
  'playbook/segments/banks.md': '---\ntitle: Banks\nvisibility: partner\nmatch: { industry: bank }\n---\n',
  'playbook/plays/shared.md': shared,
  [`playbook/plays/${planted.restrictedId}.md`]: `---
title: ${planted.restrictedTitle}
status: trial
visibility: restricted
until: 2027-01-31
owners: { marketing: mia, sales: sam }
segment: banks
evidence: [{ deal: ${planted.deal} }]
---
Between us, ${planted.restrictedWords}.

${playBody}`,
  'playbook/messages/quokka.md': `---\ntitle: ${planted.draftTitle}\nstatus: draft\npillar: Marsupials\nclaim: Nobody has ever said so.\nowners: { marketing: mia, sales: sam }\n---\n`,
  'playbook/personas/wallaby.md': `---\ntitle: ${planted.internalPersona}\n---\nShe is at ease with ${planted.customer}.\n`,
  [`playbook/reviews/${planted.deal}.md`]: `---\ndeal: ${planted.deal}\noutcome: won\ncompellingEvent: The audit of ${planted.customer}.\nrelationship: none\nplays: [shared]\nreviewers: { marketing: mia, sales: sam }\ndate: 2026-04-02\n---\nThey signed on ${planted.day}.\n`,
}
