/**
 * Where the templates and the search get the site from.
 *
 * Astro compiles the loader, the templates and its own plugins apart from each other, so they share no module; they run
 * in one process, and that is where this lies. Through Astro's store or through a file all pages would have to be
 * written and read again. In a build of the command line the site comes from a worker ({@link ComingSite}), while Astro
 * compiles the templates; else the loader makes all of it before anything is drawn.
 */
import type { EntityType } from '../../../src/model/entity-types.ts'
import type { SearchRecord, SitePage } from './page-types.ts'
import type { SiteReports } from './report-types.ts'
import type { MadePage, SiteFrame } from './site-pages.ts'

/** Each answer waits until it is there, and rejects where it cannot be made. */
export interface SiteSource {
  /** Another one for each time the site was made. */
  readonly digest: string
  frame(): Promise<SiteFrame>
  /** `name` as in the page's address. */
  page(type: EntityType, name: string): Promise<SitePage>
  /** All of a type. */
  pages(type: EntityType): Promise<readonly SitePage[]>
  records(): Promise<readonly SearchRecord[]>
  reports(): Promise<SiteReports>
}

const key = 'playproof:site'
const shared = globalThis as typeof globalThis & { [key]?: { source: SiteSource; announced: boolean } }

/** Takes the place of what was made before; answers its digest. */
export function keepSite(frame: SiteFrame, made: readonly MadePage[], reports: SiteReports): string {
  const source = sourceOf(frame, made, reports)
  shared[key] = { source, announced: false }
  return source.digest
}

/** Tells that the site comes from there, so that nobody else makes one. */
export function announceSite(source: SiteSource): void {
  shared[key] = { source, announced: true }
}

export function isSiteAnnounced(): boolean {
  return shared[key]?.announced === true
}

/** Throws where nothing was made. */
export function sharedSite(): SiteSource {
  const source = shared[key]?.source
  if (source === undefined) throw new Error('The playbook was not loaded, so there is nothing to show.')
  return source
}

/** Different each time it is asked for. */
export function newDigest(): string {
  return `${process.pid}-${performance.now()}`
}

function sourceOf(frame: SiteFrame, made: readonly MadePage[], reports: SiteReports): SiteSource {
  const byType = Map.groupBy(made, ({ page }) => page.type)
  const byName = new Map(made.map(({ name, page }) => [`${page.type}/${name}`, page]))
  return {
    digest: newDigest(),
    frame: async () => frame,
    page: async (type, name) => {
      const page = byName.get(`${type}/${name}`)
      if (page === undefined) throw new Error(`There is no page ${type}/${name}.`)
      return page
    },
    pages: async (type) => (byType.get(type) ?? []).map(({ page }) => page),
    records: async () => made.map(({ record }) => record),
    reports: async () => reports,
  }
}
