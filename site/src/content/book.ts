/**
 * The pages as the loader left them, for templates.
 */

import { getEntry } from 'astro:content'
import { readFileSync } from 'node:fs'
import type { EntityType } from '../../../src/model/entity-types.ts'
import { type Format, formatOf } from '../show/format.ts'
import { wantedAudience } from './audience.ts'
import type { BookEntry, PageOf, SiteFacts, SitePage } from './page-types.ts'
import type { SiteReports } from './report-types.ts'

interface Book {
  readonly digest: string
  readonly facts: SiteFacts
  readonly reports: SiteReports
  readonly pages: ReadonlyMap<EntityType, readonly SitePage[]>
}

/** Read once for a build; in `dev` again after each change. */
let read: Book | undefined

async function book(): Promise<Book> {
  if (read !== undefined && import.meta.env.PROD) return read
  const entry = (await getEntry('book', 'book')) as { readonly data: BookEntry } | undefined
  if (entry === undefined) throw new Error('The playbook was not loaded, so there is nothing to show.')
  if (read?.digest !== entry.data.digest) read = readBook(entry.data)
  return read
}

function readBook({ digest, file }: BookEntry): Book {
  const [first = '', reports = '', ...pages] = readFileSync(file, 'utf8').split('\n')
  const facts = JSON.parse(first) as SiteFacts
  if (facts.audience !== wantedAudience())
    throw new Error(`The pages at hand are for ${facts.audience}: another build ran at the same time. Build again.`)
  return {
    digest,
    facts,
    reports: JSON.parse(reports) as SiteReports,
    pages: Map.groupBy(
      pages.map((page) => JSON.parse(page) as SitePage),
      ({ type }) => type,
    ),
  }
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
