/** Fingerprints: what changes one, what does not, and what is said to have moved. */
import { expect, test } from 'vitest'
import { type FingerprintParts, fingerprintOf, movedSince } from './fingerprint.ts'

const parts: FingerprintParts = {
  fields: { title: 'Land with finance', claim: undefined },
  deals: [{ id: 'D-18', account: 'Northwind Bank', outcome: 'won', amount: 4_500_000, closed: '2026-03-10' }],
  sections: [{ heading: 'Talk track', text: 'Ask for the date of the audit.' }],
}
const before = fingerprintOf(parts)
const section = (text: string, heading = 'Talk track') => ({ ...parts, sections: [{ heading, text }] })

test('a fingerprint is a line that names its parts in one order', () => {
  expect(before).toMatch(/^1;deal\.D-18=\w+(\.\w{6}){4};section\.Talk%20track=\w+(\.\w+){2};title=\w+$/)
  expect(movedSince(before, before)).toEqual([])
})

test('layout is no part of it', () => {
  for (const text of [
    'Ask for\n  the date of the audit.',
    '> Ask for the date\n> of the audit.',
    '\r\n\r\n- Ask for the date of the audit.\n',
    '### Ask for the **date** of the _audit_.',
    'Ask for the date <!-- playproof-ignore figure/uncited: known --> of the audit.',
    '<!--\nto do\n-->\nAsk for the date of the audit.<!---->',
  ])
    expect(fingerprintOf(section(text))).toBe(before)
})

test('a word, a figure and the case of a letter are', () => {
  for (const text of [
    'Ask for the dates of the audit.',
    'ask for the date of the audit.',
    'Ask for the date of the audit',
  ])
    expect(movedSince(before, fingerprintOf(section(text)))).toEqual([
      { kind: 'section', name: 'Talk track', how: 'changed', what: ['words'] },
    ])
})

test('what moved is told by name, whatever is in the name', () => {
  const heading = 'Why = us; now %'
  expect(movedSince(before, fingerprintOf(section('x', heading)))).toEqual([
    { kind: 'section', name: 'Talk track', how: 'removed', what: [] },
    { kind: 'section', name: heading, how: 'added', what: [] },
  ])
  const lost = { ...parts, deals: parts.deals.map((deal) => ({ ...deal, outcome: 'lost' as const })) }
  expect(movedSince(before, fingerprintOf(lost))).toEqual([
    { kind: 'deal', name: 'D-18', how: 'changed', what: ['outcome'] },
  ])
  expect(movedSince(before, fingerprintOf({ ...parts, fields: {} }))).toEqual([
    { kind: 'field', name: 'title', how: 'removed', what: [] },
  ])
})

test('of two sections with one name neither hides the other', () => {
  const two = (first: string) =>
    fingerprintOf({
      ...parts,
      sections: [
        { heading: 'Email', text: first },
        { heading: 'Email', text: 'b' },
      ],
    })
  expect(two('a')).not.toBe(two('c'))
})

test('another version says nothing, and what somebody made up does no harm', () => {
  expect(movedSince('2;title=x', before)).toBeUndefined()
  expect(movedSince('', before)).toBeUndefined()
  expect(movedSince('1;section.%ZZ=x;;=;', before)).toContainEqual({
    kind: 'section',
    name: '%ZZ',
    how: 'removed',
    what: [],
  })
})

test('words and figures of a section, and the facts of a deal, are told apart', () => {
  const what = (was: FingerprintParts, is: FingerprintParts) =>
    movedSince(fingerprintOf(was), fingerprintOf(is))?.map((moved) => moved.what)
  const figure = section('Won 12 of 20.')
  expect(what(figure, section('Won 13 of 20.'))).toEqual([['figures']])
  expect(what(figure, section('Lost 12 of 20.'))).toEqual([['words']])
  expect(what(figure, section('Lost 12 of 21.'))).toEqual([['words', 'figures']])
  const deal = (fact: object) => ({ ...parts, deals: parts.deals.map((each) => ({ ...each, ...fact })) })
  expect(what(parts, deal({ amount: 1, closed: null }))).toEqual([['amount', 'closed']])
  expect(what(parts, deal({ account: 'Northwind' }))).toEqual([['account']])
})

test('a line from before details were kept still holds, and says that a part changed', () => {
  const short = before.replace(/(=\w+)[.\w]*/g, '$1')
  expect(short).not.toBe(before)
  expect(movedSince(short, before)).toEqual([])
  expect(movedSince(short, fingerprintOf(section('Ask.')))).toEqual([
    { kind: 'section', name: 'Talk track', how: 'changed', what: [] },
  ])
})
