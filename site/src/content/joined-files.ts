/**
 * How files of the search index lie joined in one: first what they are called and how long each is, then one behind the other.
 *
 * The whole is CBOR, as the files are, so that what looks for secrets in a finished site reads it as it reads them.
 */

/** What Pagefind writes before everything that it has unpacked. */
export const mark = 'pagefind_dcd'

/** A text whose length follows in four bytes. */
const longText = 0x7a
const headLength = 5

/** What every search begins with: what is in the index and its parts. */
export const opening = 'opening.pf_meta'
/** What searches, by itself, since it is the same for every index. */
export const engine = 'engine.pagefind'

/** The file in which that of this path lies, both below the folder of the index; none where it lies alone. */
export function joinedIn(path: string): string | undefined {
  if (/(?:^|\/)pagefind-entry\.json$|\.pf_meta$/.test(path)) return opening
  if (/^wasm\.[^/]*$/.test(path)) return engine
  return /^(?:\d+\/)?((?:index|filter)\/.*)$/.exec(path)?.[1]
}

/** Bytes are CBOR without Pagefind's mark, texts anything. */
export function joined(files: ReadonlyMap<string, Uint8Array | string>): Uint8Array {
  const names = [...files].map(([path, content]) => [path, typeof content === 'string' ? content : content.length])
  const list = new TextEncoder().encode(JSON.stringify(names))
  const pieces = [...files.values()].filter((content) => typeof content !== 'string')
  const whole = new Uint8Array(headLength + list.length + pieces.reduce((sum, { length }) => sum + length, 0))
  whole[0] = longText
  new DataView(whole.buffer).setUint32(1, list.length)
  whole.set(list, headLength)
  let at = headLength + list.length
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** Each file as Pagefind takes it: with its mark where it is not a text. */
export function parted(whole: Uint8Array): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  let at = headLength + new DataView(whole.buffer, whole.byteOffset).getUint32(1)
  const names = JSON.parse(new TextDecoder().decode(whole.subarray(headLength, at))) as [string, number | string][]
  return new Map(
    names.map(([path, content]) => {
      if (typeof content === 'string') return [path, new TextEncoder().encode(content)]
      const file = new Uint8Array(mark.length + content)
      new TextEncoder().encodeInto(mark, file)
      file.set(whole.subarray(at, at + content), mark.length)
      at += content
      return [path, file]
    }),
  )
}
