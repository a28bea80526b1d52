/**
 * The pages as the loader made them, for templates.
 */

import { getEntry } from 'astro:content'
import type { EntityType } from '../../../src/model/entity-types.ts'
import { type Format, formatOf } from '../show/format.ts'
import { wantedAudience } from './audience.ts'
import { comingSite, type MadeSite } from './made-site.ts'
import type { PageOf, SiteFacts, SitePage } from './page-types.ts'
import type { SiteReports } from './report-types.ts'

interface Book {
  readonly digest: string
  readonly facts: SiteFacts
  readonly reports: SiteReports
  readonly pages: ReadonlyMap<EntityType, readonly SitePage[]>
}

/** Sorted once for a build; in `dev` again after each change. */
let read: Book | undefined

async function book(): Promise<Book> {
  if (read !== undefined && import.meta.env.PROD) return read
  // Asked so that `dev` shows the page again when it changed.
  await getEntry('book', 'book')
  const made = await comingSite()
  if (read?.digest !== made.digest) read = bookOf(made)
  return read
}

function bookOf({ digest, facts, reports, pages }: MadeSite): Book {
  if (facts.audience !== wantedAudience())
    throw new Error(`The pages at hand are for ${facts.audience}: another build ran at the same time. Build again.`)
  return { digest, facts, reports, pages: Map.groupBy(pages, ({ type }) => type) }
}

export async function siteFacts(): Promise<SiteFacts> {
  return (await book()).facts
}

export async function siteFormat(): Promise<Format> {
  const { locale, currency } = await siteFacts()
  return formatOf(locale, currency)
}

export async function siteReports(): Promise<SiteReports> {
  return (await book()).reports
}

export async function pagesOf<T extends EntityType>(type: T): Promise<readonly PageOf<T>[]> {
  return ((await book()).pages.get(type) ?? []) as readonly PageOf<T>[]
}

/** For `getStaticPaths`: one path for each page of a type. */
export async function pathsOf<T extends EntityType>(
  type: T,
): Promise<{ params: { id: string }; props: { page: PageOf<T> } }[]> {
  return (await pagesOf(type)).map((page) => ({
    params: { id: page.href.split('/').at(-2) ?? page.id },
    props: { page },
  }))
}
