/**
 * The pages as they were made, for templates.
 */

import { getEntry } from 'astro:content'
import type { EntityType } from '../../../src/model/entity-types.ts'
import { type Format, formatOf } from '../show/format.ts'
import { wantedAudience } from './audience.ts'
import { type SiteSource, sharedSite } from './made-site.ts'
import type { PageOf, SiteFacts } from './page-types.ts'
import type { SiteReports } from './report-types.ts'
import type { PageAddress, SiteFrame } from './site-pages.ts'

interface Book {
  readonly source: SiteSource
  readonly frame: SiteFrame
}

/** Asked for once in a build; in `dev` again for each page. */
let read: Book | undefined

async function book(): Promise<Book> {
  if (read !== undefined && import.meta.env.PROD) return read
  // Asked so that `dev` shows the page again when it changed.
  await getEntry('book', 'book')
  const source = sharedSite()
  if (read?.source.digest !== source.digest) read = bookOf(source, await source.frame())
  return read
}

function bookOf(source: SiteSource, frame: SiteFrame): Book {
  const { audience } = frame.facts
  if (audience !== wantedAudience())
    throw new Error(`The pages at hand are for ${audience}: another build ran at the same time. Build again.`)
  return { source, frame }
}

export async function siteFacts(): Promise<SiteFacts> {
  return (await book()).frame.facts
}

export async function siteFormat(): Promise<Format> {
  const { locale, currency } = await siteFacts()
  return formatOf(locale, currency)
}

export async function siteReports(): Promise<SiteReports> {
  return (await book()).source.reports()
}

/** How many pages the search knows. */
export async function numberOfPages(): Promise<number> {
  return (await book()).frame.addresses.length
}

/** For lists. In a build they are drawn last, because all pages have to be there. */
export async function pagesOf<T extends EntityType>(type: T): Promise<readonly PageOf<T>[]> {
  return (await (await book()).source.pages(type)) as readonly PageOf<T>[]
}

/** What the template of a page is given: the page, once it is made. */
export interface PageProps<T extends EntityType> {
  page(): Promise<PageOf<T>>
}

interface PagePath<T extends EntityType> {
  readonly params: { readonly id: string }
  readonly props: PageProps<T>
}

/** For `getStaticPaths`: one path for each page of a type. */
export async function pathsOf<T extends EntityType>(
  type: T,
  wanted: (address: PageAddress) => boolean = () => true,
): Promise<PagePath<T>[]> {
  const { source, frame } = await book()
  return frame.addresses
    .filter((address) => address.type === type && wanted(address))
    .map(({ name }) => ({
      params: { id: name },
      props: { page: async () => (await source.page(type, name)) as PageOf<T> },
    }))
}
