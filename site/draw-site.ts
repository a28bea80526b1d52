/**
 * Has Astro draw each page as soon as it is made, takes it, and makes the search index meanwhile.
 *
 * Astro's own writer takes half as long again over thousands of pages, and keeps what it writes from a scan until all
 * is there.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AstroIntegration, AstroPrerenderer } from 'astro'
import { searchFiles } from './search-index.ts'
import { sharedSite } from './src/content/made-site.ts'
import type { PageAddress } from './src/content/site-pages.ts'

/**
 * Takes the content of a file, which is no longer the caller's; `file` is relative to the site, with `/`. Resolves when
 * another may follow.
 */
export type WriteFile = (file: string, content: Uint8Array) => Promise<void>

export function drawSite(write: WriteFile): AstroIntegration {
  let base = '/'
  return {
    name: 'playproof:draw',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/')
      },
      'astro:build:start': ({ setPrerenderer }) => {
        setPrerenderer((astro) => ({
          ...astro,
          getStaticPaths: async () => {
            await Promise.all([drawPages(astro, base, write), writeIndex(write)])
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

async function drawPages(astro: AstroPrerenderer, base: string, write: WriteFile): Promise<void> {
  const { addresses } = await sharedSite().frame()
  const paths = inOrder(
    (await astro.getStaticPaths()).map(({ pathname, route }) => ({
      address: pathname.replaceAll(/^\/|\/$/g, ''),
      route,
    })),
    addresses,
    base,
  )
  for (const [index, { address, route }] of paths.entries()) {
    const isPage = route.type === 'page'
    const url = `http://localhost${base}${address}${isPage && address !== '' ? '/' : ''}`
    const answer = await astro.render(new Request(url), { routeData: route })
    const response = answer instanceof Response ? answer : answer.response
    if (response.status !== (address === '404' ? 404 : 200)) throw new Error(`${url} answers ${response.status}.`)
    await write(isPage ? fileOf(address) : address, new Uint8Array(await response.arrayBuffer()))
    if (index % inTurn === 0) await nextTurn()
  }
}

/** First the pages, in the order in which they are made; then what is drawn from many. */
function inOrder<Path extends { readonly address: string }>(
  paths: readonly Path[],
  addresses: readonly PageAddress[],
  base: string,
): Path[] {
  const places = new Map(
    addresses.flatMap(({ href, callHref = href }, place) => [href, callHref].map((address) => [address, place])),
  )
  const placeOf = ({ address }: Path): number => places.get(`${base}${address}/`) ?? addresses.length
  return paths.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** What a static host serves at an address. */
function fileOf(address: string): string {
  if (address === '404') return '404.html'
  return address === '' ? 'index.html' : `${address}/index.html`
}
