/**
 * A file of a built site as every text that may be read out of it.
 *
 * What a browser, an indexer or a curious reader could decode is decoded: entities, percent and `\u` escapes, tags
 * between letters, base64 and hexadecimal, UTF-16, gzip, zlib and brotli, the streams inside pictures, archives and
 * documents. Bytes that are no text give what is legible in them.
 */
import { isUtf8 } from 'node:buffer'
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import type { SearchedText } from '../audience/find-leaks.ts'
import { longRuns } from './long-runs.ts'
import { type Traced, unescaped, withoutTags } from './traced-text.ts'

export interface OutputText extends SearchedText {
  /** How it was read: `as it is`, `base64`, `unpacked`. */
  readonly way: string
  /** Where a place of the text stands in the file: an offset in characters; undefined where it has no place there. */
  at(offset: number): number | undefined
}

/** What the name of a file says; `path` is relative to the site. */
export function textsOfName(path: string): Iterable<OutputText> {
  return decodedTexts(path, { kind: 'text', way: 'its name' }, () => undefined, 0)
}

/** What the content of a file says. */
export function textsOf(path: string, bytes: Uint8Array): Iterable<OutputText> {
  return textsOfBytes(path, bufferOf(bytes), 'as it is', 0)
}

/**
 * A page in the pieces that are its own and those that frame it, which are the same on page after page. It is cut only
 * before a tag, and only where it is plainly a page, so that what stands in the pieces is all that stands in the whole.
 */
export function piecesOf(path: string, bytes: Uint8Array): { readonly bytes: Uint8Array; readonly frame: boolean }[] {
  const page = bufferOf(bytes)
  if (!path.endsWith('.html') || !pageBegins.test(page.toString('latin1', 0, 32)) || page.includes(0))
    return [{ bytes, frame: false }]
  const head = page.indexOf('</title>')
  const main = page.indexOf('<main', head)
  const foot = page.lastIndexOf('</main>')
  if (head === -1 || main === -1 || foot < main) return [{ bytes, frame: false }]
  return [
    { bytes: page.subarray(0, head), frame: false },
    { bytes: page.subarray(head, main), frame: true },
    { bytes: page.subarray(main, foot), frame: false },
    { bytes: page.subarray(foot), frame: true },
  ]
}

const pageBegins = /^<!doctype html>/i

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** How deep something may be packed in something. */
const deepest = 4
/** What one packed piece may unpack to. */
const mostUnpacked = 64 * 1_048_576

function* textsOfBytes(path: string, bytes: Buffer, way: string, depth: number): Iterable<OutputText> {
  const unpacked = depth < deepest ? unpackedWhole(path, bytes) : undefined
  if (unpacked !== undefined) {
    yield* textsOfBytes(path, unpacked, 'unpacked', depth + 1)
    return
  }
  const kind = kindOf(path, bytes)
  const text = kind === 'stems' ? textsOfIndex(bytes) : asText(bytes)
  const place = way === 'as it is' ? (offset: number) => offset : () => undefined
  yield* decodedTexts(text, { kind, way }, place, depth, isChangeLog(path))
  if (!bytes.includes(0)) return
  for (const legible of wideTexts(bytes))
    yield* decodedTexts(legible, { kind: 'text', way: 'UTF-16' }, () => undefined, depth)
  if (depth < deepest)
    for (const inner of unpackedInside(bytes)) yield* textsOfBytes(path, inner, 'unpacked', depth + 1)
}

function kindOf(path: string, bytes: Buffer): SearchedText['kind'] {
  if (/\.pf_(?:index|meta|filter)$/i.test(path)) return 'stems'
  const noise = bytes.includes(0) && !isUtf8(bytes) && !hasWideMark(bytes)
  if (/\.(?:m?js|css|wasm|woff2?|pagefind)$/i.test(path)) return noise ? 'bytes' : 'code'
  return noise ? 'decoded' : 'text'
}

/** The mark at the beginning of UTF-16. */
function hasWideMark(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
}

/** Files whose days are those of changes to the pages. */
function isChangeLog(path: string): boolean {
  return /(?:^|\/)(?:feed\.xml|changes\.json)$/.test(path)
}

/** By the mark at the beginning, else as UTF-8. */
function asText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return bytes.toString('utf8')
}

/**
 * The texts of a piece of a search index, which is CBOR (RFC 8949): the byte before a text says how long it is and would
 * pass for its first letter.
 */
function textsOfIndex(bytes: Buffer): string {
  const mark = 'pagefind_dcd'
  const texts: string[] = []
  let at = bytes.subarray(0, mark.length).toString('latin1') === mark ? mark.length : 0
  while (at < bytes.length) {
    const head = bytes[at++] ?? 0
    const [major, info] = [head >> 5, head & 0x1f]
    const width = info >= 24 && info <= 27 ? 2 ** (info - 24) : 0
    if (at + width > bytes.length) break
    const length = width === 0 ? info : width === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, width)
    at += width
    if ((major !== 2 && major !== 3) || info === 31) continue
    if (major === 3) texts.push(bytes.subarray(at, at + length).toString('utf8'))
    at += length
  }
  return texts.join('\n\n')
}

