/** The playbook as data. */
import type { APIRoute } from 'astro'
import { pagesOf, siteFacts } from '../content/book.ts'
import { playbookExport } from '../exports/playbook-export.ts'

export const GET: APIRoute = async () =>
  new Response(
    `${JSON.stringify(playbookExport(await siteFacts(), await pagesOf('play'), await pagesOf('message')), null, 1)}\n`,
    {
      headers: { 'content-type': 'application/json; charset=utf-8' },
    },
  )
