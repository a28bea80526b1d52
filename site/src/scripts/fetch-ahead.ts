/**
 * Fetches at once what Pagefind would ask for one after another: its program, then what is in the index, then the words
 * and the engine, then the same for each further part. On a slow network each step costs a way to the server and back.
 */

/** As the file of an index says it: the site has one language. */
interface Entry {
  readonly languages: Readonly<Record<string, { readonly hash: string; readonly wasm?: string | null }>>
}

/** Starts to fetch, and from now on answers Pagefind in this worker with that; `tag` stands in its addresses. */
export function fetchAhead(folder: string, parts: readonly string[], tag: string): void {
  const over = globalThis.fetch
  const ahead = new Map<string, Promise<Response>>()
  const start = async (address: string): Promise<Response> => {
    const response = over(address)
    ahead.set(whole(address), response)
    return (await response).clone()
  }
  const index = async (of: string, engine: boolean): Promise<void> => {
    const { languages } = (await (await start(`${of}pagefind-entry.json?ts=${tag}`)).json()) as Entry
    const [language] = Object.values(languages)
    if (language === undefined) return
    const wanted = [
      `pagefind.${language.hash}.pf_meta`,
      ...(engine ? [`wasm.${language.wasm ?? 'unknown'}.pagefind`] : []),
    ]
    await Promise.all(wanted.map((file) => start(`${of}${file}`)))
  }
  globalThis.fetch = (wanted, options) => {
    const address = whole(String(wanted))
    const response = ahead.get(address)
    // Its text can be read once.
    ahead.delete(address)
    return response ?? over(wanted, options)
  }
  for (const of of [folder, ...parts.map((part) => `${folder}${part}/`)])
    index(of, of === folder).catch(() => undefined)
}

function whole(address: string): string {
  return new URL(address, location.href).href
}
