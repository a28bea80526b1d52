/**
 * The command line: which commands there are, and what becomes of a fault.
 *
 * Each command's code is imported when it runs, so that `--help` and `check` start quickly.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { visible } from '../source/visible.ts'
import { Fault } from '../workspace/fault.ts'
import { version } from '../workspace/version.ts'
import { openTerminal, type Terminal, withoutCommands } from './terminal.ts'

interface GlobalOptions {
  readonly root?: string
  readonly asOf?: string
  readonly color: boolean
  readonly quiet?: boolean
}

/** Runs one command; `argv` without node and script. Returns the exit status: 0, 1 or 2. */
export async function main(argv: readonly string[]): Promise<number> {
  let status = 0
  const program = commands((code) => {
    status = code
  })
  process.stdout.on('error', leaveOnBrokenOutput)
  // Who cannot be told anything is not told that either.
  process.stderr.on('error', () => {})
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return status
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof Fault) {
      process.stderr.write(`playproof: ${withoutCommands(error.message)}\n`)
      return 2
    }
    process.stderr.write(`${crashText(error)}\n`)
    return 2
  }
}

/** `playproof check | head` is no failure; a full disk behind `>` is. */
function leaveOnBrokenOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0)
  process.stderr.write(
    `playproof: the output could not be written (${error.code ?? 'unknown'}). Free some space or write it elsewhere.\n`,
  )
  process.exit(2)
}

function crashText(error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const where =
    error instanceof Error
      ? (error.stack
          ?.split('\n')
          .find((line) => line.includes(' at '))
          ?.trim() ?? '')
      : ''
  const detail = process.env.PLAYPROOF_DEBUG && error instanceof Error ? `\n${error.stack}` : ''
  return `playproof: this is a fault of Playproof, not of your playbook: ${visible(what)} (${visible(where.replace(/\(.*[/\\]/, '('))}). Please report it with the command you ran and \`playproof --version\` (${version}); PLAYPROOF_DEBUG=1 shows more.${detail}`
}

