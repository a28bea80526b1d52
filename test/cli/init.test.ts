import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { confirmSample } from '../../src/cli/confirm-sample.ts'
import { filledTemplates } from '../../src/cli/fill-template.ts'
import { judgingDay, readWorkspace } from '../../src/workspace/read-workspace.ts'
import { version } from '../../src/workspace/version.ts'

const command = fileURLToPath(new URL('../../src/cli/playproof.mjs', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'playproof-init-'))

afterAll(() => rmSync(work, { recursive: true, force: true }))

function emptyFolder(name = 'halyard'): string {
  const folder = join(mkdtempSync(join(work, 'in-')), name)
  mkdirSync(folder)
  return folder
}

function playproof(cwd: string, ...args: string[]) {
  const env = { ...process.env, NO_COLOR: '1', CI: '' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd, encoding: 'utf8', env })
  return { status, stdout, stderr }
}

function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** Every file below a folder with its text, `.playproof/` and git's own left out. */
function contents(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !/^\.(playproof|git)\//.test(path))
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

function summaryOf(root: string) {
  return JSON.parse(playproof(root, 'check', '--format', 'json').stdout) as {
    summary: { files: number; plays: number; deals: number; errors: number; warnings: number; hints: number }
    findings: unknown[]
    notRun: unknown[]
  }
}

test('init makes a playbook that passes with nothing to say against it', () => {
  const root = emptyFolder()
  const { status, stdout, stderr } = playproof(root, 'init')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.trimEnd().split('\n').slice(-4)).toEqual([
    'Next',
    '  npx playproof check  validates the playbook: run it after every change',
    '  npx playproof dev    shows it as a site that follows every save',
    '  playbook/README.md   says how the sample becomes your own',
  ])
  const { summary, findings, notRun } = summaryOf(root)
  expect({ findings, notRun }).toEqual({ findings: [], notRun: [] })
  expect(summary).toMatchObject({ plays: 1, deals: 16, errors: 0, warnings: 0, hints: 0 })
  expect(playproof(root, 'check').status).toBe(0)
})

test('the sample play is repeatable by three citations that all count', () => {
  const root = emptyFolder()
  playproof(root, 'init')
  const { plays } = JSON.parse(playproof(root, 'evidence', '--format', 'json').stdout) as {
    plays: { verdict: string; citations: { eligible: boolean; account: string; owner: string }[] }[]
  }
  const [play] = plays
  expect(play).toMatchObject({ status: 'repeatable', verdict: 'repeatable', concentrated: [] })
  expect(play?.citations.map(({ eligible }) => eligible)).toEqual([true, true, true])
  expect(new Set(play?.citations.map(({ account }) => account)).size).toBe(3)
  expect(new Set(play?.citations.map(({ owner }) => owner)).size).toBe(2)
})

