/**
 * The streams and colours of one run.
 *
 * Findings go to stdout, progress and diagnosis to stderr. Colours come from us alone: text of files is
 * made visible before it is coloured.
 */
import { createColors } from 'picocolors'

export interface Terminal {
  /** Writes a whole line, or lines, to stdout. */
  out(text: string): void
  /** Writes lines to stdout that a CI runner is meant to take for commands. */
  commands(text: string): void
  /** Writes a line to stderr. */
  note(text: string): void
  readonly colors: ReturnType<typeof createColors>
  readonly width: number
  /** Whether a person can be asked. */
  readonly interactive: boolean
  readonly quiet: boolean
}

export function openTerminal(options: { readonly color: boolean; readonly quiet: boolean }): Terminal {
  const colored = options.color && !process.env.NO_COLOR && process.stdout.isTTY === true && process.env.TERM !== 'dumb'
  return {
    out: (text) => {
      process.stdout.write(`${withoutCommands(text)}\n`)
    },
    commands: (text) => {
      process.stdout.write(`${text}\n`)
    },
    note: (text) => {
      if (!options.quiet) process.stderr.write(`${withoutCommands(text)}\n`)
    },
    colors: createColors(colored),
    width: process.stdout.columns ?? 100,
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    quiet: options.quiet,
  }
}

/**
 * Text that a CI runner takes for no command: of those, `::` stands first in a line but for blanks, and `##[` or `##vso[`
 * anywhere. The second is broken by an escape that JSON reads as the same character.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\r\n]*):(?=:)/gm, '$1\\u{3a}').replace(/##(?=\w*\[)/g, '#\\u0023')
}
