/**
 * The pages as the loader left them, for templates.
 */
import { getCollection, getEntry } from 'astro:content'
import type { EntityType } from '../../../src/model/entity-types.ts'
import { type Format, formatOf } from '../show/format.ts'
import type { PageOf, SiteFacts, SitePage } from './page-types.ts'

/** Read once for a build; asked again each time in `dev`, where pages change. */
let kept: Promise<readonly SitePage[]> | undefined

async function allPages(): Promise<readonly SitePage[]> {
  if (import.meta.env.DEV) return readPages()
  kept ??= readPages()
  return kept
}

async function readPages(): Promise<readonly SitePage[]> {
  const entries = (await getCollection('book')) as readonly { readonly id: string; readonly data: SitePage }[]
  return entries.filter(({ id }) => id !== 'site').map(({ data }) => data)
}

export async function siteFacts(): Promise<SiteFacts> {
  const entry = (await getEntry('book', 'site')) as { readonly data: SiteFacts } | undefined
  if (entry === undefined) throw new Error('The playbook was not loaded, so there is nothing to show.')
  return entry.data
}

export async function siteFormat(): Promise<Format> {
  const { locale, currency } = await siteFacts()
  return formatOf(locale, currency)
}

export async function pagesOf<T extends EntityType>(type: T): Promise<readonly PageOf<T>[]> {
  return (await allPages()).filter((page): page is PageOf<T> => page.type === type)
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
