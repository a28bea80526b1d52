/**
 * The site as the loader made it, for the templates and for the search.
 *
 * Astro compiles the loader, the templates and its own plugins apart from each other, so they share no module; they run
 * in one process, and that is where this lies. Through Astro's store or through a file all pages would have to be
 * written and read again.
 */
import type { WholeSite } from './site-pages.ts'

export interface MadeSite extends WholeSite {
  /** Another one for each time it was made. */
  readonly digest: string
}

const key = 'playproof:site'
const shared = globalThis as typeof globalThis & { [key]?: MadeSite }

/** Takes the place of what was made before; answers its digest. */
export function keepSite(site: WholeSite): string {
  const digest = `${process.pid}-${performance.now()}`
  shared[key] = { ...site, digest }
  return digest
}

/** Throws where nothing was made. */
export function madeSite(): MadeSite {
  const made = shared[key]
  if (made === undefined) throw new Error('The playbook was not loaded, so there is nothing to show.')
  return made
}
