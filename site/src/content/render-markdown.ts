/**
 * The text of a page to sanitised HTML, cut at its headings so that a page can be laid out.
 *
 * GitHub's allow-list decides what lives, after the parser and before anything is added by us: scripts,
 * styles, frames, forms, handlers and addresses of other kinds are gone. Images become links or their words,
 * because no page asks another origin for anything.
 */
import GithubSlugger from 'github-slugger'
import type { Element, ElementContent, Root, RootContent } from 'hast'
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import { markdownToHast } from 'satteri'

/** A `##` heading and what follows it; `cards` are its `###` headings. */
export interface Section {
  readonly title: string
  readonly slug: string
  /** What stands before the first card. */
  readonly html: string
  readonly cards: readonly Card[]
}

export interface Card {
  readonly title: string
  readonly slug: string
  readonly html: string
}

export interface Body {
  /** What stands before the first section. */
  readonly lead: string
  readonly sections: readonly Section[]
  /** Footnotes. */
  readonly notes: string
  /** The words, for the search. */
  readonly text: string
}

/** Where a link leads, and what to say beside it: “won Oct 21, 2017”. */
export interface Lead {
  readonly href: string
  readonly note?: string | undefined
}

/** Where a link of the page leads on the site; undefined where there is nothing to lead to. */
export type ResolveLink = (url: string) => Lead | undefined

export const emptyBody: Body = { lead: '', sections: [], notes: '', text: '' }

/** Changed whenever the same Markdown gives other HTML, so that no cache serves the old one. */
export const rendererVersion = 'satteri 0.10.5, hast-util-sanitize 5.0.2, site 2'

export function renderMarkdown(markdown: string, resolveLink: ResolveLink): Body {
  const parsed = markdownToHast(markdown, {
    features: { frontmatter: true, gfm: true, rawHtml: true },
    position: false,
  }) as unknown as Root
  alignByAttribute(parsed)
  const clean = sanitize(parsed, schema) as Root
  settle(clean, resolveLink)
  return cut(clean)
}

