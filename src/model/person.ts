/** A person: an employee, and the name the CRM knows them by. */
import { z } from 'zod'
import { choice, common, day, oneOrMore, text } from './fields.ts'
import { once } from './once.ts'

export const roles = ['founder', 'executive', 'product', 'marketing', 'sales-lead', 'rep', 'other'] as const
export type Role = (typeof roles)[number]

const sides: Readonly<Record<'sales' | 'marketing', readonly Role[]>> = {
  sales: ['rep', 'sales-lead', 'founder', 'executive'],
  marketing: ['marketing', 'product', 'founder', 'executive'],
}

/** Whether somebody of this role may own and sign for a side; founders and executives may for either. */
export function standsFor(side: 'sales' | 'marketing', role: Role): boolean {
  return sides[side].includes(role)
}

export const personSchema = once(() =>
  z.strictObject({
    name: text('the name').describe('The name.'),
    role: choice(roles).describe('What the person does; decides what they may own and sign.'),
    ledgerName: oneOrMore('the name as the ledger spells it, or a list of spellings')
      .optional()
      .describe("How the ledger's owner column spells the name; a list if several."),
    email: oneOrMore('an address, or a list of them').optional().describe('One address or a list.'),
    from: day().optional().describe('The first day.'),
    until: day().optional().describe('The last day.'),
    ...common(),
  }),
)
