/**
 * Bytes of a CSV file to text, in pieces, strictly.
 *
 * A file in another encoding must not be read as if it were UTF-8, and one bad byte must not cost the whole file. So a
 * byte that is no text becomes a surrogate without a partner (U+DC00 + byte), which no valid text has: the row that
 * holds it is refused at that cell. Pieces keep a large file from becoming one string, which would have a length limit
 * and twice the size for a single wide character.
 */

export interface CsvPiece {
  readonly text: string
  /** Whether some character may be NUL or a surrogate without a partner. */
  readonly suspect: boolean
}

const LF = 10

/** The text of a file: UTF-8, or UTF-16 that says so by its byte order mark. The mark is no part of the text. */
export function* textPieces(bytes: Uint8Array, pieceBytes = 1 << 22): Generator<CsvPiece> {
  const [first, second] = [bytes[0], bytes[1]]
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    yield* wideTextPieces(bytes, first === 0xff, pieceBytes)
    return
  }
  let at = first === 0xef && second === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (at < bytes.length) {
    const end = cutBefore(bytes, at, at + pieceBytes)
    yield decoded(bytes.subarray(at, end))
    at = end
  }
}

/** A place to cut at or before `wanted`: after a line feed where there is one, else between two characters. */
function cutBefore(bytes: Uint8Array, from: number, wanted: number): number {
  if (wanted >= bytes.length) return bytes.length
  const lineFeed = bytes.lastIndexOf(LF, wanted - 1)
  if (lineFeed >= from) return lineFeed + 1
  // A character has at most three bytes behind its first.
  const isInside = (at: number) => ((bytes[at] ?? 0) & 0xc0) === 0x80
  for (let cut = wanted; cut > from && cut > wanted - 4; cut--) if (!isInside(cut)) return cut
  // The piece is smaller than its first character, or what stands here is no character at all.
  let cut = wanted
  while (cut < wanted + 3 && isInside(cut)) cut++
  return cut
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decoded(bytes: Uint8Array): CsvPiece {
  try {
    const text = strict.decode(bytes)
    return { text, suspect: text.includes('\0') }
  } catch {
    return { text: markedText(bytes), suspect: true }
  }
}

/** The text with each byte that is not UTF-8 marked. */
function markedText(bytes: Uint8Array): string {
  let text = ''
  let good = 0
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at)
    if (length > 0) {
      at += length
      continue
    }
    text += strict.decode(bytes.subarray(good, at)) + String.fromCharCode(0xdc00 + (bytes[at] ?? 0))
    good = ++at
  }
  return text + strict.decode(bytes.subarray(good))
}

/** The bytes of the character at `at`, or 0 where there is none in UTF-8 (overlong forms, surrogates, above U+10FFFF). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0
  const second = bytes[at + 1] ?? 0
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0
  return length
}

function* wideTextPieces(bytes: Uint8Array, littleEndian: boolean, pieceBytes: number): Generator<CsvPiece> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const units: number[] = []
  let text = ''
  for (let at = 2; at + 1 < bytes.length; at += 2) {
    units.push(view.getUint16(at, littleEndian))
    if (units.length < 4096) continue
    text += String.fromCharCode(...units.splice(0))
    if (text.length * 2 >= pieceBytes && !isHighSurrogate(text.charCodeAt(text.length - 1))) {
      yield { text, suspect: true }
      text = ''
    }
  }
  // Half a character at the end is marked like any other byte that is no text.
  if (bytes.length % 2 === 1) units.push(0xdc00 + (bytes[bytes.length - 1] ?? 0))
  yield { text: text + String.fromCharCode(...units), suspect: true }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
