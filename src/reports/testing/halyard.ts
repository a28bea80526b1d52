/**
 * Halyard's playbook for tests of reports: the play `audit` for banks is repeatable from 30 November 2025 on.
 *
 * Three reviewed wins of three accounts and two reps stand behind it; their ids begin with C. Tests add deals of their own.
 */
import { banks, review, trialPlay } from '../../testing/example-pages.ts'
import type { Files } from '../../testing/findings-in.ts'

const header = 'id,account,owner,outcome,amount,created,closed,churned,industry,source,type'

/** Won by two reps in November 2025, at 100 each. */
const cited = `C-1,Acme,Jo,won,100,2025-10-01,2025-11-10,,banking,,New
C-2,Borg,Kim,won,100,2025-10-01,2025-11-20,,banking,,New
C-3,Cray,Kim,won,100,2025-10-01,2025-11-30,,banking,,New
`

/** A won deal of a bank; `more` is `churned,industry,source,type`. */
export function won(id: string, amount: string, closed: string, more = ',banking,,New'): string {
  return `${id},Account of ${id},Jo,won,${amount},2025-10-01,${closed},${more}\n`
}

export const ledgerOf = (...rows: readonly string[]): string => `${header}\n${cited}${rows.join('')}`

export const halyard: Files = {
  'playbook.yaml':
    'asOf: 2026-03-31\nevidence: { counts: { type: { not: [Renewal] } }, friendsSources: [Founder network] }\n',
  'comp.yaml': 'period: quarter\nparticipants:\n  - { person: jo, rate: 0.035 }\n  - { person: mia, rate: 0.01 }\n',
  'people/jo.md': '---\nname: Jo Park\nrole: rep\nledgerName: Jo\n---\n',
  'people/kim.md': '---\nname: Kim Ode\nrole: rep\nledgerName: Kim\n---\n',
  'people/mia.md': '---\nname: Mia Lund\nrole: marketing\n---\n',
  'segments/banks.md': banks,
  'plays/audit.md': trialPlay('[{ deal: C-1 }, { deal: C-2 }, { deal: C-3 }]'),
  'reviews/C-1.md': review('C-1', { plays: '[audit]' }),
  'reviews/C-2.md': review('C-2', { plays: '[audit]' }),
  'reviews/C-3.md': review('C-3', { plays: '[audit]' }),
  'ledger.csv': ledgerOf(),
}