test.for(['2024-02-29', '2025-12-31', '2026-03-01', '2027-07-15'])(
  'a sample made on %s passes on that day',
  async (today) => {
    const root = emptyFolder()
    const values = { company: 'Halyard: "sails" # and more', version, today }
    for (const { path, text } of await confirmSample(filledTemplates(values))) put(root, path, text)
    const { result, playbook } = await readWorkspace(root, { asOf: today, noCache: true })
    expect(result.findings).toEqual([])
    expect(playbook.settings.company).toBe(values.company)
    expect(Object.values(contents(root)).filter((text) => /(?<!\$)\{\{/.test(text))).toEqual([])
  },
)

test('all that init makes is there, the files with a leading dot too', () => {
  const root = emptyFolder()
  playproof(root, 'init')
  const paths = Object.keys(contents(root))
  expect(paths.filter((path) => path.startsWith('.'))).toEqual([
    '.gitattributes',
    '.github/CODEOWNERS',
    '.github/pull_request_template.md',
    '.github/workflows/playproof-report.yml',
    '.github/workflows/playproof-scheduled.yml',
    '.github/workflows/playproof.yml',
    '.gitignore',
    '.vscode/extensions.json',
    '.vscode/settings.json',
  ])
  for (const path of ['.vscode/extensions.json', '.vscode/settings.json'])
    JSON.parse(readFileSync(join(root, path), 'utf8'))
  expect(readFileSync(join(root, '.gitignore'), 'utf8').split('\n')).toEqual(
    expect.arrayContaining(['.playproof/', 'dist/']),
  )
  expect(new Set(paths.filter((path) => path.startsWith('playbook/')).map((path) => path.split('/')[1]))).toEqual(
    new Set([
      'README.md',
      'competitors',
      'feedback',
      'ledger',
      'markets',
      'messages',
      'people',
      'personas',
      'playbook.yaml',
      'plays',
      'reviews',
      'segments',
    ]),
  )
})

test('a second init changes nothing and says so', () => {
  const root = emptyFolder()
  playproof(root, 'init')
  const before = contents(root)
  const { status, stdout } = playproof(root, 'init')
  expect(status).toBe(0)
  expect(stdout).toContain(
    'There is a playbook here already; its pages were left as they are.\nNothing is missing, so nothing was made.',
  )
  expect(contents(root)).toEqual(before)
})

test('what is there is kept, byte for byte, and listed', () => {
  const root = emptyFolder()
  const own = {
    'playbook/README.md': 'ours',
    '.gitignore': 'target\n',
    '.github/CODEOWNERS': '* @us\n',
    'notes.md': 'x',
  }
  for (const [path, text] of Object.entries(own)) put(root, path, text)
  mkdirSync(join(root, '.vscode'))
  symlinkSync('nowhere', join(root, '.vscode/settings.json'))
  const { status, stdout } = playproof(root, 'init')
  expect(status).toBe(0)
  expect(contents(root)).toMatchObject(own)
  expect(lstatSync(join(root, '.vscode/settings.json')).isSymbolicLink()).toBe(true)
  expect(stdout.slice(stdout.indexOf('Kept'), stdout.indexOf('\nNext'))).toBe(
    'Kept as it was:\n  playbook/  README.md\n  .github/   CODEOWNERS\n  ./         .gitignore\n  .vscode/   settings.json\nAdd the line `dist/` to .gitignore: the built site goes there.\n',
  )
  expect(summaryOf(root).summary).toMatchObject({ errors: 0, warnings: 0 })
})

test('beside a playbook of one’s own only checks and editor settings are made', () => {
  const root = emptyFolder()
  put(root, 'playbook/playbook.yaml', 'company: Halyard\ncurrency: EUR\n')
  const { status, stdout } = playproof(root, 'init')
  expect(status).toBe(0)
  expect(stdout).toContain(
    'There is a playbook here already; its pages were left as they are.\nMade what was missing beside it:\n',
  )
  expect(Object.keys(contents(root)).filter((path) => path.startsWith('playbook/'))).toEqual(['playbook/playbook.yaml'])
  expect(Object.keys(contents(root))).toContain('.github/workflows/playproof.yml')
})

test('an init that was stopped goes on where it stopped', () => {
  const root = emptyFolder()
  playproof(root, 'init')
  const whole = contents(root)
  for (const path of ['playbook/playbook.yaml', 'playbook/reviews', '.github'])
    rmSync(join(root, path), { recursive: true })
  expect(playproof(root, 'init').status).toBe(0)
  expect(contents(root)).toEqual(whole)
})

test('the company is called like the folder, as far as that is a name', () => {
  const names = ['halyard-sales-playbook', 'cookbook', '2026'].map((name) => {
    const root = emptyFolder(name)
    playproof(root, 'init')
    return (parse(readFileSync(join(root, 'playbook/playbook.yaml'), 'utf8')) as { company: string }).company
  })
  expect(names).toEqual(['Halyard', 'Your company', 'Your company'])
})

test('init works in a folder named by --root, and not by accident below another playbook', () => {
  const parent = emptyFolder()
  expect(playproof(parent, 'init', '--root', 'new/place').status).toBe(0)
  expect(playproof(parent, 'check', '--root', 'new/place').status).toBe(0)
  const below = playproof(join(parent, 'new/place/playbook/plays'), 'init')
  expect(below.status).toBe(2)
  expect(below.stderr).toMatch(/^playproof: this folder belongs to the playbook of .+\n$/)
  put(parent, 'file', '')
  const blocked = playproof(parent, 'init', '--root', 'file/inside')
  expect(blocked.status).toBe(2)
  expect(blocked.stderr).toContain('is no folder. Move it away first.')
})

test('below the top of a repository init says that checks are read at the top only', () => {
  const repository = emptyFolder()
  mkdirSync(join(repository, '.git'))
  mkdirSync(join(repository, 'sales'))
  expect(playproof(join(repository, 'sales'), 'init').stdout).toContain(
    'A code host reads .github/ only at the top of a repository',
  )
})

const sample = await confirmSample(
  filledTemplates({ company: 'Halyard', version, today: judgingDay(undefined, undefined) }),
)

/** What `init` makes, without starting it. */
function putSample(root: string): void {
  for (const { path, text } of sample) put(root, path, text)
}

interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Record<string, string>
  readonly with?: Record<string, unknown>
}
interface Workflow {
  readonly name: string
  readonly on: Record<string, unknown>
  readonly permissions: Record<string, string>
  readonly jobs: Record<string, { env?: Record<string, string>; permissions?: Record<string, string>; steps: Step[] }>
}

describe('the workflows', () => {
  const values = { company: 'Halyard', version, today: '2026-03-31' }
  const texts = new Map(
    filledTemplates(values)
      .filter(({ path }) => path.startsWith('.github/workflows/'))
      .map(({ path, text }) => [path.slice('.github/workflows/'.length), text]),
  )
  const text = (name: string): string => texts.get(name) ?? ''
  const workflow = (name: string): Workflow => parse(text(name)) as Workflow
  const steps = (name: string): Step[] => Object.values(workflow(name).jobs).flatMap((job) => job.steps)
  const script = (name: string, step: string): string => steps(name).find((each) => each.name === step)?.run ?? ''

  test('there are three, and each is started by what it is for', () => {
    expect([...texts.keys()].map((name) => [name, Object.keys(workflow(name).on)])).toEqual([
      ['playproof-report.yml', ['workflow_run']],
      ['playproof-scheduled.yml', ['schedule', 'workflow_dispatch']],
      ['playproof.yml', ['pull_request']],
    ])
    expect((workflow('playproof-report.yml').on.workflow_run as { workflows: string[] }).workflows).toEqual([
      workflow('playproof.yml').name,
    ])
  })

  test('they may do no more than they need', () => {
    const permissions = [...texts.keys()].map((name) => [
      name,
      workflow(name).permissions,
      ...Object.values(workflow(name).jobs).map((job) => job.permissions),
    ])
    expect(permissions).toEqual([
      ['playproof-report.yml', {}, { actions: 'read', 'pull-requests': 'write', 'security-events': 'write' }],
      ['playproof-scheduled.yml', { contents: 'read' }, undefined],
      ['playproof.yml', { contents: 'read' }, undefined],
    ])
  })

  test('no text that an author controls is put into a command', () => {
    for (const [name, whole] of texts) {
      const code = steps(name).flatMap((step) => [step.run ?? '', String(step.with?.script ?? '')])
      expect(code.filter((each) => each.includes('${{'))).toEqual([])
      expect(whole).not.toMatch(/pull_request_target|secrets\.|^\s+cache:/m)
      const expressions = [...whole.matchAll(/\$\{\{\s*(.*?)\s*\}\}/g)].map((match) => match[1])
      const known = [
        'github.event.pull_request.base.sha',
        'github.event.pull_request.number',
        '!cancelled()',
        'runner.temp',
      ]
      expect(expressions.filter((expression) => !known.includes(expression ?? ''))).toEqual([])
    }
  })

  test('every action is pinned by its commit, with the version beside it', () => {
    const uses = [...texts.values()].flatMap((whole) =>
      [...whole.matchAll(/uses: (.*)$/gm)].map((match) => match[1] ?? ''),
    )
    expect(uses.length).toBe(6)
    for (const each of uses) expect(each).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test('the workflow that may write checks nothing out and installs nothing', () => {
    expect(steps('playproof-report.yml').map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/github-script'])
    expect(text('playproof-report.yml')).not.toMatch(/\bnpx?\b/)
  })

  test('the check runs this version on Node 24, outside the checkout, with the whole history and no token', () => {
    const [checkout, node] = steps('playproof.yml')
    expect(checkout?.with).toEqual({ 'fetch-depth': 0, 'persist-credentials': false })
    expect(node?.with).toEqual({ 'node-version': 24, 'package-manager-cache': false })
    expect(workflow('playproof.yml').jobs.check?.env?.PLAYPROOF).toBe(`playproof@${version}`)
    expect(script('playproof.yml', 'Check')).toMatch(/^cd "\$RUNNER_TEMP"\n/)
  })

  /** A clone with a base commit and a change, in which the steps of playproof.yml are run as the runner would. */
  function pullRequest(change: (root: string) => void, before: (root: string) => void = putSample) {
    const root = emptyFolder()
    const git = (...args: string[]): string =>
      execFileSync(
        'git',
        ['-c', 'user.name=Jo', '-c', 'user.email=jo@example.com', '-c', 'commit.gpgsign=false', ...args],
        { cwd: root, encoding: 'utf8' },
      ).trim()
    git('init', '--quiet')
    put(root, 'notes.md', 'first')
    before(root)
    git('add', '-A')
    git('commit', '--quiet', '-m', 'base')
    const base = git('rev-parse', 'HEAD')
    change(root)
    git('add', '-A')
    git('commit', '--quiet', '-m', 'change')
    const bin = join(dirname(root), 'bin')
    put(
      bin,
      'npx',
      `#!/bin/sh\n[ "$1 $2" = "--yes playproof@${version}" ] || exit 9\nshift 2\nexec '${process.execPath}' '${command}' "$@"\n`,
    )
    chmodSync(join(bin, 'npx'), 0o755)
    const temporary = join(dirname(root), 'temporary')
    mkdirSync(temporary)
    const env = {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      BASE: base,
      PLAYPROOF: `playproof@${version}`,
      GITHUB_WORKSPACE: root,
      RUNNER_TEMP: temporary,
      GITHUB_STEP_SUMMARY: join(temporary, 'step-summary.md'),
      CI: 'true',
    }
    const run = (step: string) =>
      spawnSync('bash', ['-e', '-c', script('playproof.yml', step)], { cwd: root, env, encoding: 'utf8' })
    const ledger = run('Take the ledger from the base commit')
    const check = run('Check')
    const report = Object.fromEntries(
      ['check.json', 'check.sarif', 'summary.md'].map((name) => [
        name,
        readFileSync(join(temporary, 'report', name), 'utf8'),
      ]),
    )
    return { root, ledger, check, report, temporary }
  }

  test('a change that breaks nothing passes, and its report holds all three files', () => {
    const { ledger, check, report, temporary } = pullRequest((root) => {
      const path = join(root, 'playbook/segments/manufacturers.md')
      writeFileSync(path, `${readFileSync(path, 'utf8')}\nOne more line.\n`)
    })
    expect([ledger.status, check.status]).toEqual([0, 0])
    expect(report['summary.md']).toMatch(/^\*\*This change passes\*\*/)
    expect(readFileSync(join(temporary, 'step-summary.md'), 'utf8')).toBe(report['summary.md'])
  })

  test('the first pull request, which brings the playbook, is checked with its own ledger', () => {
    const { check } = pullRequest(putSample, () => undefined)
    expect(check.stdout).toContain('playproof: no errors, no warnings, no hints')
    expect(check.status).toBe(0)
  })

  test('a won deal that a pull request adds to the ledger proves nothing', () => {
    const { check, report } = pullRequest((root) => {
      const deals = join(root, 'playbook/ledger/deals.csv')
      writeFileSync(
        deals,
        readFileSync(deals, 'utf8').replace(
          'D-17,Dunmore Foods,Ana Reyes,Closed Lost',
          'D-17,Dunmore Foods,Ana Reyes,Closed Won',
        ),
      )
      put(root, 'playbook/ledger/more.csv', 'x')
      const play = join(root, 'playbook/plays/audit-deadline.md')
      writeFileSync(play, readFileSync(play, 'utf8').replace('deal: D-12', 'deal: D-17'))
    })
    expect(check.status).toBe(1)
    const { findings } = JSON.parse(report['check.json'] ?? '') as { findings: { rule: string; file: string }[] }
    expect(findings.map(({ rule, file }) => `${file} ${rule}`)).toContain(
      'playbook/plays/audit-deadline.md citation/not-won',
    )
  })

  test('packages, settings and scripts of a pull request are not executed', () => {
    const { check, root } = pullRequest((root) => {
      put(root, 'node_modules/.bin/playproof', '#!/bin/sh\ntouch "$GITHUB_WORKSPACE/executed"\n')
      chmodSync(join(root, 'node_modules/.bin/playproof'), 0o755)
      put(root, '.npmrc', 'registry=https://registry.example\n')
      put(root, 'package.json', '{"scripts":{"preinstall":"touch executed"}}')
    })
    expect(check.status).toBe(0)
    expect(Object.keys(contents(root))).not.toContain('executed')
  })

  test('what cannot be checked at all is shown, and is no command to the runner', () => {
    const { check, report } = pullRequest((root) =>
      put(root, 'playbook/playbook.yaml', 'company: "##[error]x\n::error::y'),
    )
    expect(check.status).toBe(2)
    expect(report['check.json']).toBe('')
    const lines = check.stdout.split('\n')
    const token = /^::stop-commands::([0-9a-f]{32})$/.exec(lines[0] ?? '')?.[1]
    expect(lines.lastIndexOf(`::${token}::`)).toBeGreaterThan(lines.findIndex((line) => line.startsWith('playproof: ')))
  })

  interface Options {
    readonly report?: Record<string, string> | undefined
    readonly files?: readonly { filename: string; previous_filename?: string }[]
    readonly comments?: readonly object[]
    readonly headSha?: string
    readonly size?: number
    readonly scanning?: boolean
  }

  /** Runs the script of playproof-report.yml against a code host that only remembers what it was told. */
  async function show(options: Options) {
    const told: { call: string; [key: string]: unknown }[] = []
    const tell = (call: string) => async (parameters: object) => void told.push({ call, ...parameters })
    const lists = {
      pulls: [
        { number: 7, head: { sha: options.headSha ?? 'a'.repeat(40), repo: { id: 2 } } },
        { number: 8, head: { sha: 'a'.repeat(40), repo: { id: 3 } } },
      ],
      files: options.files ?? [{ filename: 'playbook/plays/audit-deadline.md' }],
      comments: options.comments ?? [],
    }
    const github = {
      paginate: async (list: keyof typeof lists) => lists[list],
      rest: {
        pulls: { list: 'pulls', listFiles: 'files' },
        issues: {
          listComments: 'comments',
          createComment: tell('createComment'),
          updateComment: tell('updateComment'),
        },
        actions: {
          listWorkflowRunArtifacts: async () => ({
            data: { artifacts: options.report === undefined ? [] : [{ id: 1, size_in_bytes: options.size ?? 1_000 }] },
          }),
          downloadArtifact: async () => ({ data: new ArrayBuffer(8) }),
        },
        codeScanning: {
          uploadSarif: async (parameters: object) => {
            if (options.scanning === false) throw Object.assign(new Error('off'), { status: 403 })
            told.push({ call: 'uploadSarif', ...parameters })
          },
        },
      },
    }
    const notices: string[] = []
    const context = {
      serverUrl: 'https://github.com',
      repo: { owner: 'halyard', repo: 'playbook' },
      payload: {
        workflow_run: {
          id: 5,
          head_sha: 'a'.repeat(40),
          head_branch: 'x',
          head_repository: { id: 2, owner: { login: 'jo' } },
        },
      },
    }
    const real = createRequire(import.meta.url)
    const unzip = (_: string, [, , name = '']: string[], { maxBuffer }: { maxBuffer: number }): Buffer => {
      const bytes = Buffer.from(options.report?.[name] ?? '')
      if (bytes.length > maxBuffer) throw new Error('spawnSync unzip ENOBUFS')
      return bytes
    }
    const required = (name: string): unknown => (name === 'node:child_process' ? { execFileSync: unzip } : real(name))
    const AsyncFunction = (async () => undefined).constructor as new (
      ...parts: string[]
    ) => (...values: unknown[]) => Promise<void>
    const run = new AsyncFunction(
      'github',
      'context',
      'core',
      'require',
      'process',
      String(steps('playproof-report.yml')[0]?.with?.script),
    )
    const core = { notice: (line: string) => void notices.push(line) }
    await run(github, context, core, required, { env: { RUNNER_TEMP: work } })
    return { told, notices, body: String(told.find(({ body }) => body !== undefined)?.body ?? '') }
  }

  const honest = {
    'check.json': '{"version":1,"findings":[],"summary":{"errors":1,"warnings":2,"hints":0}}',
    'check.sarif': sarif([]),
    'summary.md': '**This change is blocked**: 1 error.',
  }

  function sarif(results: readonly object[]): string {
    return JSON.stringify({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'Playproof' } }, results, properties: { other: 1 } }],
    })
  }

  function result(changes: { uri?: string; [key: string]: unknown } = {}) {
    const { uri = 'playbook/plays/a%20b.md', ...others } = changes
    const region = { startLine: 2, startColumn: 1, endLine: 2, endColumn: 5, snippet: { text: 'x' } }
    return {
      ruleId: 'citation/not-won',
      level: 'error',
      message: { text: 'See [here](https://example.com).' },
      locations: [{ physicalLocation: { artifactLocation: { uri }, region } }],
      partialFingerprints: { 'playproof/v1': 'f'.repeat(64), other: 'x' },
      helpUri: 'https://example.com',
      ...others,
    }
  }

  test('a real report becomes alerts and one comment, word for word but for what could act', async () => {
    const { report } = pullRequest((root) => {
      const play = join(root, 'playbook/plays/audit-deadline.md')
      writeFileSync(
        play,
        readFileSync(play, 'utf8')
          .replace('deal: D-12', 'deal: D-17')
          .replace(
            'title: Before the auditors come',
            'title: "@halyard/all #1 <img src=x> [a](https://example.com) `b` www.example.com"',
          ),
      )
      put(root, 'playbook/plays/second.md', '---\ntitle: Second\nstatus: dratf\n---\n')
    })
    const { told, body } = await show({ report })
    expect(told.map(({ call }) => call)).toEqual(['uploadSarif', 'createComment'])
    expect(told[0]).toMatchObject({
      owner: 'halyard',
      repo: 'playbook',
      commit_sha: 'a'.repeat(40),
      ref: 'refs/pull/7/head',
    })
    expect(told[1]).toMatchObject({ issue_number: 7 })
    expect(body.replaceAll('\u2060', '')).toContain(String(report['summary.md']).trimEnd().replaceAll('\u2060', ''))
    expect(body.replace(/\[The run\].*$/, '')).not.toMatch(/@halyard|#1|:\/\/|www\.|(?<!\\)<img|(?<![\\`])\[a\]/)
    const uploaded = JSON.parse(gunzipSync(Buffer.from(String(told[0]?.sarif), 'base64')).toString()) as {
      runs: { results: { ruleId: string }[] }[]
    }
    const findings = (JSON.parse(report['check.json'] ?? '') as { findings: { rule: string }[] }).findings
    expect(uploaded.runs[0]?.results.map(({ ruleId }) => ruleId).sort()).toEqual(
      findings.map(({ rule }) => rule).sort(),
    )
  })

  test('alerts hold known fields only', async () => {
    const { told } = await show({ report: { ...honest, 'check.sarif': sarif([result()]) } })
    const uploaded = JSON.parse(gunzipSync(Buffer.from(String(told[0]?.sarif), 'base64')).toString()) as object
    expect(uploaded).toEqual({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'Playproof', rules: [{ id: 'citation/not-won' }] } },
          columnKind: 'utf16CodeUnits',
          results: [
            {
              ruleId: 'citation/not-won',
              level: 'error',
              message: { text: 'See [here] (https://example.com).' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'playbook/plays/a%20b.md' },
                    region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 5 },
                  },
                },
              ],
              partialFingerprints: { 'playproof/v1': 'f'.repeat(64) },
            },
          ],
        },
      ],
    })
  })

  const refused: readonly (readonly [string, Record<string, string>])[] = [
    ['a file outside the playbook', { 'check.sarif': sarif([result({ uri: 'src/a.js' })]) }],
    ['a file above the playbook', { 'check.sarif': sarif([result({ uri: 'playbook/%2e%2e/a.js' })]) }],
    ['an address in place of a file', { 'check.sarif': sarif([result({ uri: 'https://example.com/a' })]) }],
    ['a rule that is none', { 'check.sarif': sarif([result({ ruleId: 'x' })]) }],
    ['a result without a fingerprint', { 'check.sarif': sarif([result({ partialFingerprints: {} })]) }],
    ['alerts of another tool', { 'check.sarif': sarif([]).replace('Playproof', 'Other') }],
    [
      'counts that are no numbers',
      { 'check.json': '{"version":1,"findings":[],"summary":{"errors":"<b>","warnings":0,"hints":0}}' },
    ],
    ['a report that is no JSON', { 'check.json': '<html>' }],
    ['a summary that unpacks to more than a mebibyte', { 'summary.md': 'x'.repeat(1_048_577) }],
  ]
  test.for(refused)('of a report with %s nothing is used', async ([, forged]) => {
    await expect(show({ report: { ...honest, ...forged } })).rejects.toThrow()
  })

  test('a report of many mebibytes is not even unpacked', async () => {
    await expect(show({ report: honest, size: 6 * 1_048_576 })).rejects.toThrow('The report is not in the form')
  })

  const active = [
    '[click](https://example.com)',
    '![pixel](https://example.com/x.png)',
    '<img src=x>',
    'a <b>bold</b> claim',
    '&#64;halyard',
    '```\n<img src=x>\n```',
    'an `unclosed span',
    '``two``',
    '`a\\` <b>bold</b>`',
    '| a | b |\n| - | - |',
    '~~~',
    '[ref]: https://example.com',
    '<details><summary>1 more</summary>\n`<img src=x>`',
    '<details><summary>1 more</summary><img></details>',
    'x\r<img src=x>',
    `${'x'.repeat(60_000)}`,
  ]
  test.for(active)('a forged summary with %j is not shown', async (summary) => {
    const { body } = await show({ report: { ...honest, 'summary.md': summary } })
    expect(body).toContain('1 errors, 2 warnings, 0 hints. The summary is not shown')
    expect(body).not.toContain(summary)
  })

  test('a forged summary calls nobody and refers to nothing', async () => {
    const { body } = await show({
      report: {
        ...honest,
        'summary.md': 'Ask @halyard/all or \\@jo, see \\#12, #13, GH-14, https://example.com and www.example.com.',
      },
    })
    const shown = body.split('\n\n')[1]
    expect(shown).toBe(
      'Ask @\u2060halyard/all or \\@\u2060jo, see \\#\u206012, #\u206013, GH\u2060-14, https:\u2060//example.com and www\u2060.example.com.',
    )
  })

  test('a long list that Playproof folds stays folded', async () => {
    const summary = 'open\n\n<details><summary>12 more</summary>\n\n- closed\n\n</details>'
    expect((await show({ report: { ...honest, 'summary.md': summary } })).body).toContain(summary)
  })

  test('there is one comment, which the next run rewrites, and nobody else’s is touched', async () => {
    const comments = [
      { id: 1, user: { login: 'mallory' }, body: '<!-- playproof-report --> mine' },
      { id: 2, user: { login: 'github-actions[bot]' }, body: 'another workflow' },
      { id: 3, user: { login: 'github-actions[bot]' }, body: '<!-- playproof-report -->\n\nold' },
    ]
    const { told } = await show({ report: honest, comments })
    expect(told.filter(({ call }) => call !== 'uploadSarif')).toEqual([
      {
        call: 'updateComment',
        owner: 'halyard',
        repo: 'playbook',
        comment_id: 3,
        body: `<!-- playproof-report -->\n\n**This change is blocked**: 1 error.\n\n[The run](https://github.com/halyard/playbook/actions/runs/5) for aaaaaaa`,
      },
    ])
  })

  test('a pull request that changes the checks themselves is marked', async () => {
    const warning = /Look twice:.*could have written this report itself/
    expect((await show({ report: honest })).body).not.toMatch(warning)
    expect((await show({ report: honest, files: [{ filename: '.github/workflows/playproof.yml' }] })).body).toMatch(
      warning,
    )
    expect(
      (await show({ report: honest, files: [{ filename: 'x', previous_filename: '.github/CODEOWNERS' }] })).body,
    ).toMatch(warning)
    expect(
      (await show({ report: honest, files: Array.from({ length: 3_000 }, (_, index) => ({ filename: `${index}` })) }))
        .body,
    ).toMatch(warning)
  })

  test('nothing is shown where the pull request has moved on, or left no report', async () => {
    expect(await show({ report: honest, headSha: 'b'.repeat(40) })).toMatchObject({
      told: [],
      notices: [expect.stringContaining('No open pull request')],
    })
    expect(await show({ report: undefined })).toMatchObject({
      told: [],
      notices: [expect.stringContaining('left no report')],
    })
  })

  test('a check that could not run is said, and without code scanning there is the comment alone', async () => {
    expect((await show({ report: { 'check.json': '', 'check.sarif': '', 'summary.md': '' } })).body).toContain(
      'The check could not run; the log of the run says why.',
    )
    expect((await show({ report: honest, scanning: false })).told.map(({ call }) => call)).toEqual(['createComment'])
  })
})
