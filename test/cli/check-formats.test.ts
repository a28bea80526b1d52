/**
 * What `check` prints: for people, for programs, for the runner of a code host, for a pull request.
 */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { Nodes } from 'mdast'
import { expect, test } from 'vitest'
import { satteriEngine } from '../../src/page/satteri-engine.ts'
import { runnerCommands } from '../hostile/runner-commands.ts'
import { folderOf, type JsonReport, ledger, play, playBody, playproof, settings } from '../hostile/small-playbook.ts'

const check = (root: string, ...args: string[]) => playproof(root, ['check', ...args])

test('JSON has every key of the contract, findings in order, and nothing else', () => {
  const { status, stdout } = check(folderOf(), '--format', 'json')
  const report = JSON.parse(stdout) as JsonReport
  expect(status).toBe(1)
  expect(Object.keys(report)).toEqual(['version', 'asOf', 'root', 'summary', 'notRun', 'findings'])
  expect(Object.keys(report.summary)).toEqual([
    'files',
    'plays',
    'deals',
    'errors',
    'warnings',
    'hints',
    'waived',
    'baselined',
    'ms',
  ])
  for (const finding of report.findings)
    expect(Object.keys(finding)).toEqual(['rule', 'severity', 'text', 'file', 'range', 'related', 'fixes'])
  const places = report.findings.map(
    ({ file, range, rule }) =>
      `${file} ${String(range.start.line).padStart(6)} ${String(range.start.column).padStart(6)} ${rule}`,
  )
  expect(places).toEqual([...places].sort())
})

test('a byte order mark and Windows line ends move no column', () => {
  const crlf = `\ufeff${play('Audit deadline', '[{ deal: D-17 }]').replaceAll('\n', '\r\n')}`
  const { stdout } = check(folderOf({ 'playbook/plays/audit-deadline.md': crlf }), '--format', 'json')
  const found = (JSON.parse(stdout) as JsonReport).findings.find(({ rule }) => rule === 'citation/not-won')
  expect(found?.range).toEqual({ start: { line: 7, column: 20 }, end: { line: 7, column: 24 } })
})

// Whatever an author may write: escapes, commands of a runner, markup, mentions.
const nasty =
  '\u001b[2J::error::x ##[error]y %0A::set-output name=a::b \r\n::warning::z @octocat ![i](https://evil.example/i.png) <img src=x> https://evil.example #1'

function nastyPlaybook(): string {
  const title = JSON.stringify(nasty)
  return folderOf({
    'playbook/plays/::error::a.md': play(title, '[{ deal: "D-17" }]'),
    'playbook/plays/##[error]b,line=1.md': `---\ntitle: ${title}\nstatus: ${JSON.stringify(`x${nasty}`)}\n${JSON.stringify(nasty)}: 1\n---\n[a](<${nasty.replace(/[\r\n<>]/g, '')}.md>)\n`,
    'playbook/playbook.yaml': `${settings}x: 1\n`,
  })
}

test('nothing in a playbook makes the runner obey', () => {
  const { stdout } = check(nastyPlaybook(), '--format', 'github')
  const lines = stdout.trimEnd().split('\n')
  const commands = lines.filter((line) => line.trimStart().startsWith('::'))
  expect(commands.length).toBeGreaterThan(2)
  for (const line of commands) {
    // Our own three commands, with properties and a message in which no other command is left.
    const match =
      /^::(?:error|warning|notice) file=([^,:]*),line=\d+,endLine=\d+,col=\d+(?:,endColumn=\d+)?,title=([^,:]*)::(.*)$/.exec(
        line,
      )
    expect(match, line).not.toBeNull()
    const decoded = decodeURIComponent((match?.[3] ?? '').replace(/%(?!25|0D|0A)/g, '%25'))
    expect(decoded).not.toMatch(/(?:^|\n)\s*::/)
    expect(line).not.toContain('##[')
  }
  for (const line of lines.filter((each) => !commands.includes(each)))
    expect(line).toMatch(/^(?:playproof: |and \d+ more )/)
})

