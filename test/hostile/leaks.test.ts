/**
 * What may not be read is found wherever it hides, and what only looks like it is left alone.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { domainToASCII, fileURLToPath } from 'node:url'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { joined } from '../../site/src/content/joined-files.ts'
import type { Audience } from '../../src/audience/audience.ts'
import { readWorkspace, type WorkspaceReading } from '../../src/workspace/read-workspace.ts'
import { scanSite } from '../../src/workspace/scan-site.ts'
import { planted, secretPages } from './planted-secrets.ts'
import { folderOf, playproof } from './small-playbook.ts'

const name = planted.customer
const repository = fileURLToPath(new URL('../../', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'playproof-leaks-'))
let reading: WorkspaceReading

beforeAll(async () => {
  reading = await readWorkspace(folderOf(secretPages), { noCache: true })
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** `kind value` of all that is found in one file of a site. */
function found(path: string, content: string | Uint8Array, audience: Audience = 'partners'): string[] {
  const site = mkdtempSync(join(work, 'site-'))
  mkdirSync(dirname(join(site, path)), { recursive: true })
  writeFileSync(join(site, path), content)
  return scanSite(site, audience, reading).leaks.map(({ secret }) => `${secret.kind} ${secret.value}`)
}

const html = (inside: string, foot = '') =>
  `<!doctype html><html lang="en"><head><title>Größe</title></head><body><nav>${foot}</nav><main>\n<p>${inside}</p></main>${foot}</body></html>`
const each = (text: string, write: (code: number) => string) =>
  [...text].map((character) => write(character.codePointAt(0) ?? 0)).join('')
const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0')
const utf16 = (text: string) => Buffer.from(text, 'utf16le')
const decimal = (text: string) => each(text, (code) => `&#${code};`)
const chunk = (type: string, data: Buffer) => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
}
const png = (...chunks: Buffer[]) =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', Buffer.alloc(13)), ...chunks])
const archive = (text: string) => {
  const data = deflateRawSync(text)
  const head = Buffer.alloc(30)
  head.write('PK\u0003\u0004', 'latin1')
  head.writeUInt16LE(8, 8)
  head.writeUInt16LE(5, 26)
  return Buffer.concat([head, Buffer.from('a.xml'), data, Buffer.alloc(8)])
}