/** One sentence of Markdown, as frontmatter holds it: `code` and nothing else is marked up. */
export function codeParts(text: string): readonly { readonly code: boolean; readonly text: string }[] {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) => (/^`[^`]+`$/.test(part) ? { code: true, text: part.slice(1, -1) } : { code: false, text: part }))
}

const schema: Schema = {
  ...defaultSchema,
  // The parser prefixes the ids of footnotes itself, and a second prefix would part them from their links.
  clobberPrefix: '',
  strip: ['script', 'style'],
  protocols: { ...defaultSchema.protocols, href: ['http', 'https', 'mailto'] },
}

/** The parser aligns cells with a style, which the allow-list takes away and the content security policy forbids. */
function alignByAttribute(root: Root): void {
  walk(root, (node) => {
    const align = /^text-align: (left|right|center)$/.exec(String(node.properties['style'] ?? ''))?.[1]
    if (align !== undefined && (node.tagName === 'td' || node.tagName === 'th')) node.properties['align'] = align
  })
}

/** After the allow-list: heading ids, links, images, check boxes. */
function settle(root: Root, resolveLink: ResolveLink): void {
  const slugger = new GithubSlugger()
  replaceAll(root, (node) => {
    if (isHeading(node) && node.properties['id'] === undefined) node.properties['id'] = slugger.slug(textOf(node))
    if (node.tagName === 'input') return [boxAsSign(node)]
    if (node.tagName === 'img') return imageAsWords(node)
    if (node.tagName === 'source') return []
    if (node.tagName === 'a' && typeof node.properties['href'] === 'string') {
      const lead = resolveLink(node.properties['href'])
      if (lead === undefined) return node.children
      node.properties['href'] = lead.href
      if (isElsewhere(lead.href)) node.properties['rel'] = ['noopener', 'noreferrer']
      if (lead.note !== undefined) return [node, noteBeside(lead.note)]
    } else if (node.tagName === 'a' && node.properties['id'] === undefined && node.properties['name'] === undefined)
      return node.children
    if (node.tagName === 'table')
      return [
        {
          type: 'element',
          tagName: 'div',
          properties: { className: ['wide'], tabIndex: 0, role: 'group', ariaLabel: 'Table' },
          children: [node],
        },
      ]
    return undefined
  })
}

/** The space belongs to the note: who copies the text without it gets the author's. */
function noteBeside(note: string): Element {
  const kind = note.split(' ', 1)[0] ?? ''
  return {
    type: 'element',
    tagName: 'span',
    properties: { className: ['beside', `beside-${kind}`] },
    children: [{ type: 'text', value: ` (${note})` }],
  }
}

/** The box of a task is for reading only. */
function boxAsSign({ properties }: Element): Element {
  const [sign, label] = properties.checked ? ['☑', 'done'] : ['☐', 'to do']
  return {
    type: 'element',
    tagName: 'span',
    properties: { role: 'img', ariaLabel: label },
    children: [{ type: 'text', value: sign }],
  }
}

function imageAsWords(image: Element): ElementContent[] {
  const address = String(image.properties['src'] ?? '')
  const words = String(image.properties['alt'] ?? '')
  if (!/^https?:/i.test(address)) return words === '' ? [] : [{ type: 'text', value: words }]
  const link: Element = {
    type: 'element',
    tagName: 'a',
    properties: { href: address, rel: ['noopener', 'noreferrer'] },
    children: [{ type: 'text', value: words === '' ? 'Image' : words }],
  }
  return [link]
}

function cut(root: Root): Body {
  const lead: RootContent[] = []
  const notes: RootContent[] = []
  const sections: { head: Element; nodes: RootContent[]; cards: { head: Element; nodes: RootContent[] }[] }[] = []
  for (const node of root.children) {
    const current = sections.at(-1)
    if (node.type === 'element' && node.tagName === 'section' && node.properties['dataFootnotes'] !== undefined)
      notes.push(node)
    else if (node.type === 'element' && (node.tagName === 'h1' || node.tagName === 'h2'))
      sections.push({ head: node, nodes: [], cards: [] })
    else if (current === undefined) lead.push(node)
    else if (node.type === 'element' && node.tagName === 'h3') current.cards.push({ head: node, nodes: [] })
    else (current.cards.at(-1) ?? current).nodes.push(node)
  }
  const headed = ({ head, nodes }: { head: Element; nodes: RootContent[] }) => ({
    title: textOf(head).trim(),
    slug: String(head.properties['id'] ?? ''),
    html: html(nodes),
  })
  return {
    lead: html(lead),
    sections: sections.map((section) => ({ ...headed(section), cards: section.cards.map(headed) })),
    notes: html(notes),
    text: readingText(root).replace(/\s+/g, ' ').trim(),
  }
}

function html(nodes: RootContent[]): string {
  return toHtml({ type: 'root', children: nodes }).trim()
}

function isHeading(node: Element): boolean {
  return /^h[1-6]$/.test(node.tagName)
}

function isElsewhere(href: string): boolean {
  return /^(?:https?:)?\/\//i.test(href)
}

function textOf(node: Root | RootContent): string {
  if (node.type === 'text') return node.value
  if (!('children' in node) || isNote(node)) return ''
  return node.children.map((child) => textOf(child)).join('')
}

/** The words as one reads them on: blocks apart, a colon after a heading. */
function readingText(node: Root | RootContent): string {
  if (node.type === 'text') return node.value
  if (!('children' in node) || isNote(node)) return ''
  const words = node.children.map((child) => readingText(child)).join('')
  if (node.type !== 'element' || inline.has(node.tagName)) return words
  return isHeading(node) && /[\p{L}\p{N}]$/u.test(words) ? ` ${words}: ` : ` ${words} `
}

/** What we say beside a link is not the author's, and not found by. */
function isNote(node: Root | RootContent): boolean {
  const names = node.type === 'element' ? node.properties['className'] : undefined
  return Array.isArray(names) && names.includes('beside')
}

const inline = new Set([
  'a',
  'b',
  'strong',
  'em',
  'i',
  'code',
  'del',
  's',
  'ins',
  'sub',
  'sup',
  'span',
  'kbd',
  'q',
  'var',
  'samp',
  'tt',
])

function walk(node: Root | Element, visit: (node: Element) => void): void {
  for (const child of node.children) {
    if (child.type !== 'element') continue
    visit(child)
    walk(child, visit)
  }
}

/** Visits every element from the leaves up; what the visitor returns takes the element's place. */
function replaceAll(node: Root | Element, visit: (node: Element) => ElementContent[] | undefined): void {
  node.children = (node.children as ElementContent[]).flatMap((child) => {
    if (child.type !== 'element') return [child]
    replaceAll(child, visit)
    return visit(child) ?? [child]
  })
}
