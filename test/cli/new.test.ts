import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { newPage } from '../../src/cli/commands/new.ts'
import { openTerminal, type Terminal } from '../../src/cli/terminal.ts'

const command = fileURLToPath(new URL('../../src/cli/playproof.mjs', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'playproof-new-'))
let root = ''

afterAll(() => rmSync(work, { recursive: true, force: true }))

beforeEach(() => {
  root = mkdtempSync(join(work, 'in-'))
  for (const [path, text] of Object.entries(playbook)) put(path, text)
})

const person = (name: string, role: string, more = ''): string => `---\nname: ${name}\nrole: ${role}\n${more}---\n`
const playbook = {
  'playbook/playbook.yaml': `company: Halyard
currency: USD
asOf: 2026-03-31
stages: [Discovery]
sections: { competitor: [Their claims, Our answers] }
ledger:
  deals:
    file: ledger/deals.csv
    outcomes: { won: [Won], lost: [Lost], open: [Open], void: [Duplicate] }
    types: { employees: number }
`,
  'playbook/ledger/deals.csv': `id,account,owner,stage,amount,created,closed,industry,employees,competitor,play
D-11,Corbel Castings,Ana Reyes,Won,9000.50,2025-10-01,2025-12-01,Manufacturing,420,,
D-12,Corbel Castings,Ana Reyes,Won,4000,2026-01-05,2026-02-01,Manufacturing,420,,audit-deadline
D-17,Dunmore Foods,Kofi Mensah,Lost,16000,2025-11-01,2026-03-14,Food,230,Bramble Inc,
D-20,Birch & Loom,Ana Reyes,Open,25000,2026-02-01,,Manufacturing,380,,
D-21,Later,Ana Reyes,Won,100,2026-03-01,2026-04-02,Manufacturing,380,,
D-22,Twice,Ana Reyes,Duplicate,100,2026-03-01,,Manufacturing,380,,
006/12 x,"1. <b>Ltd</b> [a](javascript:x) www.x.io",Nobody,Won,,,2026-03-01,Manufacturing,380,,
D-99,Broken,Ana Reyes,Won,many,2026-01-01,2026-02-01,Manufacturing,380,,
`,
  'playbook/people/jo-park.md': person('Jo Park', 'marketing'),
  'playbook/people/ana-reyes.md': person('Ana Reyes', 'rep', 'ledgerName: [Ana Reyes, A. Reyes]\n'),
  'playbook/people/kofi-mensah.md': person('Kofi Mensah', 'sales-lead', 'ledgerName: Kofi Mensah\n'),
  'playbook/people/gone.md': person('Gone', 'marketing', 'until: 2025-12-31\n'),
  'playbook/segments/manufacturers.md': '---\ntitle: Manufacturers\nmatch: { industry: Manufacturing }\n---\n',
  'playbook/segments/retail.md': '---\ntitle: Retail chains\nmatch: { industry: Retail }\n---\n',
  'playbook/competitors/bramble.md': '---\ntitle: Bramble\nledgerName: Bramble Inc\n---\n',
  'playbook/plays/audit-deadline.md':
    '---\ntitle: Audit deadline\nstatus: draft\nsegment: manufacturers\nowners: { marketing: jo-park, sales: ana-reyes }\n---\n',
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function playproof(...args: string[]) {
  const env = { ...process.env, NO_COLOR: '1', CI: '' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: root,
    encoding: 'utf8',
    env,
  })
  return { status, stdout, stderr }
}

/** Runs `new` in this process, which is quicker; what goes wrong is the text of the fault. */
async function make(type: string, id?: string, ...set: string[]): Promise<string> {
  const lines: string[] = []
  const terminal = {
    ...openTerminal({ color: false, quiet: false }),
    interactive: false,
    out: (line: string) => void lines.push(line),
    note: (line: string) => void lines.push(`note: ${line}`),
  }
  try {
    expect(await newPage(type, id, { root, set }, terminal)).toBe(0)
  } catch (error) {
    return error instanceof Error && error.name === 'Fault' ? error.message : Promise.reject(error)
  }
  return lines.join('\n')
}

