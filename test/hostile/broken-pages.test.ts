/**
 * Pages that are broken on purpose, all in one playbook: each is told once and clearly, and the pages beside them are
 * judged as if they were not there.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import {
  checkJson,
  expectNoTrace,
  type Files,
  folderOf,
  inShort,
  type JsonFinding,
  type JsonReport,
  play,
  playBody,
  playproof,
} from './small-playbook.ts'

const good = play('Year end')
/** What every page that cites D-18 without a review has, wherever nothing else is wrong. */
const fine = ['2:8 warn play/unconfirmed', '3:9 error play/overclaimed', '7:20 warn citation/no-review']
const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('')
const fields = (yaml: string): string => `---\n${yaml}---\n${playBody}`
const withBody = (body: string): string => play('Year end', '[{ deal: D-18 }]', `${playBody}\n${body}`)
const tail = (...bytes: number[]): Uint8Array => Buffer.concat([Buffer.from(good), Buffer.from(bytes)])
const utf16 = Buffer.from(`\ufeff${good}`, 'utf16le')

/** By the page's name: what it holds, and what is said of it. */
const pages: Readonly<Record<string, readonly [content: string | Uint8Array, ...said: string[]]>> = {
  empty: ['', '1:1 error file/frontmatter'],
  'no-fields': ['# Title\n', '1:1 error file/frontmatter'],
  'fields-in-javascript': ['---js\nmodule.exports = process.exit(3)\n---\n', '1:1 error file/frontmatter'],
  'fields-in-toml': ['+++\ntitle = 1\n+++\n', '1:1 error file/frontmatter'],
  unclosed: ['---\ntitle: Year end\n', '1:1 error file/frontmatter'],
  'only-an-opening': ['---', '1:1 error file/frontmatter'],
  'alias-bomb': [
    fields(
      `x-a: &a [x,x,x,x,x,x,x,x,x]\n${many(7, (i) => `x-${'bcdefgh'[i]}: &${'bcdefgh'[i]} [${many(9, () => `*${'abcdefg'[i]},`)}]\n`)}`,
    ),
    '2:14 error file/frontmatter',
  ],
  'alias-to-itself': [fields('x-a: &a [*a]\n'), '2:9 error file/frontmatter'],
  'alias-to-nothing': [fields('x-a: *b\n'), '2:6 error file/frontmatter'],
  'many-aliases': [fields(`x-a: &a b\nx-b: [${many(200, () => '*a, ')}]\n`), '3:407 error file/frontmatter'],
  'key-twice': [fields('title: A\nstatus: draft\ntitle: B\n'), '4:1 error file/frontmatter'],
  'key-twice-and-a-quote': [
    fields('title: A\ntitle: B\nsegment: "banks\n'),
    '3:1 error file/frontmatter',
    '4:10 error file/frontmatter',
  ],
  'keys-of-objects': [
    fields(
      '__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\ntoString: x\ntitle: A\nstatus: draft\nowners: { marketing: mia, sales: sam, __proto__: x }\nsegment: banks\n',
    ),
    '2:1 error field/unknown',
    '3:1 error field/unknown',
    '4:1 error field/unknown',
    '7:39 error field/unknown',
  ],
  'tag-that-asks-for-code': [
    fields('title: !!js/function "function () { process.exit(3) }"\n'),
    '2:8 error file/frontmatter',
  ],
  'tab-as-indent': [fields('title: A\nowners:\n\tsales: sam\n'), '4:1 error file/frontmatter'],
  'colon-in-a-text': [fields('title: A: B\n'), '2:8 error file/frontmatter'],
  'quote-left-open': [fields('title: "A\nstatus: draft\n'), '2:8 error file/frontmatter'],
  'a-list-for-fields': [fields('- a\n- b\n'), '2:1 error file/frontmatter'],
  'a-list-for-a-key': [fields('? [a]\n: b\n'), '2:3 error file/frontmatter'],
  'brackets-100-deep': [fields(`x-a: ${'['.repeat(100)}${']'.repeat(100)}\n`), '2:70 error file/frontmatter'],
  'brackets-in-20000-levels': [fields(`x-a: ${'['.repeat(20_000)}\n`), '2:70 error file/frontmatter'],
  'lists-in-1200-levels': [
    fields(`x-a:\n${many(1_200, (i) => `${' '.repeat(i + 1)}-\n`)}`),
    '67:66 error file/frontmatter',
  ],
  'maps-in-900-levels': [
    fields(`x-a:\n${many(900, (i) => `${' '.repeat(i + 1)}a:\n`)}`),
    '66:65 error file/frontmatter',
  ],
  'many-keys': [fields(many(1_200, (i) => `x-${i}: a\n`)), '1002:7 error file/frontmatter'],
  'nul-byte': [good.replace('end', 'e\0d'), '2:14 error file/encoding'],
  'utf-16-little': [utf16, '1:1 error file/encoding'],
  'utf-16-big': [Buffer.from(utf16).swap16(), '1:1 error file/encoding'],
  'utf-16-unmarked': [Buffer.from(good, 'utf16le'), '1:2 error file/encoding'],
  'latin-1': [Buffer.from(good.replace('Year end', 'Année'), 'latin1'), '2:11 error file/encoding'],
  'half-a-character': [tail(0xe2, 0x82), '33:1 error file/encoding'],
  'overlong-character': [tail(0xc0, 0xaf), '33:1 error file/encoding'],
  'half-a-pair': [tail(0xed, 0xa0, 0x80), '33:1 error file/encoding'],
  picture: [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), '3:1 error file/encoding'],
  'line-of-5-million': [withBody('a'.repeat(5_000_000)), '1:1 error file/too-large'],
  'line-of-200-thousand': [withBody('a'.repeat(200_000)), '34:1 error file/too-large'],
  'quotes-10000-deep': [withBody(`${'>'.repeat(10_000)} a`), '34:1 error file/too-large'],
  'lists-10000-deep': [withBody(`${'- '.repeat(10_000)} a`), '34:1 error file/too-large'],
  'emphasis-10000-deep': [withBody(`${'*a '.repeat(10_000)}b${' a*'.repeat(10_000)}`), '34:296 error file/too-large'],
  'stars-10000': [withBody(`${'*'.repeat(10_000)}b${'*'.repeat(10_000)}`), '34:1 error file/too-large'],
  'brackets-10000-deep': [withBody(`${'['.repeat(10_000)}a${']'.repeat(10_000)}`), ...fine],
  'tags-10000-deep': [withBody('<div>'.repeat(10_000)), ...fine],
  'windows-line-ends': [good.replaceAll('\n', '\r\n'), ...fine],
  'old-mac-line-ends': [good.replaceAll('\n', '\r'), ...fine],
  'all-line-ends': [good.replaceAll(/\n/g, (_, at: number) => ['\n', '\r\n', '\r'][at % 3] ?? ''), ...fine],
  'byte-order-mark': [`\ufeff${good}`, ...fine],
  'two-byte-order-marks': [`\ufeff\ufeff${good}`, '1:1 error file/frontmatter', '1:1 error file/hidden-characters'],
  'reversed-text': [
    good.replace('Year end', '"Year \u202e end"'),
    '2:8 warn play/unconfirmed',
    '2:14 error file/hidden-characters',
    ...fine.slice(1),
  ],
  'escape-in-a-title': [good.replace('Year end', '"Year \\e[2J\\0\\uD800 end"'), ...fine],
  'day-that-is-none': [
    good.replace('2027-01-31', '2027-02-31'),
    ...fine.slice(0, 2),
    '4:8 error field/wrong',
    ...fine.slice(2),
  ],
  'title-of-a-megabyte': [
    good.replace('title: Year end', `title: >\n${many(11_000, () => `  ${'word '.repeat(15)}\n`)}`),
    ...fine.map((line) => line.replace(/^\d+/, (number) => String(Number(number) + (number === '2' ? 0 : 11_001)))),
  ],
}