describe("a customer's name is found", () => {
  test.each<[string, string, string | Uint8Array]>([
    ['in the words of a page', 'index.html', html(`We met ${name}.`)],
    ['in capitals', 'index.html', html(name.toUpperCase())],
    ['across a line break', 'index.html', html('Quillfeather\n   Bank')],
    ['with tags between its letters', 'index.html', html('Quill<b>feath</b>er <i>Bank</i>')],
    ['with soft hyphens and joiners in it', 'index.html', html('Quill\u00adfeath\u200ber Bank')],
    ['in decimal entities', 'index.html', html(decimal(name))],
    ['in hexadecimal entities', 'index.html', html(each(name, (code) => `&#x${hex(code, 4)};`))],
    ['with a named entity', 'index.html', html('Quillfeather&nbsp;Bank')],
    ['in entities of entities', 'index.html', html(decimal(name).replaceAll('&', '&amp;'))],
    ['in an attribute', 'index.html', `<img src="a.png" alt="The hall of ${name}">`],
    ['in a comment', 'index.html', html(`<!-- ${name} -->`)],
    ['in a meta tag', 'index.html', `<meta property="og:description" content="${name}">`],
    ['in an address', 'index.html', html(`<a href="/search?q=${encodeURIComponent(name)}">x</a>`)],
    ['percent-encoded letter by letter', 'index.html', html(each(name, (code) => `%${hex(code, 2)}`))],
    ['as a slug', 'index.html', html('<a href="/reviews/quillfeather-bank/">x</a>')],
    ['run together', 'index.html', html('<a href="/QuillfeatherBank.html">x</a>')],
    [
      'in letters of full width',
      'index.html',
      html(each(name, (code) => (code === 32 ? ' ' : String.fromCodePoint(code + 0xfee0)))),
    ],
    [
      'in JSON with escapes',
      'data.json',
      JSON.stringify({ a: 1 }).replace('1', `"${each(name, (code) => `\\u${hex(code, 4)}`)}"`),
    ],
    ['in a script with escapes', 'a.js', `const a="${each(name, (code) => `\\x${hex(code, 2)}`)}"`],
    ['in a script with long escapes', 'a.js', `const a="${each(name, (code) => `\\u{${hex(code, 1)}}`)}"`],
    ['in a style sheet', 'a.css', `a::after { content: "${name}" }`],
    ['in a source map', 'a.js.map', JSON.stringify({ version: 3, sourcesContent: [`// ${name}`] })],
    ['in a feed', 'feed.xml', `<feed><title>${name}</title></feed>`],
    ['in base64', 'index.html', html(`<script type="x">${Buffer.from(`told by ${name}`).toString('base64')}</script>`)],
    [
      'in base64 for addresses, out of step',
      'index.html',
      html(`/x/${Buffer.from(`?? ${name} ??`).toString('base64url')}`),
    ],
    ['packed in base64', 'index.html', html(gzipSync(`told by ${name}`).toString('base64'))],
    ['in base64 of UTF-16', 'index.html', html(utf16(`told by ${name}`).toString('base64'))],
    ['in hexadecimal', 'index.html', html(Buffer.from(`told by ${name}`).toString('hex'))],
    ['in UTF-16 with its mark', 'a.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(name)])],
    ['in UTF-16 the other way round', 'a.txt', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(name).swap16()])],
    ['packed with gzip', 'a.json.gz', gzipSync(name)],
    ['packed with gzip twice', 'a.gz', gzipSync(gzipSync(name))],
    ['packed with brotli', 'a.html.br', brotliCompressSync(name)],
    ['packed with zlib', 'a.bin', deflateSync(name)],
    [
      'in a piece of a search index',
      'pagefind/fragment/en_1.pf_fragment',
      gzipSync(`pagefind_dcd{"content":"${name}"}`),
    ],
    [
      'as a stem in a search index',
      'pagefind/index/en_1.pf_index',
      gzipSync(Buffer.from('\u0082jquillfeath\u0001', 'latin1')),
    ],
    [
      'as a stem in joined pieces of a search index',
      'pagefind/index/1.pf_index',
      gzipSync(
        joined(
          new Map([
            ['1/index/1.pf_index', Buffer.from('\u0081\u0082epilot\u0001', 'latin1')],
            ['2/index/1.pf_index', Buffer.from('\u0081\u0082jquillfeath\u0001', 'latin1')],
          ]),
        ),
      ),
    ],
    ['in the text of a PNG', 'a.png', png(chunk('tEXt', Buffer.from(`Title\0${name}`)))],
    [
      'in the packed text of a PNG',
      'a.png',
      png(chunk('zTXt', Buffer.concat([Buffer.from('Title\0\0'), deflateSync(name)]))),
    ],
    [
      'in the EXIF title of a JPEG',
      'a.jpg',
      Buffer.concat([
        Buffer.from('ffd8ffe10000', 'hex'),
        Buffer.from('Exif\0\0'),
        utf16(name),
        Buffer.from([0, 0, 0xff, 0xd9]),
      ]),
    ],
    [
      'in the XMP of a JPEG',
      'a.jpg',
      Buffer.concat([
        Buffer.from('ffd8ffe1000000', 'hex'),
        Buffer.from(`<rdf:li>${name}</rdf:li>`),
        Buffer.from([0, 0xff, 0xd9]),
      ]),
    ],
    [
      'in an SVG',
      'a.svg',
      `<svg><title>${name}</title><text><tspan>Quill</tspan><tspan>feather</tspan> Bank</text></svg>`,
    ],
    [
      'in a stream of a PDF',
      'a.pdf',
      Buffer.concat([Buffer.from('%PDF-1.7\0\nstream\n'), deflateSync(`(${name}) Tj`), Buffer.from('\nendstream')]),
    ],
    ['in a document', 'a.docx', archive(`<w:t>${name}</w:t>`)],
    ['in the name of a file', 'img/Quillfeather_Bank.png', ''],
    ['in the name of a folder', 'reviews/quillfeather-bank/index.html', ''],
    ['in a percent-encoded name of a file', 'img/Quillfeather%20Bank.png', ''],
  ])('%s', (_where, path, content) => {
    expect(found(path, content)).toContain(path.endsWith('.pf_index') ? 'customer Quillfeather' : `customer ${name}`)
  })

  test('in the name of a host that is written in ASCII', async () => {
    const root = folderOf({
      ...secretPages,
      'playbook/ledger/deals.csv':
        'id,account,owner,outcome,amount,created,closed,industry\nD-1,Bücherstube Nord,Sam Ode,won,1,2026-01-10,2026-03-01,bank\n',
    })
    const site = mkdtempSync(join(work, 'site-'))
    writeFileSync(join(site, 'a.html'), html(`https://${domainToASCII('bücherstube-nord.example')}/`))
    const { leaks } = scanSite(site, 'partners', await readWorkspace(root, { noCache: true }))
    expect(leaks.map(({ secret }) => secret.value)).toEqual(['Bücherstube Nord'])
  })
})

