/**
 * A script of this package on every page.
 *
 * Not as a `<script>` of a template: Astro 7.3 looks those up below its root, and this package may lie elsewhere.
 */
import type { AstroIntegration } from 'astro'

/** `file` is absolute. */
export function pageScript(file: string): AstroIntegration {
  return {
    name: `playproof:${file.replace(/^.*[\\/]/, '')}`,
    hooks: {
      'astro:config:setup': ({ injectScript }) => {
        injectScript('page', `import ${JSON.stringify(file.replaceAll('\\', '/'))}`)
      },
    },
  }
}
