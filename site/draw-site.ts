/**
 * Has Astro draw each page as soon as it is made, takes it, and makes the search index meanwhile.
 *
 * Astro's own writer takes half as long again over thousands of pages, and keeps what it writes from a scan until all
 * is there.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AstroIntegration, AstroPrerenderer, RouteData } from 'astro'
import { searchFiles } from './search-index.ts'
import { sharedSite } from './src/content/made-site.ts'

/**
 * Takes the content of a file, which is no longer the caller's; `file` is relative to the site, with `/`. Resolves when
 * another may follow.
 */
export type WriteFile = (file: string, content: Uint8Array) => Promise<void>

export function drawSite(write: WriteFile): AstroIntegration {
  let base = '/'
  let routes: readonly RouteData[] = []
  return {
    name: 'playproof:draw',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/')
      },
      'astro:build:setup': ({ pages }) => {
        routes = [...pages.values()].map(({ route }) => route)
      },
      'astro:build:start': ({ setPrerenderer }) => {
        setPrerenderer((astro) => ({
          ...astro,
          getStaticPaths: async () => {
            await Promise.all([drawPages(astro, routes, base, write), writeIndex(write)])
            // Nothing is left for Astro to write.
            return []
          },
        }))
      },
    },
  }
}

/** Pages are drawn between its files. */
async function writeIndex(write: WriteFile): Promise<void> {
  const records = await sharedSite().records()
  for await (const [path, bytes] of searchFiles(records)) await write(`pagefind/${path}`, bytes)
  // Its program would keep its memory while the rest of the build needs some.
  await (await import('pagefind')).close()
}

/** So many pages are drawn before others have their turn. */
const inTurn = 8

/** First the pages in the order in which they are made; then what is drawn from many. */
async function drawPages(
  astro: AstroPrerenderer,
  routes: readonly RouteData[],
  base: string,
  write: WriteFile,
): Promise<void> {
  const drawn = new Set<string>()
  const draw = async (address: string, route: RouteData): Promise<void> => {
    if (drawn.has(address)) return
    drawn.add(address)
    const isPage = route.type === 'page'
    const url = `http://localhost${base}${address}${isPage && address !== '' ? '/' : ''}`
    const answer = await astro.render(new Request(url), { routeData: route })
    const response = answer instanceof Response ? answer : answer.response
    if (response.status !== (address === '404' ? 404 : 200)) throw new Error(`${url} answers ${response.status}.`)
    await write(isPage ? fileOf(address) : address, new Uint8Array(await response.arrayBuffer()))
    if (drawn.size % inTurn === 0) await nextTurn()
  }

  const { addresses } = await sharedSite().frame()
  for (const { href, callHref } of addresses)
    for (const address of [href, callHref]) {
      const route = address === undefined ? undefined : routeOf(routes, address.slice(base.length - 1))
      if (address !== undefined && route !== undefined) await draw(address.slice(base.length, -1), route)
    }
  // Which reports there are is known when they are made, after the pages.
  for (const { pathname, route } of await astro.getStaticPaths()) await draw(pathname.replaceAll(/^\/|\/$/g, ''), route)
}

/** That of a page with an address of its own; people share one. */
function routeOf(routes: readonly RouteData[], address: string): RouteData | undefined {
  return routes.find(
    ({ type, pathname, pattern }) => type === 'page' && pathname === undefined && pattern.test(address),
  )
}

/** What a static host serves at an address. */
function fileOf(address: string): string {
  if (address === '404') return '404.html'
  return address === '' ? 'index.html' : `${address}/index.html`
}
