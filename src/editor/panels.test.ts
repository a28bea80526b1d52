import { expect, test } from 'vitest'
import type { PlayEvidence } from '../evidence/evidence.ts'
import { evidencePage } from './evidence-page.ts'
import { formPage } from './page-form.ts'
import { html, panelPage, sentence } from './panel-page.ts'

const hostile = '<img src=x onerror=alert(1)>"\'&'
const play = {
  id: 'land',
  status: 'trial',
  verdict: 'anecdotal',
  tooFew: true,
  citations: [
    { deal: 'D-17', account: 'Halyard', owner: 'Ana', amount: 1200, closed: '2026-03-14', eligible: true, reasons: [] },
    {
      deal: 'D-18',
      account: hostile,
      owner: null,
      amount: null,
      closed: null,
      eligible: false,
      reasons: ['stale', 'no-review'],
    },
  ],
  record: { basis: 'matched', wins: 2, losses: 1, low: 0.2, high: 0.9 },
  baseline: { wins: 0, losses: 0, winRate: null },
} as unknown as PlayEvidence
const fitting = ['D-20', 'D-21', 'D-22'].map((deal) => ({
  deal,
  account: 'Bramble',
  owner: 'Kofi',
  amount: 5,
  closed: '2026-01-01',
  why: 'Won where `match` asks.',
}))

test('the evidence of a play says its verdict, its record, and why a deal does not count', () => {
  const page = evidencePage({ play, title: 'Land with finance', fitting }, 2).html
  expect(page).toContain('<span class="verdict anecdotal">anecdotal</span>')
  expect(page).toContain('2 of 3 won: too few to say')
  expect(page).toContain('Cited deals: 1 of 2 count')
  expect(page).toContain('Does not count: it is too old; it has no review.')
  expect([...page.matchAll(/data-send="cite" data-value="([^"]+)"/g)].map(([, deal]) => deal)).toEqual(['D-20', 'D-21'])
  expect(page).toContain('Won where <code>match</code> asks.')
})

test('text of authors and of the CRM is text, in every place of a page', () => {
  const views = [
    evidencePage({ play: { ...play, status: hostile }, title: hostile, fitting: [] }, 8),
    evidencePage(
      {
        play,
        title: '',
        fitting: [
          { deal: hostile, account: hostile, owner: hostile, amount: 1, closed: hostile, why: `\`${hostile}\`` },
        ],
      },
      8,
    ),
    formPage(
      [],
      {
        type: hostile,
        folder: '',
        fields: [
          {
            name: hostile,
            label: hostile,
            kind: 'ids',
            required: true,
            choices: [hostile],
            doc: hostile,
            reference: null,
          },
        ],
      },
      new Map([['id', hostile]]),
      hostile,
    ),
    sentence(hostile),
    html`<p title="${hostile}">${hostile}</p>`,
  ]
  for (const view of views) {
    expect(view.html).not.toContain('<img')
    expect(view.html.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>"']/)
  }
})

test('a page runs our script alone, and shows frames of the origin it names alone', () => {
  const page = panelPage(html`<p>x</p>`, { frames: 'http://localhost:4321' })
  const nonce = /script-src 'nonce-([0-9a-f]{32})'/.exec(page)?.[1]
  expect(page).toContain(`<script nonce="${nonce}">`)
  expect(page).toContain("default-src 'none'")
  expect(page).toContain(' frame-src http://localhost:4321;')
  expect(panelPage(html``)).not.toContain('frame-src')
  expect(panelPage(html``)).not.toContain(nonce)
})

test('a form has a field for each field of the schema, of its kind', () => {
  const field = { label: '', doc: '', choices: [], reference: null, required: false, kind: 'text' }
  const form = formPage(
    [],
    {
      type: 'play',
      folder: 'plays',
      fields: [
        { ...field, name: 'title', required: true },
        { ...field, name: 'status', kind: 'choice', choices: ['draft', 'trial'] },
        { ...field, name: 'personas', kind: 'ids', choices: ['cfo'] },
        { ...field, name: 'age', kind: 'number' },
      ],
    },
    new Map([['status', 'trial']]),
  ).html
  expect(form).toMatch(/<input id="title" name="title" type="text" required /)
  expect(form).toContain('<option selected>trial</option>')
  expect(form).toContain('<input type="checkbox" name="personas" value="cfo" >')
  expect(form).toContain('type="number"')
})

test('a play begins as a draft, and what was chosen stays chosen when the form comes back', () => {
  const field = { label: '', doc: '', reference: null, required: false }
  const type = {
    type: 'play',
    folder: 'plays',
    fields: [
      { ...field, name: 'title', kind: 'text', choices: [] },
      { ...field, name: 'status', kind: 'choice', choices: ['draft', 'trial'] },
      { ...field, name: 'personas', kind: 'ids', choices: ['cfo', 'cio', 'it'] },
    ],
  }
  expect(formPage([], type, new Map()).html).toContain('<option selected>draft</option>')
  const again = formPage([], type, new Map([['personas', 'cfo, it']]), 'There is `cfo` already.').html
  expect([...again.matchAll(/value="(\w+)" checked/g)].map(([, id]) => id)).toEqual(['cfo', 'it'])
  expect(again).toContain('There is <code>cfo</code> already.')
  expect(again).toMatch(/<input id="id" name="id" {2}value=""/)
})
