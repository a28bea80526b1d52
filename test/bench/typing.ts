/**
 * An editor at work, for the benchmark: `node test/bench/typing.ts <root> <page>`.
 *
 * Prints on stderr how long the server took from its start to the open page's findings, to those of all pages, and to the answer
 * to a question that is asked then; for a key in the text and in the fields, beginning at once, and for the completion of a
 * deal; and its largest size where the system tells.
 */
import { readFileSync } from 'node:fs'
import { EditorClient } from '../editor/editor-client.ts'

const [root = '', page = ''] = process.argv.slice(2)
const client = await EditorClient.start(root)
let version = 1

await client.open(page)
await client.until(() => told(1), 'the findings of the open page', 120_000)
const first = client.published.find(({ uri }) => uri === client.uri(page))?.at ?? Number.NaN
await client.until(() => client.readyTimes.length > 0, 'playproof/ready', 120_000)
const ready = client.readyTimes[0] ?? Number.NaN
const cpuAtReady = cpu()
const text = client.textOf(page)
const answered = client.ask('textDocument/hover', page, 1, 1).then(() => performance.now() - client.started)

const sentence = ' We cut the time to close the books by 62% for a customer of nine people.'
const beforeText = cpu()
const inText = await timesOf(60, (key) => `${text.trimEnd()}\n\n${sentence.slice(0, key + 1)}\n`)
const cpuOfKey = (cpu() - beforeText) / 60
const inFields = await timesOf(30, (key) => text.replace(/^title: .*/m, (line) => `${line} ${'x'.repeat(key)}`))
const asking = text.replace(/^evidence:\r?\n/m, (line) => `${line}  - deal: \n`)
await client.change(page, asking, ++version)
await client.until(() => told(version), 'the findings')
const line = asking.slice(0, asking.indexOf('  - deal: \n')).split('\n').length - 1
const deals: number[] = []
for (let round = 0; round < 10; round++) {
  const asked = performance.now()
  await client.ask('textDocument/completion', page, line, '  - deal: '.length)
  deals.push(performance.now() - asked)
}

process.stderr.write(
  `  open page ${ms(first)}, ready ${ms(ready)} (CPU ${ms(cpuAtReady)}), all questions ${ms(await answered)}; key in the text ${spread(inText)} (CPU ${ms(cpuOfKey)} with all that follows), in the fields ${spread(inFields)}; deal ${spread(deals)}; ${largest()}\n`,
)
await client.stop()

/** Milliseconds from each text to its findings, with a pause as between two keys. */
async function timesOf(keys: number, textAfter: (key: number) => string): Promise<number[]> {
  const times: number[] = []
  for (let key = 0; key < keys; key++) {
    version++
    const started = performance.now()
    await client.change(page, textAfter(key), version)
    const wanted = version
    await client.until(() => told(wanted), 'the findings')
    times.push(performance.now() - started)
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  return times
}

function told(wanted: number): boolean {
  return client.published.some((each) => each.uri === client.uri(page) && each.version === wanted)
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return `${ms(at(0.5))} (95%: ${ms(at(0.95))})`
}

function ms(time: number): string {
  return `${time.toFixed(0)} ms`
}

/** CPU milliseconds of the server so far; Linux says it under /proc, in hundredths of a second. */
function cpu(): number {
  try {
    const fields = readFileSync(`/proc/${client.process.pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Number.NaN
  }
}

function largest(): string {
  try {
    const size = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${client.process.pid}/status`, 'utf8'))?.[1]
    return `${(Number(size) / 1024).toFixed(0)} MiB at most`
  } catch {
    return 'its size is not known here'
  }
}