const page = (path: string): string => readFileSync(join(root, 'playbook', path), 'utf8')
const pages = (): string[] =>
  readdirSync(join(root, 'playbook'), { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.md'))
    .sort()

/** Rules broken by a page, its sections left out, as `check` tells them. */
function findingsOf(path: string): string[] {
  const { stdout } = playproof('check', `playbook/${path}`, '--format', 'json', '--no-cache')
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; text: string }[] }
  return findings
    .filter(({ rule }) => /^(file|field|reference)\//.test(rule))
    .map(({ rule, text }) => `${rule}: ${text}`)
}

const complete: Readonly<Record<string, readonly string[]>> = {
  play: [
    'title=Year-end close',
    'segment=manufacturers',
    'owners.marketing=jo-park',
    'owners.sales=ana-reyes',
    'status=trial',
    'until=2026-06-30',
    'match.employees.min=200',
    'match.industry.not=Food,Retail',
    'evidence=D-11,D-12',
    'evidence.0.shows=One, two',
    'competitors=bramble',
  ],
  message: [
    'title=One trail',
    'pillar=Calm audits',
    'claim=Every approval: on one page',
    'owners.marketing=jo-park',
    'owners.sales=ana-reyes',
    'segments=manufacturers, retail',
  ],
  segment: [
    'title=Large makers',
    'match={ industry: [Manufacturing, Food], employees: { min: 500 } }',
    'description=Makers, large ones',
  ],
  persona: [
    'title=Finance lead',
    'segments=retail',
    'goals=["Sleep, at last"]',
    'goals=A quiet audit',
    'pains=Noise,Paper',
    'tags=finance',
  ],
  competitor: ['title=Thornfield', 'ledgerName=Thornfield, Inc.', 'visibility=restricted'],
  market: [
    'title=Makers at home',
    'segment=manufacturers',
    'territory.industry=Manufacturing',
    'seats.learning=jo-park',
    'seats.selling=kofi-mensah',
    'x-region=007',
  ],
  person: [
    'name=Mia Chen',
    'role=rep',
    'ledgerName=["Chen, Mia", Mia Chen]',
    'email=mia@example.com',
    'from=2026-01-01',
  ],
  feedback: [
    'on=plays/audit-deadline',
    'by=ana-reyes',
    'result=worked',
    'answer.by=jo-park',
    'answer.date=2026-03-31',
    'answer.action=Kept it',
  ],
  collateral: ['title=First call', 'file=first-call.pptx', 'messages=', 'owner=jo-park'],
}

test.for(Object.entries(complete))('a %s that --set completes has no fault in its fields', async ([type, set]) => {
  const known = pages()
  expect(await make(type, undefined, ...set)).toMatch(/^Made .+\nWrite its text, then run\n {2}npx playproof check /)
  const made = pages().filter((path) => !known.includes(path))
  expect(made).toHaveLength(1)
  expect(findingsOf(made[0] ?? '')).toEqual([])
})

test.for(Object.keys(complete))('a %s made with an id alone says what is missing, and so does check', async (type) => {
  const said = await make(type, 'new-one')
  const [path = ''] = pages().filter((each) => each.endsWith('/new-one.md'))
  const blank = /^Fill in (.+) and write its text, then run$/m.exec(said)?.[1]?.split(', ') ?? []
  expect(blank.length).toBeGreaterThan(0)
  const found = findingsOf(path)
  expect(found.length).toBe(blank.length)
})

test('a play is made from the schema, with what explains each field that is still blank', async () => {
  expect(
    playproof('new', 'play', 'year-end', '--set', 'title=Year end: "close"', '--set', 'owners.sales=ana-reyes'),
  ).toEqual({
    status: 0,
    stderr: '',
    stdout:
      'Made playbook/plays/year-end.md\nFill in owners.marketing, segment and write its text, then run\n  npx playproof check playbook/plays/year-end.md\n',
  })
  expect(page('plays/year-end.md')).toMatchInlineSnapshot(`
    "---
    title: 'Year end: "close"'
    status: draft # How far the play has come; it may claim no more than its verdict: draft, trial, repeatable, proven or retired.
    owners: # One person of marketing and one of sales who answer for the play.
      marketing: # Who in marketing stands behind the page.
      sales: ana-reyes
    segment: # The kind of customer the play is for.
    personas: [] # The people it speaks to.
    markets: [] # The markets it is for; none means every market of its segment.
    competitors: [] # The competitors it is run against.
    messages: [] # The approved messages it uses.
    # stage: # The sales stage it is run in, as named in playbook.yaml.
    # since: # When the play was first run; older deals are then no record of it.
    # until: # By when a trial is promoted or retired. A draft with \`until\` is a hypothesis.
    # match: # Narrows the deals of the segment to those the play fits.
    evidence: [] # The won deals that prove the play.
    ---
    ## When to run it

    ## Discovery questions

    ## Talk track

    ## Objections

    ## Proof

    ## Next step
    "
  `)
})

test('sections are those of playbook.yaml, and messages get their channels', async () => {
  await make('competitor', 'thornfield', 'title=Thornfield')
  await make('message', 'one-trail')
  const headings = (path: string): string[] =>
    page(path)
      .split('\n')
      .filter((line) => line.startsWith('## '))
  expect(headings('competitors/thornfield.md')).toEqual(['## Their claims', '## Our answers'])
  expect(headings('messages/one-trail.md')).toEqual([
    '## One line',
    '## Email',
    '## Talk track',
    '## Slide',
    '## Proof points',
  ])
})

test('values come out as they were given, whatever YAML would make of them', async () => {
  await make(
    'message',
    'odd',
    'title=# no: comment',
    'claim=0007',
    'pillar=yes',
    'tags=[a, "b, c"]',
    'x-note=- [ ] {a}',
  )
  expect(page('messages/odd.md')).toContain('title: "# no: comment"')
  expect(page('messages/odd.md')).toContain('claim: "0007"')
  expect(page('messages/odd.md')).toContain('tags:\n  - a\n  - b, c')
  expect(page('messages/odd.md')).toContain('x-note: "- [ ] {a}"')
})

describe('the review of a deal', () => {
  test('holds what the ledger knows, so that the author writes the story', async () => {
    expect(await make('review', 'D-17')).toContain('\nFill in compellingEvent and write its text, then run\n')
    expect(page('reviews/D-17.md')).toMatchInlineSnapshot(`
      "---
      deal: D-17
      outcome: lost # How it ended: won or lost.
      compellingEvent: # Why the buyer had to act, and by when; the empty text says honestly that there was none.
      relationship: none # What tied the buyer to us before: none, existing-customer, friend, family, investor or former-colleague.
      plays: [] # The plays that were run.
      messages: [] # The messages that were used.
      competitors: [bramble]
      # naming: # Where the customer may be named: \`internal\` (the default), \`partner\` or \`public\`.
      reviewers: # Who agreed on the story: one of sales, one of marketing.
        sales: kofi-mensah
        marketing: jo-park
      date: 2026-03-31 # When they agreed.
      amount: 16000
      closed: 2026-03-14
      ---
      Dunmore Foods: opened on 2025-11-01, lost on 2026-03-14 for $16,000. Owner in the CRM: Kofi Mensah.

      ## What happened

      ## Why we lost

      ## What we learned
      "
    `)
  })

  test('knows a customer who had bought before, and the play that the ledger names', async () => {
    await make('review', 'D-12')
    expect(page('reviews/D-12.md')).toMatch(/^relationship: existing-customer/m)
    expect(page('reviews/D-12.md')).toContain('plays: [audit-deadline]')
    await make('review', 'D-11')
    expect(page('reviews/D-11.md')).toMatch(/^relationship: none/m)
    expect(page('reviews/D-11.md')).toContain('amount: 9000.5\nclosed: 2025-12-01')
  })

  test('agrees with the ledger and has no fault once the event is written', async () => {
    await make('review', 'D-17', 'compellingEvent=""')
    expect(findingsOf('reviews/D-17.md')).toEqual([])
    expect(page('reviews/D-17.md')).toContain('compellingEvent: ""')
  })

  test('is called like the deal where a file may be, and says what a customer is called as text', async () => {
    await make('review', '006/12 x', 'compellingEvent=An audit')
    const text = page('reviews/006-12-x.md')
    expect(text).toContain('deal: 006/12 x')
    expect(text).toContain(
      '1\\. \\<b\\>Ltd\\</b\\> \\[a\\](javascript:x) www\\.x.io: won on 2026-03-01. Owner in the CRM: Nobody.',
    )
    expect(text).not.toMatch(/^amount/m)
    expect(findingsOf('reviews/006-12-x.md')).toEqual([
      'field/wrong: `reviewers.sales` is blank. Write the id of a person: its file name without `.md`.',
    ])
  })

  test('is refused while the deal is open, on the day it is judged', async () => {
    expect(await make('review', 'D-20')).toBe(
      'D-20 (Birch & Loom) is still open in the stage Open. Review it when it is won or lost.',
    )
    expect(await make('review', 'D-21')).toContain('D-21 (Later) is still open')
    expect(await make('review', 'D-22')).toContain('D-22 is void')
    expect(playproof('new', 'review', 'D-21', '--as-of', '2026-04-30').status).toBe(0)
    expect(page('reviews/D-21.md')).toContain('date: 2026-04-30')
  })

  test('is refused for a deal that the ledger does not have, with those that are meant', async () => {
    const { status, stderr } = playproof('new', 'review', 'D-18')
    expect(status).toBe(2)
    expect(stderr).toBe('playproof: the ledger has no deal `D-18`. Did you mean `D-11`, `D-12`, `D-17`?\n')
    expect(await make('review', 'D-99')).toBe(
      'the row of D-99 (playbook/ledger/deals.csv:9) cannot be read. `playproof check` says what is wrong with it.',
    )
    expect(await make('review')).toContain('name the deal whose story it is')
    expect(existsSync(join(root, 'playbook/reviews'))).toBe(false)
  })

  test('is refused where there is one, whatever that file is called', async () => {
    put('playbook/reviews/old/castings.md', '---\ndeal: D-11\n---\n')
    expect(await make('review', 'D-11')).toBe('D-11 has a review already: playbook/reviews/old/castings.md.')
  })

  test('is made without the ledger’s facts where there is no ledger', async () => {
    put('playbook/playbook.yaml', 'company: Halyard\ncurrency: USD\n')
    expect(await make('review', 'D-18')).toContain(
      'Fill in outcome, compellingEvent, reviewers.sales, reviewers.marketing',
    )
  })
})

describe('an id', () => {
  test('is made from the title', async () => {
    await make('play', undefined, "title=Land with café owners — the CFO's way!")
    await make('person', undefined, 'name=Zoë  O’Brien')
    await make('feedback', undefined, 'on=plays/audit-deadline')
    await make('feedback', undefined, 'on=plays/audit-deadline')
    expect(pages()).toEqual(
      expect.arrayContaining([
        'plays/land-with-cafe-owners-the-cfos-way.md',
        'people/zoe-obrien.md',
        'feedback/2026-03-31-audit-deadline.md',
        'feedback/2026-03-31-audit-deadline-2.md',
      ]),
    )
  })

  test('of a very long title ends between words', async () => {
    await make('play', undefined, `title=${'word '.repeat(40)}`)
    expect(pages().find((path) => path.startsWith('plays/word'))).toBe(`plays/${'word-'.repeat(16).slice(0, -1)}.md`)
  })

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['with capitals', 'Year-End', /lower-case letters.*For example `year-end`/],
    ['that leads out of the folder', '../../x', /lower-case letters.*For example `x`/],
    ['with the ending of the file', 'year-end.md', /For example `year-end`/],
    ['with hidden characters', 'a\u202eb', /`a\\u\{202e\}b` cannot be an id/],
    ['that Windows keeps for a device', 'com1', /Windows/],
    ['that begins with a hyphen', '-a', /lower-case letters/],
    ['of more than 81 letters', 'a'.repeat(82), /at most 81/],
    ['that folders use for their description', 'readme', /README\.md/],
    ['that is taken', 'audit-deadline', /is there already: playbook\/plays\/audit-deadline\.md/],
    ['that differs from a file only in capitals', 'old-play', /is there already: playbook\/plays\/Old-Play\.md/],
    ['that is taken in a folder below', 'deep', /is there already: playbook\/plays\/emea\/deep\.md/],
  ]
  test.for(refused)('%s is refused', async ([, id, why]) => {
    put('playbook/plays/Old-Play.md', '---\ntitle: Old\n---\n')
    put('playbook/plays/emea/deep.md', '---\ntitle: Deep\n---\n')
    const before = pages()
    expect(await make('play', id)).toMatch(why)
    expect(pages()).toEqual(before)
  })

  test('is asked for where no title gives one', async () => {
    expect(await make('play')).toBe(
      'a play needs an id: give one, as in `playproof new play audit-deadline`, or `--set title=…` to make it from.',
    )
    expect(await make('play', undefined, 'title=監査')).toContain('no id can be made from “監査”: give one')
    expect(await make('feedback')).toContain('say what the feedback is about')
  })
})

