/**
 * Makes text from files safe to show: in a terminal, a log or a message.
 *
 * A title, a file name or a cell of the ledger may hold escape sequences that move a
 * terminal's cursor or bidirectional controls that reorder what a reviewer sees. One
 * function turns each such character into `\u{…}`; every reporter uses it.
 */

// Controls but tab (C0, DEL, C1), bidirectional and zero-width controls, line and paragraph separators,
// the soft hyphen, tag characters and surrogates without a partner.
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming control characters is the purpose of this expression.
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

/** `visible('a\u001b[2J')` is `a\u{1b}[2J`, one line of printable text. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** JSON that shows the same characters by their numbers and means what it meant. */
export function visibleJson(json: string): string {
  const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  // Line ends stand between values only: JSON has none inside them.
  return json.replace(UNSAFE, (character) =>
    character === '\n' ? character : character.split('').map(escaped).join(''),
  )
}

/** At most `length` characters of a value, for a message that quotes what somebody wrote. */
export function shortened(text: string, length = 60): string {
  if (text.length <= length) return text
  // As many characters as there may be, in at most twice as many units: the text may have millions.
  const characters = [...text.slice(0, 2 * length + 2)]
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}
