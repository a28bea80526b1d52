/**
 * The icons of the site, from Lucide 1.62.0 (`../icons/LICENSE`): only those that are used lie here, because the
 * whole set weighs 67 MB.
 */
const files = import.meta.glob<string>('../icons/*.svg', { query: '?raw', import: 'default', eager: true })

export type IconName = 'arrow-left' | 'check' | 'copy' | 'phone' | 'printer' | 'triangle-alert'

/** What is drawn, without the frame around it. */
export const icons: readonly { readonly name: string; readonly shapes: string }[] = Object.entries(files).map(
  ([path, text]) => ({
    name: path.replace(/^.*\/|\.svg$/g, ''),
    shapes: text
      .replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '')
      .replace(/\s*\n\s*/g, '')
      .trim(),
  }),
)