function commands(setStatus: (status: number) => void): Command {
  const program = new Command('playproof')
    .description('The cookbook sales and marketing share: plays in Markdown, each proved by won deals of the CRM.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .addOption(new Option('--root <dir>', 'the folder that holds playbook/ (default: the nearest one upward)'))
    .addOption(new Option('--as-of <date>', 'judge as of this day, YYYY-MM-DD'))
    .addOption(new Option('--no-color', 'plain text; NO_COLOR does the same'))
    .addOption(new Option('-q, --quiet', 'findings and results only'))
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      `
Examples:
  playproof init                     make a playbook that passes
  playproof check                    validate it
  playproof check --since main       only what this branch brings
  playproof evidence                 the verdict of each play
  playproof dev                      the site, following every save
  playproof studio                   write plays in the browser

Exit status: 0 nothing blocks, 1 findings block, 2 could not run.`,
    )
  const run = (action: (terminal: Terminal, globals: GlobalOptions) => Promise<number>) => async (): Promise<void> => {
    const globals = program.opts<GlobalOptions>()
    setStatus(await action(openTerminal({ color: globals.color, quiet: globals.quiet === true }), globals))
  }
  const command = (name: string, description: string, examples: string): Command =>
    program
      .command(name)
      .description(description)
      .exitOverride()
      .showSuggestionAfterError(true)
      .addHelpText('after', `\nExamples:\n${examples}`)

  const init = command(
    'init',
    'make a playbook that passes, with sample pages, CI and editor settings; never overwrites',
    '  playproof init',
  )
  init.action(run(async (terminal, globals) => (await import('./commands/init.ts')).init(globals.root, terminal)))

  const create = command(
    'new',
    'make a page of a type, asking what it needs where there is a terminal',
    '  playproof new play audit-deadline\n  playproof new review 1C1I7A6R      (account, owner, amount and dates from the ledger)\n  playproof new message one-invoice --set title="One invoice" --set pillar=Simplicity\n  playproof new feedback --from mail.eml    (a mail that the site or a seller wrote)',
  )
    .argument('<type>', 'play, message, segment, persona, competitor, market, person, review, feedback or collateral')
    .argument('[id]', 'the file name without .md; of a review the deal')
    .option('--set <field=value>', 'give a field instead of being asked; may be repeated', collect, [])
    .option('--from <file.eml>', 'of feedback: take in a mail that tells it')
  create.action((type: string, id: string | undefined, options: { set: string[]; from?: string }) =>
    run(async (terminal, globals) =>
      (await import('./commands/new.ts')).newPage(type, id, { ...globals, ...options }, terminal),
    )(),
  )

  const check = command(
    'check',
    'validate the playbook',
    '  playproof check\n  playproof check playbook/plays --max-warnings 0\n  playproof check --since origin/main --format markdown\n  playproof check --write-baseline baseline.json && playproof check --baseline baseline.json\n  playproof check --fix',
  )
    .argument('[path...]', 'report only findings in these files and folders')
    .addOption(
      new Option('--format <format>', 'how findings are shown')
        .choices(['pretty', 'json', 'sarif', 'github', 'markdown'])
        .default('pretty'),
    )
    .option('--since <ref>', 'only what is new since the merge base with this git ref, judged by its playbook.yaml')
    .option('--baseline <file>', 'let findings of this file pass')
    .option('--write-baseline <file>', 'write the findings of this run to a file for --baseline')
    .option('--fix', 'repair what leaves nothing to decide')
    .addOption(new Option('--max-warnings <n>', 'block on more warnings than this').argParser(wholeNumber))
    .option('--no-ledger', 'leave the ledger out; rules that need it are listed as not run')
    .option('--no-cache', 'neither read nor write .playproof/')
    .option('--ledger-key <file>', "check the ledger's signature with this public key, not the one of playbook.yaml")
    .option('--watch', 'check again after every save')
  check.action((paths: string[], options) =>
    run(async (terminal, globals) =>
      (await import('./commands/check.ts')).check(paths, { ...globals, ...options }, terminal),
    )(),
  )

  const evidence = command(
    'evidence',
    'the verdict of each play, with its citations and record',
    '  playproof evidence\n  playproof evidence counter-refresh\n  playproof evidence --as-of 2017-09-30\n  playproof evidence --against main --format json',
  )
    .argument('[play]', 'only this play, in full')
    .option('--against <ref>', 'show what changed since this git ref')
    .addOption(new Option('--format <format>', 'how it is shown').choices(['pretty', 'json']).default('pretty'))
  evidence.action((play: string | undefined, options) =>
    run(async (terminal, globals) =>
      (await import('./commands/evidence.ts')).evidence(play, { ...globals, ...options }, terminal),
    )(),
  )

  const report = command(
    'report',
    'one question answered from the playbook and the ledger',
    '  playproof report                     (what each answers)\n  playproof report scoreboard\n  playproof report comp --period 2017-Q4\n  playproof report comp --format csv --table deals > deals.csv',
  )
    .argument(
      '[name]',
      'scoreboard, first-customers, coverage, comp, feedback, focus, why or health; without it what each answers',
    )
    .option('--period <period>', 'a fiscal quarter such as 2017-Q4, or a month such as 2017-10')
    .option('--table <name>', 'only this table of it; a CSV holds one, the first by default')
    .addOption(
      new Option('--format <format>', 'how it is shown')
        .choices(['pretty', 'json', 'csv', 'markdown'])
        .default('pretty'),
    )
  report.action((name: string | undefined, options) =>
    run(async (terminal, globals) =>
      (await import('./commands/report.ts')).report(name, { ...globals, ...options }, terminal),
    )(),
  )

  const confirm = command(
    'confirm',
    'record that an owner stands behind a page today',
    '  playproof confirm plays/audit-deadline --by mia',
  )
    .argument('<type/id>', 'a play, message or battlecard, for example plays/audit-deadline')
    .requiredOption('--by <person>', 'the id of the owner who stands behind it')
  confirm.action((page: string, options: { by: string }) =>
    run(async (terminal, globals) =>
      (await import('./commands/confirm.ts')).confirm(page, { ...globals, ...options }, terminal),
    )(),
  )

  const rename = command(
    'rename',
    'rename a page and every reference to it',
    '  playproof rename plays/audit-deadline year-end-audit',
  )
    .argument('<type/id>', 'the page, for example plays/audit-deadline')
    .argument('<new-id>', 'its new id: the file name without .md')
  rename.action((page: string, id: string) =>
    run(async (terminal, globals) => (await import('./commands/rename.ts')).rename(page, id, globals, terminal))(),
  )

  const studio = command(
    'studio',
    'write and review plays in the browser, on this computer only',
    '  playproof studio\n  playproof studio --port 4400\n\nOpen the address it prints. Every save goes to the file on disk; other editors and git keep working beside it.',
  ).addOption(
    new Option('--port <n>', 'the port to listen on (default: one of its own for each playbook)').argParser(
      wholeNumber,
    ),
  )
  studio.action((options) =>
    run(async (terminal, globals) =>
      (await import('./commands/studio.ts')).studio({ ...globals, ...options }, terminal),
    )(),
  )

  const build = command(
    'build',
    'build the site to dist/; what its audience may not read stops it',
    '  playproof build\n  playproof build --audience leaders --out public\n  playproof build --audience partners\n\nExit status: 0 built, 1 it would leak and the old site stands, 2 could not run.',
  )
    .addOption(
      new Option('--audience <audience>', 'whom the site is for')
        .choices(['reps', 'leaders', 'partners'])
        .default('reps'),
    )
    .option('--out <dir>', 'where to, relative to the root', 'dist')
  build.action((options) =>
    run(async (terminal, globals) =>
      (await import('./commands/build.ts')).build({ ...globals, ...options }, terminal),
    )(),
  )

  const scan = command(
    'scan',
    'prove that a built site holds nothing above its audience',
    `  playproof scan dist
  playproof scan dist --audience partners

What may not be there comes from the playbook and its ledger: customers who may not be named, pages, deals, words that
only hidden text has, exact amounts, days of deals. Every file is read in every form: entities, escapes, base64, gzip,
pictures, file names, the search index. Outside a CI a leak is shown with what leaked: do not paste it anywhere.

Exit status: 0 nothing leaked, 1 something did, 2 could not run.`,
  )
    .argument('<dir>', 'the folder of the site')
    .addOption(
      new Option('--audience <audience>', 'whom the site is for; by default what its playbook.json says').choices([
        'reps',
        'leaders',
        'partners',
      ]),
    )
  scan.action((dir: string, options) =>
    run(async (terminal, globals) =>
      (await import('./commands/scan.ts')).scan(dir, { ...globals, ...options }, terminal),
    )(),
  )

  const dev = command(
    'dev',
    'check, then serve the live site, which follows every save',
    '  playproof dev\n  playproof dev --port 8080',
  )
    .addOption(new Option('--port <port>', 'the port; another one if it is busy').argParser(wholeNumber).default(4321))
    .addOption(
      new Option('--audience <audience>', 'whom the site is for')
        .choices(['reps', 'leaders', 'partners'])
        .default('reps'),
    )
  dev.action((options) =>
    run(async (terminal, globals) => (await import('./commands/dev.ts')).dev({ ...globals, ...options }, terminal))(),
  )

  const preview = command('preview', 'serve the built site', '  playproof build && playproof preview')
    .addOption(new Option('--port <port>', 'the port; another one if it is busy').argParser(wholeNumber).default(4321))
    .option('--out <dir>', 'where the site was built, relative to the root', 'dist')
  preview.action((options) =>
    run(async (terminal, globals) =>
      (await import('./commands/preview.ts')).preview({ ...globals, ...options }, terminal),
    )(),
  )

  const imports = command(
    'import',
    'write the ledger from a CRM or its exports, with a manifest that is signed where a key is given',
    `  playproof import salesforce
  playproof import hubspot
  playproof import csv export.csv --accounts accounts.csv

From the environment, and nowhere else:
  SALESFORCE_INSTANCE_URL   the org's address, https://halyard.my.salesforce.com
  SALESFORCE_CLIENT_ID      consumer key of an app with the client credentials flow
  SALESFORCE_CLIENT_SECRET  its consumer secret
  HUBSPOT_ACCESS_TOKEN      a service key that may read deals, companies and owners
  HUBSPOT_API_URL           a gateway to HubSpot, where there is one
  PLAYPROOF_SIGNING_KEY     an Ed25519 private key (PEM, or base64 of PKCS #8)

Exit status: 0 written, 1 not taken and the old ledger stands, 2 could not run.`,
  )
    .argument('<source>', 'salesforce, hubspot or csv')
    .argument('[file...]', 'of csv: the exports of the deals, which are one table')
    .option('--accounts <file>', 'of csv: an export of the accounts; may be repeated', collectFiles)
    .option('--sellers <file>', 'of csv: an export of the sellers; may be repeated', collectFiles)
    .option('--allow-shrink', 'take a ledger that has lost more than 20% of its deals')
    .option('--restart', 'begin anew instead of going on where an import was cut off')
  imports.action((source: string, files: string[], options) =>
    run(async (terminal, globals) =>
      (await import('./commands/import.ts')).importLedger(source, files, { ...globals, ...options }, terminal),
    )(),
  )

  const lsp = command(
    'lsp',
    'the language server, for editors: findings, completion and more as people type',
    '  playproof lsp --stdio      (an editor runs this; README.md says how to set one up)\n  playproof lsp --stdio --root ~/cookbook --as-of 2026-06-30',
  ).option('--stdio', 'speak over stdin and stdout')
  lsp.action((options) =>
    run(async (_terminal, globals) => (await import('./commands/lsp.ts')).lsp({ ...globals, ...options }))(),
  )

  const explain = command('explain', "a rule's page", '  playproof explain citation/not-won').argument(
    '[rule]',
    'the id of a rule; all rules without it',
  )
  explain.action((rule: string | undefined) =>
    run(async (terminal) => (await import('./commands/explain.ts')).explain(rule, terminal))(),
  )
  return program
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value]
}

function collectFiles(value: string, previous: string[] = []): string[] {
  return [...previous, value]
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Write a whole number.')
  return Number(value)
}