describe('not only names are secret', () => {
  test.each<[string, string, Audience, string]>([
    ['a seller', `Sold by ${planted.seller}`, 'partners', `seller ${planted.seller}`],
    ['the address of a seller', planted.mail, 'partners', `page ${planted.mail}`],
    ['the id of a deal', `deal ${planted.deal.toLowerCase()}`, 'partners', `deal ${planted.deal}`],
    ['an exact amount', 'USD 48,217.00', 'partners', `amount ${planted.amount}`],
    ['an exact amount in data', '{"medianAmount":48217}', 'partners', `amount ${planted.amount}`],
    ['the day of a deal', 'on February 17, 2026', 'partners', `day ${planted.day}`],
    ['the title of a restricted page', planted.restrictedTitle, 'reps', `page ${planted.restrictedTitle}`],
    [
      'the id of a restricted page',
      `<a href="/plays/${planted.restrictedId}/">x</a>`,
      'reps',
      `page ${planted.restrictedId}`,
    ],
    ['the title of a draft', planted.draftTitle, 'leaders', `page ${planted.draftTitle}`],
    ['a page that is not for partners', planted.internalPersona, 'partners', `page ${planted.internalPersona}`],
    ['a word of a comment', `so says ${planted.htmlComment}`, 'leaders', `word ${planted.htmlComment}`],
    [
      'a word of a comment in the frontmatter',
      `so says ${planted.yamlComment}`,
      'leaders',
      `word ${planted.yamlComment}`,
    ],
    ["a word of a field of the team's own", `so says ${planted.ownField}`, 'leaders', `word ${planted.ownField}`],
  ])('%s', (_what, text, audience, expected) => {
    expect(found('index.html', html(text), audience)).toContain(expected)
  })

  test('seven words in a row from a restricted page', () => {
    const words = planted.restrictedWords.split(' ')
    expect(found('a.html', html(words.slice(4, 11).join(' ')), 'reps')).toEqual([
      expect.stringMatching(/^text Between us, the Mirabelle committee/),
    ])
    expect(found('a.html', html(words.slice(4, 10).join(' ')), 'reps')).toEqual([])
  })

  test('what frames a page is looked through on each page, also where it is clean on others', () => {
    const site = mkdtempSync(join(work, 'site-'))
    for (const [file, page] of Object.entries({
      'a.html': html('Nothing here.'),
      'b.html': html('Nothing here.', name),
      'c.html': html(`Sold to ${name}.`),
      'd.html': html('Nothing here.'),
      'e.html': html('Nothing here.', name),
    }))
      writeFileSync(join(site, file), page)
    const { leaks } = scanSite(site, 'partners', reading)
    expect(leaks.map(({ file, at, times }) => ({ file, at, times }))).toEqual([
      { file: 'b.html', at: { line: 1, column: 76 }, times: 4 },
      { file: 'c.html', at: { line: 2, column: 12 }, times: 2 },
      { file: 'e.html', at: { line: 1, column: 76 }, times: 4 },
    ])
  })

  test('each leak says where in the site, and from where in the playbook', () => {
    const site = mkdtempSync(join(work, 'site-'))
    writeFileSync(join(site, 'a.html'), `<p>\n  Sold to Quill<b>feather</b> Bank</p>`)
    expect(scanSite(site, 'partners', reading).leaks).toEqual([
      {
        file: 'a.html',
        at: { line: 2, column: 11 },
        way: 'without tags',
        secret: { kind: 'customer', value: name, from: { file: 'playbook/ledger/deals.csv', line: 19 } },
        times: 1,
      },
    ])
  })
})

describe('nothing is found', () => {
  test.each<[string, string, string, Audience]>([
    ['for those inside, who may know every customer', 'a.html', html(`${name}, ${planted.deal}, $48,217`), 'reps'],
    [
      'for leaders in what is restricted',
      'a.html',
      html(`${planted.restrictedTitle}: ${planted.restrictedWords}`),
      'leaders',
    ],
    ['in words that only hold a short name', 'a.html', html('a place full of palaces, faces and spaces'), 'partners'],
    [
      'in words that only look like a name',
      'a.html',
      html('a quill, feathers, and the bank; quill-feather'),
      'partners',
    ],
    [
      'in other days, round amounts and counts',
      'a.html',
      html('On June 30, 2026 it was $48,000, 48,217 won'),
      'partners',
    ],
    ['in a script that has a word of a hidden page as a variable', 'a.js', 'const kestrelwood = Brindlecote()', 'reps'],
  ])('%s', (_what, path, content, audience) => {
    expect(found(path, content, audience)).toEqual([])
  })
})

