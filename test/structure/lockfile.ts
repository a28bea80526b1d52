/**
 * Judges a `package-lock.json`: whole for every platform, and naming no registry host.
 *
 * npm leaves the binary of another platform out in silence when the registry lacks it, and then
 * `npm ci` fails, for everybody. A host would tie every install to the registry of one machine.
 */
interface Package {
  readonly name?: string
  readonly version?: string
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, Package>>
}

export function lockfileFaults(lock: Lockfile): string[] {
  return Object.entries(lock.packages).flatMap(([path, { resolved, optionalDependencies }]) => [
    ...(resolved !== undefined && /^[a-z+]+:\/\//.test(resolved) ? [`${path} names a host: ${resolved}`] : []),
    ...Object.keys(optionalDependencies ?? {})
      .filter((name) => !isLocked(lock, path, name))
      .map((name) => `${path} may use ${name}, which is not locked.`),
  ])
}

/** The versions of VS Code's workbench: its packages fit together at one version only. */
export function workbenchVersions(lock: Lockfile): string[] {
  const versions = Object.entries(lock.packages).flatMap(([path, { name, version }]) =>
    `${path} ${name ?? ''}`.includes('@codingame/') && version !== undefined ? [version] : [],
  )
  return [...new Set(versions)].sort()
}

/** Looks where Node would: in the package's own `node_modules`, then in every one around it. */
function isLocked(lock: Lockfile, path: string, name: string): boolean {
  for (let folder = path; folder !== ''; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${folder}/node_modules/${name}`] !== undefined) return true
  }
  return lock.packages[`node_modules/${name}`] !== undefined
}
