/**
 * The site as it was made, for the templates and for the search.
 *
 * Astro compiles the loader, the templates and its own plugins apart from each other, so they share no module; they run
 * in one process, and that is where this lies. Through Astro's store or through a file all pages would have to be
 * written and read again. In a build of the command line the site comes from a worker, while Astro compiles the
 * templates; else the loader makes it.
 */
import type { WholeSite } from './site-pages.ts'

export interface MadeSite extends WholeSite {
  /** Another one for each time it was made. */
  readonly digest: string
}

const key = 'playproof:site'
const shared = globalThis as typeof globalThis & { [key]?: { made?: MadeSite; coming?: Promise<unknown> } }

/** Takes the place of what was made before; answers its digest. */
export function keepSite(site: WholeSite): string {
  const digest = `${process.pid}-${performance.now()}`
  shared[key] = { ...shared[key], made: { ...site, digest } }
  return digest
}

/** Tells that a site is being made, so that nobody else makes one. */
export function announceSite(coming: Promise<WholeSite>): void {
  const kept = coming.then(keepSite)
  // Who asks for the site hears of it.
  kept.catch(() => {})
  shared[key] = { coming: kept }
}

export function isSiteAnnounced(): boolean {
  return shared[key]?.coming !== undefined
}

/** The site, once it is there; rejects where it cannot be made. */
export async function comingSite(): Promise<MadeSite> {
  await shared[key]?.coming
  return madeSite()
}

/** Throws where nothing was made. */
export function madeSite(): MadeSite {
  const made = shared[key]?.made
  if (made === undefined) throw new Error('The playbook was not loaded, so there is nothing to show.')
  return made
}
