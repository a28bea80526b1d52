/**
 * What a GitHub runner takes out of a log as commands, by the rules of its own parser (`ActionCommand.cs`).
 *
 * A second, strict reading for tests: what this finds, a runner obeys.
 */

export interface RunnerCommand {
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/** The commands of a log, `::name key=value::message` and `##[name]message` alike, decoded. */
export function runnerCommands(log: string): RunnerCommand[] {
  // The runner reads lines as .NET does: each of CR, LF and CR LF ends one.
  return log.split(/\r\n|\r|\n/).flatMap((line) => second(line) ?? first(line) ?? [])
}

/** `::name key=value,key=value::message` at the beginning of a line, after whatever .NET trims. */
function second(line: string): RunnerCommand | undefined {
  const text = line.replace(/^[\s\u0085\u180e\u200b]+/u, '')
  if (!text.startsWith('::')) return undefined
  const end = text.indexOf('::', 2)
  if (end < 0) return undefined
  const [name = '', rest] = parted(text.slice(2, end), ' ')
  return { command: name, properties: propertiesIn(rest, ','), message: decoded(text.slice(end + 2)) }
}

/** `##[name key=value;key=value]message` anywhere in a line. */
function first(line: string): RunnerCommand | undefined {
  const start = line.indexOf('##[')
  const end = line.indexOf(']', start)
  if (start < 0 || end < 0) return undefined
  const [name = '', rest] = parted(line.slice(start + 3, end), ' ')
  return { command: name, properties: propertiesIn(rest, ';'), message: line.slice(end + 1) }
}

function propertiesIn(text: string, separator: string): Record<string, string> {
  const pairs = text.split(separator).filter((pair) => pair.trim() !== '')
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key, value] = parted(pair, '=')
      return [key.trim(), decoded(value).replaceAll('%3A', ':').replaceAll('%2C', ',')]
    }),
  )
}

function parted(text: string, at: string): [string, string] {
  const index = text.indexOf(at)
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)]
}

function decoded(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}