test('of a list, a quote or a table each part is looked for by itself, and not the end of one with the beginning of the next', async () => {
  const hidden = `---
title: Nobody reads this
status: draft
pillar: Prices
claim: Nobody has ever said so.
owners: { marketing: mia, sales: sam }
---
- Every small buyer asks for the price of the lease.
- The clerk of the third floor waits until the end of May.

| They say | We say |
| --- | --- |
| Our own people can carry the whole load | The rent of a shed is never the point |

> Nobody may sign for more than the yearly budget
> of the store on the corner
`
  const drafted = await readWorkspace(folderOf({ ...secretPages, 'playbook/messages/prices.md': hidden }), {
    noCache: true,
  })
  const site = mkdtempSync(join(work, 'site-'))
  const leaksIn = (text: string) => {
    writeFileSync(join(site, 'a.html'), html(text))
    return scanSite(site, 'leaders', drafted).leaks.map(({ secret }) => [secret.kind, secret.from.line])
  }
  expect(leaksIn('He wants the price of the lease.</p><p>The clerk is out.')).toEqual([])
  expect(leaksIn('They can carry the whole load.</p><p>The rent of it is low.')).toEqual([])
  expect(leaksIn('A buyer asks for the price of the lease')).toEqual([['text', 8]])
  expect(leaksIn('the third floor waits until the end of May')).toEqual([['text', 8]])
  expect(leaksIn('the rent of a shed is never')).toEqual([['text', 11]])
  expect(leaksIn('to sign for more than the yearly budget of the')).toEqual([['text', 15]])
})

test('a short name is found where somebody wrote it, and not in the noise of a font, a program or a picture', async () => {
  const ledger = (secretPages['playbook/ledger/deals.csv'] ?? '').replace(',Ace,', ',Q7,')
  const short = await readWorkspace(folderOf({ ...secretPages, 'playbook/ledger/deals.csv': ledger }), {
    noCache: true,
  })
  const site = mkdtempSync(join(work, 'site-'))
  const noise = Buffer.concat([Buffer.from([0, 0xff, 0x20]), Buffer.from('Q7'), Buffer.from([0x20, 0xfe, 0])])
  for (const path of ['a.woff2', 'wasm.unknown.pagefind', 'a.png']) writeFileSync(join(site, path), noise)
  writeFileSync(join(site, 'a.html'), html('as Q7 did'))
  expect(scanSite(site, 'partners', short).leaks.map(({ file, secret }) => [file, secret.value])).toEqual([
    ['a.html', 'Q7'],
  ])
})

