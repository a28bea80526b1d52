/**
 * Edits as nobody would make them on purpose: what a page must survive while somebody types.
 */

export interface Random {
  below(end: number): number
  pick<Item>(items: readonly Item[]): Item
}

/** The same numbers for the same seed (xorshift32). */
export function seeded(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  const below = (end: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % end
  }
  return { below, pick: (items) => items[below(items.length)] as (typeof items)[number] }
}

const pieces = [
  '\n',
  '\r\n',
  '\r',
  ' ',
  '  ',
  '- ',
  '#',
  '## ',
  '---\n',
  ':',
  '"',
  '[',
  ']',
  '{ }',
  '🙂',
  '\u200b',
  'é',
  '62%',
  '$4,000',
  'status: proven\n',
  'status: draft\n',
  'titel: x\n',
  '<!-- playproof-ignore section/empty: seen -->\n',
  '<!-- playproof-ignore play/unbacked -->\n',
  '[a](../plays/nowhere.md)',
  '[b](#nowhere)',
  '  - deal: D-1\n',
  '\ud83d',
]

/** Types, deletes, moves or pastes a piece somewhere, in the fields as often as in the body. */
export function randomEdit(text: string, random: Random, others: readonly string[]): string {
  const bodyStart = Math.max(1, text.indexOf('\n---', 3))
  const end = random.below(2) === 0 ? Math.min(bodyStart + 5, text.length + 1) : text.length + 1
  const at = random.below(end)
  const length = random.below(3) === 0 ? random.below(40) : random.below(4)
  switch (random.below(7)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length)
    case 1:
    case 2:
      return text.slice(0, at) + random.pick(pieces) + text.slice(at)
    case 3:
      return withLines(text, random, (lines, line) => lines.splice(line, 1))
    case 4:
      return withLines(text, random, (lines, line) => {
        const other = random.pick(others).split('\n')
        lines.splice(line, 0, random.pick(other))
      })
    case 5:
      return withLines(text, random, (lines, line) => {
        const other = random.pick(others).split('\n')
        lines.splice(line, 1, random.pick(other))
      })
    default:
      return text.slice(0, at) + random.pick(others).slice(at, at + length) + text.slice(at + length)
  }
}

function withLines(text: string, random: Random, change: (lines: string[], line: number) => void): string {
  const lines = text.split('\n')
  const most = random.below(2) === 0 ? Math.max(1, lines.indexOf('---', 1)) : lines.length
  change(lines, random.below(most))
  return lines.join('\n')
}
