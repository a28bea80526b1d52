/**
 * For `npx astro` in this repository; the command line passes the same options itself.
 */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'astro/config'
import { astroOptions } from './site/astro-options.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const { root: _, ...options } = astroOptions({
  root: `${here}.playproof`,
  outDir: `${here}dist`,
  base: '/',
  packageRoot: here,
  playbookRoot: here,
})

export default defineConfig(options)
