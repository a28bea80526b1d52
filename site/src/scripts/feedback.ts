/**
 * Fills the feedback file in while one types, so that every way it can travel carries it whole.
 *
 * Nothing is sent from here: the links lead to the code host or the mail program, and who one is is kept in this
 * browser only. What is too long for a link is copied when it is followed, and the page says so: nothing is cut.
 */
import { feedbackFile, formLink, mailLink, newFileLink, type Told, type Way } from '../show/feedback-file.ts'

const form = document.querySelector<HTMLFormElement>('form[data-tell]')
if (form !== null) start(form)

function start(form: HTMLFormElement): void {
  const part = <T extends HTMLElement>(name: string): T | null => form.querySelector<T>(`[data-tell-${name}]`)
  const { on = '', mail, form: address, host, address: newFile, folder } = form.dataset
  const field = (name: string): HTMLInputElement | null => form.querySelector(`[name="${name}"]`)
  const mark = Math.random().toString(36).slice(2, 6)
  let aboutEvidence = false

  const told = (): Told => ({
    on,
    by: field('by')?.value ?? '',
    date: today(),
    result: field('result')?.value ?? '',
    words: field('words')?.value ?? '',
    aboutEvidence,
  })

  const fill = (): void => {
    const now = told()
    const lead = (name: string, { href, whole }: Way): void => {
      const link = part<HTMLAnchorElement>(name)
      if (link === null) return
      link.href = href
      // This page stays, to say what to do and to copy from again.
      link.target = whole ? '' : '_blank'
      link.dataset['pasted'] = whole ? '' : name === 'mail' ? now.words.trim() : feedbackFile(now)
    }
    if (newFile !== undefined && folder !== undefined && (host === 'github' || host === 'gitlab'))
      lead('file', newFileLink({ host, address: newFile, folder }, now, mark))
    if (mail !== undefined) lead('mail', mailLink(mail, now))
    if (address !== undefined) lead('form', formLink(address, now))
    keep('playproof:by', now.by)
  }

  const by = field('by')
  const known = kept('playproof:by')
  if (by !== null && known !== undefined) by.value = known
  for (const hidden of ['fields', 'copying']) part(hidden)?.removeAttribute('hidden')
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', fill)
  const say = (words: string): void => {
    const said = part('said')
    if (said !== null) said.textContent = words
  }
  part('copy')?.addEventListener('click', () => {
    navigator.clipboard.writeText(feedbackFile(told())).then(
      () => say('Copied. Paste it where marketing reads it.'),
      () => say('This browser lets no page copy. Use one of the links.'),
    )
  })
  for (const link of form.querySelectorAll<HTMLAnchorElement>('.tell-ways a'))
    link.addEventListener('click', () => {
      const text = link.dataset['pasted'] ?? ''
      if (text === '') return
      navigator.clipboard.writeText(text).then(
        () =>
          say(
            'Your words may not fit into the link, so they were copied as well: paste them if they are missing there.',
          ),
        () =>
          say(
            'Your words may not fit into the link, and this browser lets no page copy: take them from the field above if they are missing there.',
          ),
      )
    })
  for (const report of document.querySelectorAll('[data-tell-evidence]'))
    report.addEventListener('click', (event) => {
      event.preventDefault()
      aboutEvidence = true
      const result = field('result')
      if (result !== null) result.value = 'failed'
      const question = part('question')
      if (question !== null) question.textContent = 'Which deal, and what is wrong with it'
      fill()
      field('words')?.focus()
      form.scrollIntoView({ block: 'center' })
    })
  fill()
}

/** By the clock of whoever writes. */
function today(): string {
  const now = new Date()
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
}

function kept(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Then it is asked again.
  }
}