describe('what cannot be made', () => {
  const refused: readonly (readonly [string, string, string[], string])[] = [
    ['a type that there is not', 'plai', [], 'there is no type `plai`. Did you mean `play`?'],
    ['a type that nothing is near', 'xyzzy', [], 'there is no type `xyzzy`. The types are play, message,'],
    [
      'a field that the type has not',
      'play',
      ['titel=x'],
      '`titel` is no field of the type play. Did you mean `title`?',
    ],
    ['a part of a field that has none', 'play', ['title.x=y'], '`title.x` leads nowhere'],
    ['a group with an unknown part', 'play', ['owners.finance=jo-park'], '`owners.finance` is no field'],
    ['a prototype', 'play', ['__proto__.x=1'], '`__proto__.x` is no field'],
    ['a setting without a value', 'play', ['title'], '`--set title` says no value'],
    [
      'a choice that there is not',
      'play',
      ['status=dratf'],
      'the page was not made: `status` is `dratf`. Write one of `draft`, `trial`, `repeatable`, `proven`, `retired`. Did you mean `draft`?',
    ],
    ['a day that there is not', 'play', ['since=2026-02-30'], '`since` is `2026-02-30`. Write a day'],
    ['a number that is none', 'review', ['amount=many'], '`amount` is `many`. Write a number'],
    ['an empty text', 'play', ['title='], '`title` is blank'],
    ['brackets that do not close', 'segment', ['match={ a: [1'], 'the value of `match` is no YAML'],
    ['a gap in a list', 'play', ['evidence.1.deal=D-11'], 'leaves a gap'],
    ['a condition that is none', 'segment', ['match=large ones'], '`match`'],
  ]
  test.for(refused)('%s is said, and nothing is written', async ([, type, set, said]) => {
    const before = pages()
    const answer = await make(type, type === 'review' ? 'D-11' : 'new-one', ...set)
    if (said === '`match`') expect(answer).toMatch(/^the page was not made: Write a column and what is allowed in it/)
    else expect(answer).toContain(said)
    expect(pages()).toEqual(before)
  })

  test('a page in a folder that leads out of the playbook is not written', async () => {
    mkdirSync(join(root, 'elsewhere'))
    symlinkSync('../elsewhere', join(root, 'playbook/messages'))
    expect(await make('message', 'one-trail')).toContain('leads out of the playbook')
    expect(readdirSync(join(root, 'elsewhere'))).toEqual([])
  })

  test('outside a playbook one line says what to do', () => {
    rmSync(join(root, 'playbook'), { recursive: true })
    const { status, stderr } = playproof('new', 'play', 'x')
    expect(status).toBe(2)
    expect(stderr).toMatch(/^playproof: there is no playbook\/playbook\.yaml here.*\n$/)
  })
})

