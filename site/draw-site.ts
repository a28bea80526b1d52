/**
 * Takes from Astro every page as it is drawn, and makes the search index meanwhile.
 *
 * Astro's own writer takes half as long again over thousands of pages, and keeps what it writes from a scan until all
 * is there.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AstroIntegration, AstroPrerenderer } from 'astro'
import { searchFiles } from './search-index.ts'
import { comingSite } from './src/content/made-site.ts'

/** Takes the content of a file, whose name is relative to the site, with `/`; resolves when another may follow. */
export type WriteFile = (file: string, content: string | Uint8Array) => Promise<void>

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

/** The index is made by another program meanwhile. */
async function writeIndex(write: WriteFile): Promise<void> {
  const { records } = await comingSite()
  for (const [path, bytes] of await searchFiles(records)) await write(`pagefind/${path}`, bytes)
  // Its program would keep its memory while the rest of the build needs some.
  await (await import('pagefind')).close()
}

/** So many pages are drawn before others have their turn. */
const inTurn = 8

async function drawPages(astro: AstroPrerenderer, base: string, write: WriteFile): Promise<void> {
  const paths = await astro.getStaticPaths()
  for (const [index, { pathname, route }] of paths.entries()) {
    const isPage = route.type === 'page'
    const address = pathname.replaceAll(/^\/|\/$/g, '')
    const url = `http://localhost${base}${address}${isPage && address !== '' ? '/' : ''}`
    const answer = await astro.render(new Request(url), { routeData: route })
    const response = answer instanceof Response ? answer : answer.response
    if (response.status !== (address === '404' ? 404 : 200)) throw new Error(`${url} answers ${response.status}.`)
    await write(isPage ? fileOf(address) : address, await response.text())
    if (index % inTurn === 0) await nextTurn()
  }
}

/** What a static host serves at an address. */
function fileOf(address: string): string {
  if (address === '404') return '404.html'
  return address === '' ? 'index.html' : `${address}/index.html`
}
