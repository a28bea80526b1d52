/**
 * Pages of the usual cast for rule tests: a trial, an approved message, a review and a segment of banks.
 *
 * `more` holds further lines of frontmatter. Fields stand on fixed lines, so that a test can name them.
 */

/** `title` on line 2, `status` on 3, `evidence` on 7. */
export function trialPlay(evidence: string, { status = 'trial', more = '' } = {}): string {
  return page(`title: Land with finance
status: ${status}
until: 2027-06-30
owners: { marketing: mia, sales: jo }
segment: banks
evidence: ${evidence}
${more}`)
}

/** `status` on line 3, `evidence` on 7. */
export function approvedMessage(evidence: string, { status = 'approved', more = '' } = {}): string {
  return page(`title: One invoice
status: ${status}
pillar: Simple
claim: Every branch is billed on one invoice.
owners: { marketing: mia, sales: jo }
evidence: ${evidence}
${more}`)
}

/** A review with nothing against it: `outcome` on line 3, `compellingEvent` on 4, `relationship` on 5, `plays` on 6. */
export function review(
  deal: string,
  {
    outcome = 'won',
    event = 'The audit was due on 1 May.',
    relationship = 'none',
    plays = '[finance]',
    more = '',
  } = {},
): string {
  return page(`deal: ${deal}
outcome: ${outcome}
compellingEvent: ${event === '' ? '""' : event}
relationship: ${relationship}
plays: ${plays}
reviewers: { sales: jo, marketing: mia }
date: 2026-04-02
${more}`)
}

export const banks = page('title: Banks\nmatch: { industry: banking }\n')

function page(frontmatter: string): string {
  return `---\n${frontmatter.trimEnd()}\n---\n`
}
