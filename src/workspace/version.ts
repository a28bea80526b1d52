/**
 * The product's version, from its package.
 */
import { readFileSync } from 'node:fs'

/** The folder of the package: two levels up from here in the sources, one from the bundle. */
export const packageRoot = findPackageRoot()

export const version: string = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')).version

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
