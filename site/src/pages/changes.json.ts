/** The changes for the script that says what is new since the last visit. */
import type { APIRoute } from 'astro'
import { siteFacts } from '../content/book.ts'

export const GET: APIRoute = async () =>
  Response.json((await siteFacts()).changes.map(({ href, on }) => ({ href, on })))