/** Runs of UTF-16 in either order, as pictures and fonts keep their words. */
function* wideTexts(bytes: Buffer): Iterable<string> {
  const units = bytes.toString('latin1')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: every other byte of wide text is a NUL.
  for (const [run] of units.matchAll(/(?:[\x09\x0a\x0d\x20-\xff]\0){4,}|(?:\0[\x09\x0a\x0d\x20-\xff]){4,}/g))
    yield run.replaceAll('\0', '')
}

function unpackedWhole(path: string, bytes: Buffer): Buffer | undefined {
  const options = { maxOutputLength: mostUnpacked, finishFlush: constants.Z_SYNC_FLUSH }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return attempted(() => gunzipSync(bytes, options))
  if (isZlib(bytes, 0)) return attempted(() => inflateSync(bytes, options))
  if (/\.br$/i.test(path)) return attempted(() => brotliDecompressSync(bytes, { maxOutputLength: mostUnpacked }))
  return undefined
}

/** Streams inside something else: PNG texts, PDF streams, entries of an archive. */
function* unpackedInside(bytes: Buffer): Iterable<Buffer> {
  const options = { maxOutputLength: mostUnpacked, finishFlush: constants.Z_SYNC_FLUSH }
  let tries = 0
  for (let at = bytes.indexOf(0x78); at !== -1 && tries < 2_000; at = bytes.indexOf(0x78, at + 1)) {
    if (!isZlib(bytes, at)) continue
    tries++
    const inner = attempted(() => inflateSync(bytes.subarray(at), options))
    if (inner !== undefined && inner.length > 4) yield inner
  }
  for (
    let at = bytes.indexOf('PK\u0003\u0004', 0, 'latin1');
    at !== -1;
    at = bytes.indexOf('PK\u0003\u0004', at + 4, 'latin1')
  ) {
    if (at + 30 > bytes.length || bytes.readUInt16LE(at + 8) !== 8) continue
    const data = bytes.subarray(at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28))
    const inner = attempted(() => inflateRawSync(data, options))
    if (inner !== undefined) yield inner
  }
}

function isZlib(bytes: Buffer, at: number): boolean {
  const head = bytes[at] ?? 0
  const flags = bytes[at + 1] ?? 0
  return head === 0x78 && (head * 256 + flags) % 31 === 0 && (flags & 0x20) === 0
}

function attempted(work: () => Buffer): Buffer | undefined {
  try {
    return work()
  } catch {
    // It only looked packed; as bytes it is looked through all the same.
    return undefined
  }
}

interface Reading {
  readonly kind: SearchedText['kind']
  readonly way: string
}

function* decodedTexts(
  raw: string,
  { kind, way }: Reading,
  place: (offset: number) => number | undefined,
  depth: number,
  datesChanges = false,
): Iterable<OutputText> {
  const mark = (traced: Traced, how: string, as = kind): OutputText => ({
    text: traced.text,
    kind: as,
    way: how,
    datesChanges,
    at: (offset) => place(traced.at(offset)),
  })
  const plain: Traced = { text: raw, at: (offset) => offset }
  yield mark(plain, way)
  const decoded = unescaped(plain)
  if (decoded !== plain) yield mark(decoded, way === 'as it is' ? 'decoded' : way)
  if (kind === 'text' && /<[a-z!/]/i.test(decoded.text)) yield mark(withoutTags(decoded), 'without tags')
  if (depth >= deepest) return
  for (const { run, index } of longRuns(raw))
    for (const { text, how } of decodedRun(run)) yield mark({ text, at: () => index }, how, 'decoded')
}

const knownRuns = new Map<string, readonly { text: string; how: string }[]>()

/** What a run of letters and digits says as base64, from each of the four places a group may begin, or as hexadecimal. */
function decodedRun(run: string): readonly { text: string; how: string }[] {
  const known = knownRuns.get(run)
  if (known !== undefined) return known
  const found: { text: string; how: string }[] = []
  const add = (bytes: Buffer, how: string): void => {
    const inner = unpackedWhole('', bytes) ?? bytes
    const text = inner.includes(0) ? [...wideTexts(inner)].join(' ') : inner.toString('utf8')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is no text is full of control characters.
    const legible = text.match(/[^\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffd]{6,}/g)
    if (legible !== null) found.push({ text: legible.join('\n\n'), how })
  }
  for (let shift = 0; shift < 4; shift++) add(Buffer.from(run.slice(shift), 'base64'), 'base64')
  if (/^(?:[0-9a-f]{2}){8,}$/i.test(run)) add(Buffer.from(run, 'hex'), 'hexadecimal')
  if (knownRuns.size > 50_000) knownRuns.clear()
  knownRuns.set(run, found)
  return found
}
