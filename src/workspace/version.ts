/**
 * The product's version, from its package.
 */
import { readFileSync } from 'node:fs'

/** The folder of the package: two levels up from here in the sources, one from the bundle. */
export const packageRoot = findPackageRoot()

export const version: string = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')).version

/**
 * What kept work is stamped with: the version and the sources the bundle was made of, since in a checkout the code
 * changes under one version. The bundler writes their hash here; run from the sources there is none, and the hour serves.
 */
export const buildStamp = `${version} ${typeof PLAYPROOF_SOURCES === 'string' ? PLAYPROOF_SOURCES : new Date().toISOString().slice(0, 13)}`

/** Put in place by `src/setup/build-bundle.mjs`. */
declare const PLAYPROOF_SOURCES: string | undefined

function findPackageRoot(): URL {
  for (const up of ['../', '../../']) {
    const candidate = new URL(up, import.meta.url)
    try {
      if (JSON.parse(readFileSync(new URL('package.json', candidate), 'utf8')).name === 'playproof') return candidate
    } catch {
      // Not here: one further up.
    }
  }
  throw new Error('the package.json of playproof is missing')
}
