/** The feed of changes. */
import type { APIRoute } from 'astro'
import { siteFacts } from '../content/book.ts'
import { atomFeed } from '../exports/feed.ts'
import { href } from '../show/href.ts'

export const GET: APIRoute = async () =>
  new Response(atomFeed(await siteFacts(), href('/')), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8' },
  })
