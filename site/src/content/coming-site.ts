/**
 * A site whose pages come from elsewhere one after the other, so that some are drawn while others are made.
 *
 * A page stays packed and is unpacked where it is asked for: thousands of values that live as long as a build does would
 * be looked through by each collection of garbage.
 */
import type { EntityType } from '../../../src/model/entity-types.ts'
import { newDigest, type SiteSource } from './made-site.ts'
import type { SearchRecord, SitePage } from './page-types.ts'
import type { SiteReports } from './report-types.ts'
import type { MadePage, SiteFrame } from './site-pages.ts'

/** A page as it travels. */
export interface PackedPage {
  readonly of: string
  /** JSON. */
  readonly page: string
  readonly record: SearchRecord
}

export function packed({ name, page, record }: MadePage): PackedPage {
  return { of: `${page.type}/${name}`, page: JSON.stringify(page), record }
}

export class ComingSite implements SiteSource {
  readonly digest = newDigest()
  readonly #frame = Promise.withResolvers<SiteFrame>()
  readonly #reports = Promise.withResolvers<SiteReports>()
  readonly #pages = new Map<string, PackedPage>()
  readonly #lists = new Map<EntityType, Promise<readonly SitePage[]>>()
  /** A play and its page for the call are drawn one after the other. */
  #last: { readonly of: string; readonly page: SitePage } | undefined
  #news = Promise.withResolvers<void>()
  #isWhole = false

  constructor() {
    // Who asks for something hears of a fault.
    for (const { promise } of [this.#frame, this.#reports, this.#news]) promise.catch(() => {})
  }

  takeFrame(frame: SiteFrame): void {
    this.#frame.resolve(frame)
  }

  takeReports(reports: SiteReports): void {
    this.#reports.resolve(reports)
  }

  /** In any order, before or after the frame. */
  takePages(pages: readonly PackedPage[]): void {
    for (const page of pages) this.#pages.set(page.of, page)
    this.#news.resolve()
    this.#news = Promise.withResolvers()
    this.#news.promise.catch(() => {})
  }

  /** No further page comes: who waits for one would wait for ever. */
  takeEnd(): void {
    this.#isWhole = true
    this.#news.resolve()
  }

  /** Nothing more comes, because it cannot be made. */
  fail(error: Error): void {
    this.#frame.reject(error)
    this.#reports.reject(error)
    this.#news.reject(error)
  }

  frame(): Promise<SiteFrame> {
    return this.#frame.promise
  }

  async page(type: EntityType, name: string): Promise<SitePage> {
    const of = `${type}/${name}`
    if (this.#last?.of !== of) this.#last = { of, page: unpacked(await this.#packed(of)) }
    return this.#last.page
  }

  reports(): Promise<SiteReports> {
    return this.#reports.promise
  }

  /** Kept, because what is drawn last are lists of the same pages. */
  pages(type: EntityType): Promise<readonly SitePage[]> {
    const list =
      this.#lists.get(type) ?? this.#whole().then((pages) => pages.filter(isOf(type)).map((page) => unpacked(page)))
    this.#lists.set(type, list)
    return list
  }

  async records(): Promise<readonly SearchRecord[]> {
    return (await this.#whole()).map(({ record }) => record)
  }

  async #packed(of: string): Promise<PackedPage> {
    for (;;) {
      const page = this.#pages.get(of)
      if (page !== undefined) return page
      if (this.#isWhole) throw new Error(`There is no page ${of}.`)
      await this.#news.promise
    }
  }

  /** All pages, in the order of their addresses. */
  async #whole(): Promise<readonly PackedPage[]> {
    const { addresses } = await this.#frame.promise
    const pages: PackedPage[] = []
    for (const { type, name } of addresses) pages.push(await this.#packed(`${type}/${name}`))
    return pages
  }
}

function isOf(type: EntityType): (page: PackedPage) => boolean {
  return ({ of }) => of.startsWith(`${type}/`)
}

function unpacked({ page }: PackedPage): SitePage {
  return JSON.parse(page)
}