describe('a build', { timeout: 240_000 }, () => {
  const partner = (text: string) => ({
    'playbook/plays/shared.md': `${secretPages['playbook/plays/shared.md']}\n${text}\n`,
  })

  test('for each audience holds nothing above it, and what is above it is found as soon as the wrong build is scanned', () => {
    const root = folderOf(secretPages)
    for (const audience of ['leaders', 'reps', 'partners']) {
      const ran = run(root, ['build', '--audience', audience, '--out', audience])
      expect([ran.status, ran.stdout]).toEqual([0, expect.stringContaining('nothing in')])
      expect(run(root, ['scan', join(root, audience)])).toMatchObject({
        status: 0,
        stdout: expect.stringContaining(`for ${audience}`),
      })
    }
    const forPartners = run(root, ['scan', join(root, 'leaders'), '--audience', 'partners'])
    expect(forPartners.status).toBe(1)
    for (const secret of [
      name,
      planted.seller,
      planted.restrictedTitle,
      planted.restrictedId,
      'Mirabelle',
      planted.internalPersona,
      planted.amount,
      planted.day,
    ])
      expect(forPartners.stdout).toContain(secret)
    const forReps = run(root, ['scan', join(root, 'leaders'), '--audience', 'reps'])
    expect(forReps.status).toBe(1)
    expect(forReps.stdout).toContain(planted.restrictedTitle)
    expect(forReps.stdout).not.toContain(name)
  })

  test('stops at a name in prose, and leaves the old site as it was', () => {
    const root = folderOf({ ...secretPages, ...partner(`As ${name} did.`), 'dist/index.html': 'the old site' })
    const ran = run(root, ['build', '--audience', 'partners'])
    expect(ran).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^playbook\/plays\/shared\.md:\d+:4 naming\/leak\n/),
    })
    expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toBe('the old site')
    expect(run(root, ['scan', join(root, 'dist'), '--audience', 'partners']).stdout).toBe(
      'Nothing above its audience in 1 file for partners.\n',
    )
  })

  test('stops at what only the finished page shows, and in a CI does not say it aloud', () => {
    const root = folderOf({ ...secretPages, ...partner(`As ${decimal(name)} did.`), 'dist/index.html': 'the old site' })
    const ran = run(root, ['build', '--audience', 'partners'], { CI: 'true' })
    expect(ran.status).toBe(1)
    expect(ran.stdout).toContain("a customer's name:")
    expect(ran.stdout).toContain('from playbook/ledger/deals.csv:19')
    expect(ran.stdout + ran.stderr).not.toContain('Quillfeather')
    expect(run(root, ['scan', join(root, 'dist'), '--audience', 'partners']).stdout).toBe(
      'Nothing above its audience in 1 file for partners.\n',
    )
  })

  test('replaces a site and nothing else: a folder with other files and the playbook stand, and leftovers go', () => {
    const root = folderOf({ 'src/main.js': 'work' })
    mkdirSync(join(root, '.playproof/site-999999999-cut-off'), { recursive: true })
    const refusal = (out: string) => {
      const ran = run(root, ['build', '--out', out])
      return [ran.status, ran.stderr.replaceAll(root, '')]
    }
    const playbook = '/playbook belongs to the playbook itself, and a build replaces its whole folder.'
    expect(refusal('playbook')).toEqual([2, `playproof: ${playbook} Choose another with \`--out\`.\n`])
    expect(refusal('playbook/site')).toEqual([2, expect.stringContaining('belongs to the playbook itself')])
    expect(refusal('..')).toEqual([2, expect.stringContaining('holds the playbook itself')])
    expect(refusal('src')).toEqual([2, expect.stringContaining('/src holds files and is no site')])
    expect(refusal('src/main.js')).toEqual([2, expect.stringContaining('cannot be the folder of a site (ENOTDIR)')])
    expect(readFileSync(join(root, 'src/main.js'), 'utf8')).toBe('work')
    expect(run(root, ['build'])).toMatchObject({ status: 0 })
    expect(run(root, ['build'])).toMatchObject({ status: 0 })
    expect(readdirSync(join(root, '.playproof')).filter((entry) => entry.startsWith('site-'))).toEqual([])
  })

  test('says in one line that the disk is full, and leaves the old site as it was', () => {
    const root = folderOf({ 'dist/index.html': 'the old site' })
    const ran = playproof(root, ['build'], { disk: { at: 7, how: 'ENOSPC', ending: '.html' } })
    expect([ran.status, ran.stdout]).toEqual([2, ''])
    expect(ran.stderr).toMatch(
      /^playproof: \S+\.html cannot be written \(ENOSPC\)\. Free some space or check permissions\.\n$/,
    )
    expect(readFileSync(join(root, 'dist/index.html'), 'utf8')).toBe('the old site')
    expect(readdirSync(join(root, '.playproof')).filter((entry) => entry.startsWith('site-'))).toEqual([])
  })

  test('needs no modules beside the playbook, and runs none that somebody put into its work folder', () => {
    const root = folderOf({
      '.playproof/node_modules/astro/package.json': '{ "name": "astro", "exports": { "./*": "./*.js" } }',
      '.playproof/node_modules/astro/entrypoints/prerender.js': 'throw new Error("planted")',
    })
    // Vite also looks for modules where it is started.
    const ran = playproof(root, ['build'], { cwd: root })
    expect([ran.status, ran.stderr]).toEqual([0, ''])
  })

  test('lets a name pass that was waived, beside the words it was waived with and nowhere else', () => {
    const root = folderOf({
      ...secretPages,
      ...partner(`<!-- playproof-ignore naming/leak until 2027-01-31: they asked for it -->\nAs ${name} did.`),
    })
    expect(run(root, ['build', '--audience', 'partners'])).toMatchObject({ status: 0 })
    const site = mkdtempSync(join(work, 'site-'))
    writeFileSync(join(site, 'a.html'), html(`Sold to ${name} in May`))
    expect(run(root, ['scan', site, '--audience', 'partners'])).toMatchObject({ status: 1 })
  })
})

test('a folder that does not say whom it is for is not scanned, nor one that is not there', () => {
  const root = folderOf(secretPages)
  mkdirSync(join(root, 'other'))
  expect(run(root, ['scan', join(root, 'other')])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--audience partners'),
  })
  expect(run(root, ['scan', join(root, 'nowhere')])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('playproof build'),
  })
})

/** From the repository, as Astro finds its own parts from where it is started. */
function run(root: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return playproof(root, ['--root', root, ...args], { cwd: repository, env })
}
