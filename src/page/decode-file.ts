/**
 * Bytes to text, strictly.
 *
 * A file that is not UTF-8 is never read as if it were: a wrong guess would be written back by
 * the next fix. What is wrong is said with the line it is on.
 */
import { SourceText } from '../source/text.ts'
import type { PageProblem } from './page.ts'

export interface Decoded {
  readonly source: SourceText
  readonly problem: PageProblem | undefined
}

/** The text of a file, or as much as can be shown with the problem that stops the rest. Never throws. */
export function decodeFile(path: string, bytes: Uint8Array, maxBytes: number): Decoded {
  if (bytes.length > maxBytes) {
    const text = `This file is ${bytes.length.toLocaleString('en-US')} bytes; pages may have ${maxBytes.toLocaleString('en-US')}. Split it, or raise \`limits.maxFileBytes\` in playbook.yaml.`
    return { source: new SourceText(path, ''), problem: { rule: 'file/too-large', range: start, text } }
  }
  const encoding = (text: string, prefix = ''): Decoded => {
    const source = new SourceText(path, prefix)
    const end = source.text.length
    return { source, problem: { rule: 'file/encoding', range: { start: end, end }, text } }
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return encoding('This file is UTF-16. Save it as UTF-8: in most editors under “Save with encoding”.')
  }
  const nul = bytes.indexOf(0)
  if (nul >= 0) {
    return encoding(
      'There is a NUL byte here, so this is no text file or it is damaged. Save the text again as UTF-8.',
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, nul)),
    )
  }
  try {
    return { source: new SourceText(path, strict.decode(bytes)), problem: undefined }
  } catch {
    const good = bytes.subarray(0, firstBadByte(bytes))
    const bad = bytes[good.length] ?? 0
    return encoding(
      `The byte 0x${bad.toString(16).padStart(2, '0')} here is not UTF-8. Save the file as UTF-8: in most editors under “Save with encoding”.`,
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(good),
    )
  }
}

const start = { start: 0, end: 0 }
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The longest prefix that is UTF-8, found by halves. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    try {
      // `stream` lets a character be cut at the end of the prefix without complaint.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true })
      good = middle
    } catch {
      bad = middle
    }
  }
  while (good > 0 && ((bytes[good] ?? 0) & 0xc0) === 0x80 && !isWhole(bytes.subarray(0, good))) good--
  return isWhole(bytes.subarray(0, good)) ? good : lastWhole(bytes, good)
}

function isWhole(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function lastWhole(bytes: Uint8Array, end: number): number {
  let cut = end
  while (cut > 0 && cut > end - 4 && !isWhole(bytes.subarray(0, cut))) cut--
  return cut
}
