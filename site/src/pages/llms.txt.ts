/** The site for a language model. */
import type { APIRoute } from 'astro'
import { pagesOf, siteFacts, siteFormat } from '../content/book.ts'
import { llmsText } from '../exports/llms.ts'
import { href } from '../show/href.ts'

export const GET: APIRoute = async () => {
  const others = [
    { title: 'Battlecards', pages: await pagesOf('competitor') },
    { title: 'Segments', pages: await pagesOf('segment') },
    { title: 'Personas', pages: await pagesOf('persona') },
    { title: 'Markets', pages: await pagesOf('market') },
    { title: 'Reviews', pages: await pagesOf('review') },
  ]
  const pages = { plays: await pagesOf('play'), messages: await pagesOf('message'), others }
  return new Response(llmsText(await siteFacts(), pages, await siteFormat(), href('/')), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}
