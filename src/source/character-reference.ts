/**
 * What an HTML character reference stands for: `&eacute;`, `&#233;` and `&#xe9;` are “é”.
 */
import { decodeNamedCharacterReference } from 'decode-named-character-reference'

/** The character, or the reference as it was written where it stands for none. */
export function characterReference(written: string): string {
  const number = /^&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?$/i.exec(written)
  if (number === null) return decodeNamedCharacterReference(written.slice(1).replace(/;$/, '')) || written
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written
}
