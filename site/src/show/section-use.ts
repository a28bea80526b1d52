/**
 * How a section is used in a call, told by its heading: playbook.yaml may name sections otherwise, so words decide.
 */

/** Asked one by one; said; answered when it comes up; sent as it stands. */
export type SectionUse = 'asked' | 'said' | 'answered' | 'sent'

export function playSectionUse(title: string): SectionUse | undefined {
  if (/question|discover|ask/i.test(title)) return 'asked'
  if (/talk|say|script|pitch/i.test(title)) return 'said'
  return /objection|answer/i.test(title) ? 'answered' : undefined
}

/** Every section of a message is a wording, but for what proves it. */
export function messageSectionUse(title: string): SectionUse | undefined {
  return /proof|evidence|note/i.test(title) ? undefined : 'sent'
}

export function battlecardSectionUse(title: string): SectionUse | undefined {
  if (/trap/i.test(title)) return 'asked'
  return /answer/i.test(title) ? 'answered' : undefined
}