let before: JsonReport
let report: JsonReport & { cpu: number }
let root: string

beforeAll(() => {
  before = checkJson(folderOf())
  const files: Files = Object.fromEntries(
    Object.entries(pages).map(([name, [content]]) => [`playbook/plays/${name}.md`, content]),
  )
  root = folderOf(files)
  report = checkJson(root)
})

const fileOf = (name: string): string => `playbook/plays/${name}.md`
const saidOf = (name: string): JsonFinding[] => report.findings.filter(({ file }) => file === fileOf(name))

describe('what is said of each broken page', () => {
  test.each(Object.keys(pages))('%s', (name) => {
    const [, ...said] = pages[name] ?? []
    expect(inShort(saidOf(name))).toEqual(said.map((line) => `plays/${name}.md:${line}`))
  })
})

test('every other page is judged as if the broken ones were not there', () => {
  const others = report.findings.filter(({ file }) => !Object.keys(pages).some((name) => file === fileOf(name)))
  expect(before.findings.length).toBeGreaterThan(5)
  expect(others).toEqual(before.findings)
  expect(report.notRun).toEqual(before.notRun)
})

test('what is said is a sentence for a person, with a way out, and no word of a library', () => {
  for (const { text, rule } of report.findings.filter(({ rule }) => rule.startsWith('file/'))) {
    expect(text, rule).toMatch(/^[A-Z“`].{20,300}[.”]$/)
    expect(text).not.toMatch(/Error|undefined|null|NaN|stack|object/)
  }
})

test('no finding is longer than a screen, however long the value that it quotes', () => {
  expect(Math.max(...report.findings.map(({ text }) => text.length))).toBeLessThan(2_001)
})

test('the terminal shows the same playbook without a trace and without a control character', () => {
  const ran = playproof(root, ['check'])
  expectNoTrace(ran)
  expect(ran.status).toBe(1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested.
  expect(ran.stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/)
  expect(ran.stdout).toContain('playbook/plays/unclosed.md:1:1 error file/frontmatter')
})

test('a key called __proto__ is a key like any other and changes no object', () => {
  expect(saidOf('keys-of-objects').map(({ text }) => text)).toEqual([
    '`__proto__` is no field of a play. Remove it, or begin its name with `x-` if it is your own.',
    '`constructor` is no field of a play. Remove it, or begin its name with `x-` if it is your own.',
    '`toString` is no field of a play. Remove it, or begin its name with `x-` if it is your own.',
    '`__proto__` is no field of `owners`. Remove it.',
  ])
})

test('a broken playbook.yaml stops the run with one line that says where', () => {
  const lines = Object.entries({
    'company: "Halyard\ncurrency: USD\n': 'playbook/playbook.yaml:1:10 cannot be read: ',
    'company: A\ncompany: B\n':
      'playbook/playbook.yaml:2:1 cannot be read: This field is given twice. Keep one of them.',
    'company: A\u0000\n': 'playbook/playbook.yaml:1:11 cannot be read: There is a NUL byte here',
    [`company: ${'['.repeat(30_000)}\n`]:
      'playbook/playbook.yaml:1:74 cannot be read: This is nested more than 64 levels deep.',
  })
  for (const [text, line] of lines) {
    const ran = playproof(folderOf({ 'playbook/playbook.yaml': text }), ['check'])
    expect({ status: ran.status, stdout: ran.stdout, lines: ran.stderr.split('\n').length }).toEqual({
      status: 2,
      stdout: '',
      lines: 2,
    })
    expect(ran.stderr).toContain(`playproof: ${line}`)
    expectNoTrace(ran)
  }
})

test('keys of playbook.yaml that are no settings, and objects where values belong, are findings', () => {
  const root = folderOf({
    'playbook/playbook.yaml': `company: Halyard\ncurrency: USD\nasOf: 2026-06-30\n__proto__: { rules: { play/overclaimed: off } }\nconstructor: x\nlimits: { maxFileBytes: .inf, maxDepth: -1 }\nrules: { __proto__: off, toString: off, link/broken: [off] }\nevidence: []\nledger: { deals: { file: ledger/deals.csv, delimiter: "" } }\n`,
  })
  expect(inShort(checkJson(root).findings.filter(({ file }) => file.endsWith('playbook.yaml')))).toEqual([
    'playbook.yaml:4:1 error field/unknown',
    'playbook.yaml:5:1 error field/unknown',
    'playbook.yaml:6:25 error field/wrong',
    'playbook.yaml:6:41 error field/wrong',
    'playbook.yaml:7:10 error field/unknown',
    'playbook.yaml:7:26 error field/unknown',
    'playbook.yaml:7:54 error field/wrong',
    'playbook.yaml:8:11 error field/wrong',
    'playbook.yaml:9:55 error field/wrong',
  ])
})
