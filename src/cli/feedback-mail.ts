/**
 * A mail from the field as the fields and words of a feedback page.
 *
 * The mail comes from outside: its size is bounded, its attachments are not opened, its HTML is read for words only,
 * and what remains can neither waive a rule nor hide a character. Who wrote it is who has the address.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import PostalMime from 'postal-mime'
import type { Playbook } from '../graph/playbook.ts'
import { type EntityType, folders } from '../model/entity-types.ts'
import { hiddenCharacters } from '../page/guard.ts'
import { characterReference } from '../source/character-reference.ts'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from '../workspace/fault.ts'

export interface MailedFeedback {
  /** By the name of the field; what the mail does not say is not there. */
  readonly fields: Readonly<Record<string, string>>
  /** Markdown. */
  readonly words: string
}

const mostBytes = 10 * 1_048_576
const mostWords = 20_000

/** Reads the mail in a file; `about` is the page it is on where the caller knows better. Throws {@link Fault} where it is no mail, or about nothing of this playbook. */
export async function feedbackFromMail(path: string, playbook: Playbook, about?: string): Promise<MailedFeedback> {
  const mail = await PostalMime.parse(readMail(path), { attachmentEncoding: 'arraybuffer' }).catch((cause: unknown) => {
    throw new Fault(`${visible(path)} cannot be read as a mail. Save it again as .eml.`, { cause })
  })
  const { said, words } = split(mail.text ?? wordsOfHtml(mail.html ?? ''))
  const on = about ?? said['on'] ?? targetIn(mail.subject ?? '')
  const from = mail.from?.address
  const by = said['by'] ?? personWith(from, playbook)
  const result = ['worked', 'changed', 'failed'].find((each) => each === said['result']?.toLowerCase())
  const date = dayOf(mail.headers.find(({ key }) => key === 'date')?.value ?? '')
  const tagged = said['tags']?.toLowerCase() === 'evidence' || /broken evidence/i.test(mail.subject ?? '')
  demandTarget(on, path, playbook)
  return {
    fields: Object.fromEntries(
      Object.entries({ on, by, date, result, deal: said['deal'], tags: tagged ? 'evidence' : undefined }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
      ),
    ),
    words,
  }
}

function readMail(path: string): Buffer {
  let handle: number | undefined
  try {
    handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const stat = fstatSync(handle)
    if (!stat.isFile()) throw new Fault(`${visible(path)} is no regular file. Save the mail as .eml.`)
    if (stat.size > mostBytes)
      throw new Fault(`${visible(path)} is larger than 10 MiB. Save the mail without its attachments.`)
    return readFileSync(handle)
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault(`${visible(path)} cannot be read (${codeOf(cause)}).`, { cause })
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

/** The lines `On: …` that a mail begins with, and what was written below them. */
function split(text: string): { said: Readonly<Record<string, string>>; words: string } {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const said: Record<string, string> = Object.create(null)
  let at = 0
  for (; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim()
    const [, name = '', value = ''] = /^(on|by|result|deal|tags)\s*:\s*(.*)$/i.exec(line) ?? []
    if (name !== '') said[name.toLowerCase()] ??= /^\(.*\)$/.test(value) ? '' : plain(value)
    else if (line !== '') break
  }
  return { said, words: asMarkdown(withoutTail(lines.slice(at))) }
}

/** Without a signature, and without the mail that is answered. */
function withoutTail(lines: readonly string[]): string {
  const end = lines.findIndex(
    (line, index) =>
      /^--\s*$/.test(line) ||
      /^-{2,}\s*(?:Original|Forwarded|Ursprüngliche)/i.test(line) ||
      /^(?:Sent from my|Get Outlook for|Von meinem .* gesendet|Envoyé de mon)/i.test(line) ||
      /^(?:On|Am|Le)\b.{4,200}(?:wrote|schrieb|a écrit)\b.{0,200}:\s*$/.test(
        `${line} ${lines[index + 1] ?? ''}`.trim(),
      ) ||
      /^(?:On|Am|Le)\b.{4,200}(?:wrote|schrieb|a écrit)\b.{0,200}:\s*$/.test(line),
  )
  const kept = end === -1 ? lines : lines.slice(0, end)
  return kept.filter((line) => !line.startsWith('>')).join('\n')
}

/** Words that stay words: no comment that could waive a rule, no link into the playbook, nothing unseen. */
function asMarkdown(text: string): string {
  const words = plain(text.slice(0, 2 * mostWords))
    .replaceAll('<', '&lt;')
    .replaceAll('](', ']\\(')
    .replace(/^(\s*\[[^\]\n]*\]):/gm, '$1\\:')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return words.length <= mostWords ? words : `${words.slice(0, mostWords).replace(/\s+\S*$/, '')} …`
}

/** Without what `file/hidden-characters` would find, which tells a hundred places at a time. */
function plain(text: string): string {
  let left = text.replaceAll('\0', '').toWellFormed()
  for (;;) {
    const hidden = hiddenCharacters(left).filter(({ replacement }) => replacement === '')
    if (hidden.length === 0) return left
    for (const { range } of hidden.reverse()) left = left.slice(0, range.start) + left.slice(range.end)
  }
}

function wordsOfHtml(html: string): string {
  return html
    .replace(/<(script|style|head)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<blockquote\b[\s\S]*?<\/blockquote\s*>/gi, '')
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h\d)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,31});/gi, characterReference)
}

/** `Re: Feedback: plays/audit-deadline` is about the play. */
function targetIn(subject: string): string | undefined {
  return /\b((?:plays|messages|collateral)\/[^\s/]+)/.exec(subject)?.[1]
}

function demandTarget(on: string | undefined, path: string, playbook: Playbook): void {
  if (on === undefined)
    throw new Fault(
      `${visible(path)} does not say what it is about. Say it with \`--set on=plays/audit-deadline\`, or let its subject name the page.`,
    )
  const [folder, id] = on.split('/')
  const type = (['play', 'message', 'collateral'] satisfies EntityType[]).find((each) => folders[each] === folder)
  if (type === undefined || playbook.get(type, id) === undefined)
    throw new Fault(`${visible(path)} is about \`${visible(on)}\`, and this playbook has no such page.`)
}

/** The one person with this address. */
function personWith(address: string | undefined, playbook: Playbook): string | undefined {
  if (address === undefined || address === '') return undefined
  const same = playbook
    .of('person')
    .filter(({ data }) => [data.email ?? []].flat().some((each) => each.toLowerCase() === address.toLowerCase()))
  return same.length === 1 ? same[0]?.id : undefined
}

/** `Sun, 22 Nov 2026 23:30:00 -0800` was the 22nd where it was written. */
function dayOf(header: string): string | undefined {
  const [, day = '', name = '', year = ''] = /(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})/.exec(header) ?? []
  const month = 'janfebmaraprmayjunjulaugsepoctnovdec'.indexOf(name.toLowerCase()) / 3
  if (day === '' || !Number.isInteger(month) || month < 0) return undefined
  return `${year}-${String(month + 1).padStart(2, '0')}-${day.padStart(2, '0')}`
}
