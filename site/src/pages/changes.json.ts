/** The changes, and the verdict of every play, for the script that says what is new since the last visit. */
import type { APIRoute } from 'astro'
import { pagesOf, siteFacts } from '../content/book.ts'
import { markWord } from '../show/words.ts'

export const GET: APIRoute = async () =>
  Response.json({
    changes: (await siteFacts()).changes.map(({ href, on, what }) => ({ href, on, what })),
    verdicts: (await pagesOf('play')).map(({ row: { title, href, mark, byFit } }) => ({
      title,
      href,
      verdict: markWord(mark, byFit),
    })),
  })