test('a page may name what is not there yet, and that is said with what is near', async () => {
  expect(await make('persona', 'cfo', 'title=CFO', 'segments=manufacturer')).toContain(
    'note: There is no segment `manufacturer` yet. Did you mean `manufacturers`?',
  )
  expect(page('personas/cfo.md')).toContain('segments: [manufacturer]')
})

describe('with a terminal', () => {
  /** Answers the prompts in turn, each when it is asked; returns what was shown. */
  async function converse(
    type: string,
    id: string | undefined,
    answers: readonly string[],
    set: readonly string[] = [],
  ) {
    const input = new PassThrough()
    const output = new PassThrough()
    let shown = ''
    const left = [...answers]
    output.on('data', (chunk) => {
      shown += chunk
      if (!/: $/.test(shown)) return
      const next = left.shift()
      if (next === undefined) input.end()
      else setImmediate(() => input.write(`${next}\n`))
    })
    const terminal: Terminal = {
      ...openTerminal({ color: false, quiet: false }),
      interactive: true,
      out: (line) => {
        shown += `${line}\n`
      },
      note: () => undefined,
    }
    const fault = await newPage(type, id, { root, set }, terminal, { input, output }).then(
      () => undefined,
      (error: Error) => error.message,
    )
    return { shown, fault, left }
  }

  test('it asks for what a play needs, and lists what there is to choose from', async () => {
    const { shown, fault, left } = await converse('play', undefined, [
      'Year end',
      'Retial chains',
      'manu',
      '',
      'kofi-mensah',
      'bramble, Bramble',
      'never asked',
    ])
    expect({ fault, left }).toEqual({ fault: undefined, left: ['never asked'] })
    expect(shown).toContain('  manufacturers (Manufacturers), retail (Retail chains)\n')
    expect(shown).toContain('There is no Retial chains here. Did you mean retail?')
    expect(shown).toContain('owners.marketing [jo-park]: ')
    expect(shown).toContain('  ana-reyes (Ana Reyes), kofi-mensah (Kofi Mensah)\n')
    expect(page('plays/year-end.md')).toContain('competitors: [bramble]')
    expect(findingsOf('plays/year-end.md')).toEqual([])
  })

  test('an answer that the schema refuses is asked for again', async () => {
    const { shown, fault } = await converse('segment', undefined, [
      'Audit',
      'large ones',
      'industry=Food; employees=200',
      '',
    ])
    expect(fault).toBe(undefined)
    expect(shown).toContain('Write a column and what is allowed in it')
    expect(page('segments/audit.md')).toContain('match: { industry: Food, employees: 200 }')
  })

  test('a title that is taken is said at once', async () => {
    const { shown } = await converse('play', undefined, [
      'Audit deadline',
      'Audit deadline two',
      'retail',
      '',
      'ana-reyes',
      '',
      '',
      '',
    ])
    expect(shown).toContain('The play `audit-deadline` is there already: playbook/plays/audit-deadline.md.')
    expect(pages()).toContain('plays/audit-deadline-two.md')
  })

  test('a review is asked for what the ledger cannot know', async () => {
    const { fault, shown } = await converse('review', 'D-17', ['""', '', 'audit'])
    expect(fault).toBe(undefined)
    expect(shown).not.toContain('reviewers.sales')
    expect(page('reviews/D-17.md')).toContain('compellingEvent: ""\nrelationship: none')
    expect(page('reviews/D-17.md')).toContain('plays: [audit-deadline]')
  })

  test('what --set says is not asked', async () => {
    const { fault, shown } = await converse('person', 'mia-chen', ['', 'sales-lead', '', ''], ['email=mia@example.com'])
    expect(fault).toBe(undefined)
    expect(shown).not.toContain('email: ')
    expect(page('people/mia-chen.md')).toContain('name: Mia Chen\nrole: sales-lead')
  })

  test('whoever stops leaves nothing behind', async () => {
    const before = pages()
    const { fault } = await converse('play', undefined, ['Year end', 'retail'])
    expect(fault).toBe('stopped; nothing was made.')
    expect(pages()).toEqual(before)
  })
})
