/**
 * Copies what is to be said or sent as plain text: paragraphs apart, lists with their signs, no word lost, and
 * nothing of ours between the author's.
 */

/** Each list item of these is copied by itself: the question, or all of it where no part is set off. */
for (const list of document.querySelectorAll<HTMLElement>('[data-copy-each]'))
  for (const item of list.querySelectorAll<HTMLLIElement>('.prose > :is(ul, ol) > li')) {
    const button = copyButton(list.dataset['copyEach'] ?? '')
    item.append(' ', button)
    button.addEventListener('click', () => void copy(button, askedIn(item), item))
  }

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]'))
  button.addEventListener('click', () => {
    const element = document.getElementById(button.dataset['copy'] ?? '')
    if (element !== null) void copy(button, unquoted(plainText(element)), element)
  })

function copyButton(what: string): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.setAttribute('aria-label', `Copy ${what.toLowerCase()}`)
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  icon.setAttribute('class', 'icon')
  icon.setAttribute('aria-hidden', 'true')
  icon.append(document.createElementNS('http://www.w3.org/2000/svg', 'use'))
  const word = document.createElement('span')
  word.textContent = 'Copy'
  button.append(icon, word)
  draw(button, 'copy')
  return button
}

function draw(button: HTMLElement, icon: string): void {
  button.querySelector('use')?.setAttribute('href', `#icon-${icon}`)
}

/** The question that an item begins with, in bold or in quotation marks, without these; else all of the item. */
function askedIn(item: HTMLElement): string {
  const first = item.querySelector(':scope > :is(strong, b), :scope > p:first-child > :is(strong, b):first-child')
  const whole = plainText(item)
  const bold = first === null ? '' : plainText(first)
  if (bold !== '' && whole.replace(/^(?:-|\d+\.) /, '').startsWith(bold)) return unquoted(bold)
  return unquoted(/^(?:-|\d+\.) (["“][^"”]+["”])/.exec(whole)?.[1] ?? whole.replace(/^(?:-|\d+\.) /, ''))
}

function unquoted(text: string): string {
  return /^["“]([^"“”]+)["”]$/.exec(text)?.[1] ?? text
}

/** `element` is what is selected where the browser lets no page write to the clipboard. */
async function copy(button: HTMLButtonElement, text: string, element: HTMLElement): Promise<void> {
  const word = button.querySelector('span')
  let said = 'Copied'
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Without a secure connection a page may not write to the clipboard; the reader's own key may.
    getSelection()?.selectAllChildren(element)
    said = 'Selected: press Ctrl C'
  }
  draw(button, 'check')
  button.classList.add('copied')
  if (word !== null) word.textContent = said
  announce(said)
  setTimeout(() => {
    draw(button, 'copy')
    button.classList.remove('copied')
    if (word !== null) word.textContent = 'Copy'
  }, 2500)
}

/** Read aloud, because a changed word in a button often is not. */
function announce(text: string): void {
  const known = document.querySelector('[data-announce]')
  const place = known ?? document.body.appendChild(document.createElement('p'))
  if (known === null) {
    place.className = 'unseen'
    place.setAttribute('role', 'status')
    place.setAttribute('data-announce', '')
  }
  place.textContent = ''
  setTimeout(() => {
    place.textContent = text
  }, 50)
}

/** Blocks a blank line apart, items a line each, the address of a link elsewhere behind its words. */
export function plainText(element: Node): string {
  return textIn(element)
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function textIn(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replace(/\s+/g, ' ')
  if (!(node instanceof HTMLElement) || node.matches('button, .beside, .unseen, .sr-only')) return ''
  const inside = [...node.childNodes].map((child) => textIn(child)).join('')
  if (node instanceof HTMLBRElement) return '\n'
  if (node instanceof HTMLPreElement) return `\n\n${node.textContent}\n\n`
  if (node instanceof HTMLLIElement) return `\n${signOf(node)} ${inside.trim()}`
  if (node instanceof HTMLTableRowElement) return `\n${[...node.cells].map((cell) => textIn(cell).trim()).join(' | ')}`
  if (node instanceof HTMLAnchorElement && node.origin !== location.origin && node.protocol.startsWith('http'))
    return inside.includes(node.href) ? inside : `${inside} (${node.href})`
  return /^(?:P|UL|OL|DIV|BLOCKQUOTE|H[1-6]|TABLE|DL|SECTION)$/.test(node.tagName) ? `\n\n${inside}\n\n` : inside
}

function signOf(item: HTMLLIElement): string {
  if (!(item.parentElement instanceof HTMLOListElement)) return '-'
  return `${item.parentElement.start + [...item.parentElement.children].indexOf(item)}.`
}
