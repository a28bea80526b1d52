/**
 * What `check` prints: for people, for programs, for the runner of a code host, for a pull request.
 */
import { expect, test } from 'vitest'
import { folderOf, type JsonReport, play, playproof, settings } from '../hostile/small-playbook.ts'

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