test('nothing in a playbook reaches the terminal as a control character', () => {
  for (const format of ['pretty', 'github', 'markdown', 'sarif', 'json']) {
    const { stdout, stderr } = check(nastyPlaybook(), '--format', format)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
    expect(`${stdout}${stderr}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  }
})

test('a pull-request summary mentions nobody, links nowhere and shows no picture', () => {
  const { stdout } = check(nastyPlaybook(), '--format', 'markdown')
  const outsideCode = stdout.replace(/`[^`]*`/g, '')
  expect(outsideCode).not.toMatch(/@octocat|https?:\/\/|<img|(?<!\\)!\[|(?<!\\)\[i\]/)
})

test('more warnings than allowed block, and warnings alone do not', () => {
  const root = folderOf({
    'playbook/plays/audit-deadline.md': play('Audit deadline', '[{ deal: D-18 }]').replace('trial', 'draft'),
    'playbook/plays/land-with-finance.md': null,
    'playbook/competitors/bramble.md': '---\ntitle: Bramble\n---\n',
  })
  const summary = JSON.parse(check(root, '--format', 'json').stdout).summary as { errors: number; warnings: number }
  expect(summary.errors).toBe(0)
  expect(summary.warnings).toBeGreaterThan(0)
  expect(check(root).status).toBe(0)
  expect(check(root, '--max-warnings', String(summary.warnings)).status).toBe(0)
  expect(check(root, '--max-warnings', String(summary.warnings - 1)).status).toBe(1)
})

test('a baseline lets the old pass and blocks the new', () => {
  const root = folderOf()
  expect(check(root, '--write-baseline', 'old.json').status).toBe(1)
  const kept = check(root, '--baseline', 'old.json', '--format', 'json')
  expect(kept.status).toBe(0)
  expect((JSON.parse(kept.stdout) as JsonReport).summary).toMatchObject({ errors: 0, baselined: expect.any(Number) })
  expect(check(root, '--baseline', 'none.json').status).toBe(2)
})

test('the kept result is the result', () => {
  const root = folderOf()
  const bare = (text: string): string => text.replace(/"ms": \d+/, '')
  const cold = check(root, '--format', 'json', '--no-cache').stdout
  const first = check(root, '--format', 'json').stdout
  const second = check(root, '--format', 'json').stdout
  expect([bare(first), bare(second)]).toEqual([bare(cold), bare(cold)])
})

/** Every way of asking a runner for something, on every way into our output. */
function obstinatePlaybook(): string {
  const asks = [
    '::error file=a::b',
    ' \t::warning::b',
    '##[error]b',
    '##[set-env name=PATH]b',
    '\u0085::notice::b',
    '\u2028::stop-commands::b',
  ]
  const said = (ask: string): string => JSON.stringify(`${'word '.repeat(18)}${ask} %0A::error::c\r\n${ask}`)
  const pages = asks.map((ask, i): [string, string] => [
    `playbook/plays/${ask.replace(/[/\u2028\u0085]/g, '')}-${i}.md`,
    play(
      said(ask),
      `[{ deal: ${said(ask)} }, { deal: "D-18" }]`,
      `${playBody}\n[${ask}](${encodeURIComponent(ask)}.md)\n`,
    ),
  ])
  const cells = asks.map((ask, i) => `E-${i},${ask},${ask},won,${ask},2026-01-10,2026-03-10,bank\n`)
  return folderOf({
    ...Object.fromEntries(pages),
    'playbook/ledger/deals.csv': `${ledger}${cells.join('').replace(/[\u2028\u0085\r]/g, '')}`,
    'playbook/playbook.yaml': `${settings}${asks.map((ask) => `${said(ask)}: 1\n`).join('')}`,
  })
}

test('a runner that reads our log takes nothing from it but our own annotations', () => {
  const root = obstinatePlaybook()
  const { stdout, stderr } = check(root, '--format', 'github')
  const commands = runnerCommands(stdout + stderr)
  const counts = ['error', 'warning', 'notice'].map((name) => commands.filter(({ command }) => command === name).length)
  expect(counts.reduce((sum, count) => sum + count)).toBe(commands.length)
  expect(Math.max(...counts)).toBe(10)
  for (const { properties, message } of commands) {
    expect(Object.keys(properties).filter((key) => key !== 'endColumn')).toEqual([
      'file',
      'line',
      'endLine',
      'col',
      'title',
    ])
    expect(properties.file).toMatch(/^playbook\//)
    expect(properties.title).toMatch(/^[a-z]+\/[a-z-]+$/)
    // A message is decoded once, and may be printed again by whoever reads it.
    expect(runnerCommands(message)).toEqual([])
    expect(message.length).toBeLessThan(4_096)
  }
})

test('every other output in a runner’s log asks for nothing', () => {
  const root = obstinatePlaybook()
  const runs = [
    ...['pretty', 'json', 'sarif', 'markdown'].map((format) => check(root, '--format', format)),
    check(root, '--no-ledger', '##[error]x'),
    check(root, '--since', '::error::x'),
    check(root, '--as-of', '##[error]x'),
    playproof(root, ['evidence']),
    playproof(root, ['evidence', '::error::x']),
    playproof(root, ['explain', '##[error]x']),
    playproof(root, ['rename', '::error::/x', 'y']),
  ]
  for (const { stdout, stderr } of runs) expect(runnerCommands(stdout + stderr)).toEqual([])
  expect(runs.map(({ stdout, stderr }) => (stdout + stderr).length > 20)).not.toContain(false)
  // What breaks a command in JSON means the same to who reads the JSON.
  expect(JSON.stringify(JSON.parse(runs[1]?.stdout ?? ''))).toContain('##[error]b')
})

test('SARIF is SARIF 2.1.0, whatever the playbook holds', () => {
  const { id: _, ...schema } = JSON.parse(
    readFileSync(new URL('../fixtures/sarif/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8'),
  )
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv)
  const valid = ajv.compile({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' })
  expect(valid({ version: '2.1.0' })).toBe(false)
  for (const [root, ...args] of [[folderOf()], [obstinatePlaybook()], [nastyPlaybook(), '--no-ledger']] as const) {
    const log = JSON.parse(check(root, '--format', 'sarif', ...args).stdout)
    valid(log)
    expect(valid.errors ?? []).toEqual([])
    const [run] = log.runs
    expect(run.results.length).toBeGreaterThan(5)
    for (const { ruleId, ruleIndex, message, locations } of run.results) {
      expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId)
      // In a message `[words](address)` is a link.
      expect(message.text).not.toMatch(/\]\(/)
      const { uri } = locations[0].physicalLocation.artifactLocation
      expect(uri).toMatch(/^playbook\/[\w./~!*'()%-]+$/)
    }
    const prints = run.results.map(({ partialFingerprints }: { partialFingerprints: object }) =>
      JSON.stringify(partialFingerprints),
    )
    expect(new Set(prints).size).toBe(prints.length)
  }
})

test('a pull-request summary is read by a Markdown parser as plain words and code, and by a code host as no reference', () => {
  for (const root of [nastyPlaybook(), obstinatePlaybook()]) {
    const { stdout } = check(root, '--format', 'markdown')
    const tree = satteriEngine.parse(`---\na: b\n---\n${stdout}`)
    const kinds = new Map<string, string>()
    let words = ''
    const stack: Nodes[] = [tree]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      kinds.set(node.type, 'value' in node ? node.value : '')
      if (node.type === 'text') words += `${node.value}\n`
      if (node.type === 'html') expect(node.value).toMatch(/^(?:<details><summary>\d+ more<\/summary>|<\/details>)$/)
      if ('children' in node) stack.push(...node.children)
    }
    for (const kind of [
      'link',
      'image',
      'linkReference',
      'imageReference',
      'definition',
      'table',
      'code',
      'footnoteReference',
    ])
      expect([...kinds.keys()]).not.toContain(kind)
    expect(words).not.toMatch(/@[\w-]|#\d|\bGH-\d|https?:\/\/|www\.\w|\b[0-9a-f]{7,40}\b/i)
  }
})

test('a summary of thousands of findings stays open for sixty lines and inside one comment', () => {
  const links = Array.from({ length: 2_000 }, (_, i) => `[x](${'long-name-'.repeat(20)}${i}.md)\n`).join('')
  const { stdout } = check(
    folderOf({ 'playbook/plays/links.md': play('Links', '[{ deal: D-18 }]', playBody + links) }),
    '--format',
    'markdown',
  )
  expect(stdout.length).toBeLessThan(65_536)
  const open = stdout.slice(0, stdout.indexOf('<details>')).split('\n')
  expect(open.length).toBeLessThanOrEqual(60)
  expect(stdout).toMatch(/And [\d,]+ more; `playproof check` shows them all\./)
  expect(stdout.trimEnd()).toMatch(/<\/details>$/)
})
