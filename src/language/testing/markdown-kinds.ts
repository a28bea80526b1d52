/**
 * What Markdown becomes: the kinds of its nodes and its words.
 */
import type { Link, Nodes } from 'mdast'
import { remarkEngine } from '../../page/remark-engine.ts'

export function remark(markdown: string): { readonly kinds: readonly string[]; readonly text: string } {
  const kinds = new Set<string>()
  let text = ''
  const walk = (node: Nodes): void => {
    if (node.type === 'link') kinds.add(isItself(node) ? 'link: itself' : `link: ${node.url}`)
    else if (node.type !== 'root') kinds.add(node.type)
    if ('value' in node) text += node.value
    if ('children' in node) for (const child of node.children) walk(child as Nodes)
  }
  walk(remarkEngine.parse(markdown))
  return { kinds: [...kinds], text }
}

function isItself({ url, children }: Link): boolean {
  const [words] = children
  return words?.type === 'text' && /^(?:https?:|mailto:)/.test(url) && url.endsWith(words.value)
}
