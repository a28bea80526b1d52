/**
 * The drawings that a page uses more than once: verdict marks, and icons from Lucide 1.62.0 (`../icons/LICENSE`), of
 * which only those lie here that are used, because the whole set weighs 67 MB.
 *
 * Text and not a template: it is the same on every page, and thousands of pages are drawn.
 */
import type { Mark } from '../content/page-types.ts'
import { steps } from '../show/words.ts'

const files = import.meta.glob<string>('../icons/*.svg', { query: '?raw', import: 'default', eager: true })

export type IconName = 'arrow-left' | 'check' | 'copy' | 'phone' | 'printer' | 'triangle-alert'

const bars = [0, 1, 2, 3].map((step) => `M${step * 5 + 0.5} 13.5v-${(step + 1) * 3.25}h4v${(step + 1) * 3.25}z`)

/** A `<symbol>` each: `#icon-copy`, `#mark-proven`. */
export const signs = [
  ...Object.entries(files).map(([path, text]) => {
    const shapes = text.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '').replace(/\s*\n\s*/g, '')
    return `<symbol id="icon-${path.replace(/^.*\/|\.svg$/g, '')}" viewBox="0 0 24 24">${shapes}</symbol>`
  }),
  ...(Object.keys(steps) as Mark[]).map((mark) => {
    const filled = steps[mark] === 0 ? '' : `<path class="filled" d="${bars.slice(0, steps[mark]).join('')}"/>`
    const empty = steps[mark] === bars.length ? '' : `<path class="step" d="${bars.slice(steps[mark]).join('')}"/>`
    const strike = mark === 'retired' ? '<path class="strike" d="M0 13 20 1"/>' : ''
    return `<symbol id="mark-${mark}" class="mark-${mark}" viewBox="0 0 20 14">${filled}${empty}${strike}</symbol>`
  }),
].join('')
