/**
 * The one place that says how Astro builds the site: for `astro.config.mjs` of this repository and for `build`,
 * `dev` and `preview` of the command line, which start Astro without a configuration file.
 */
import { isAbsolute, join } from 'node:path'
import type { AstroInlineConfig } from 'astro'
import { writeBelow } from '../src/workspace/write-below.ts'
import { drawSite, type WriteFile } from './draw-site.ts'
import { searchIndex } from './search-index.ts'

export interface SiteFolders {
  /** The folder Astro may write its own files to: `.playproof` of the user's repository. */
  readonly root: string
  /** Where the finished site goes. */
  readonly outDir: string
  /** The path the site is served under. */
  readonly base: string
  /** The folder of this package, which holds `site/`. */
  readonly packageRoot: string
  /** The repository whose playbook is shown, so that `dev` may read it. */
  readonly playbookRoot?: string
  /** The folder of modules that `dev` may read from, where it lies outside the package. */
  readonly modules?: string
  /** Takes the files of a build, but scripts and styles, which Astro writes. */
  readonly write?: WriteFile
}

export function astroOptions({
  root,
  outDir,
  base,
  packageRoot,
  playbookRoot,
  modules,
  write = async (file, content) => void writeBelow(outDir, file, content),
}: SiteFolders): AstroInlineConfig {
  return {
    root,
    srcDir: join(packageRoot, 'site/src'),
    publicDir: join(packageRoot, 'site/public'),
    outDir,
    cacheDir: join(root, 'cache'),
    base,
    output: 'static',
    trailingSlash: 'always',
    build: { format: 'directory', inlineStylesheets: 'never' },
    devToolbar: { enabled: false },
    markdown: { syntaxHighlight: false },
    prefetch: { prefetchAll: true, defaultStrategy: 'hover' },
    integrations: [searchIndex(join(packageRoot, 'site/src/scripts/site.ts')), drawSite(write)],
    vite: {
      cacheDir: join(root, 'vite'),
      plugins: [ownAstro(packageRoot)],
      build: { sourcemap: false, assetsInlineLimit: 0 },
      // Astro imports the module of each page that it draws; in a file of its own it would be looked for each time.
      environments: { prerender: { build: { rolldownOptions: { output: { codeSplitting: false } } } } },
      server: { fs: { allow: [packageRoot, playbookRoot, modules].filter((folder) => folder !== undefined) } },
    },
  }
}

/**
 * Finds Astro's own modules from this package: its virtual modules look for them from the user's repository, which
 * need not have Astro installed where the package was run by `npx` or from elsewhere.
 */
function ownAstro(packageRoot: string) {
  return {
    name: 'playproof:own-astro',
    enforce: 'pre' as const,
    resolveId(this: { resolve(id: string, from: string): Promise<unknown> }, id: string, importer: string | undefined) {
      return id.startsWith('astro/') && importer !== undefined && !isAbsolute(importer)
        ? this.resolve(id, join(packageRoot, 'package.json'))
        : undefined
    },
  }
}
