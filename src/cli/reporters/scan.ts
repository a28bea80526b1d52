/**
 * What a scan found, as text.
 *
 * A leak is shown with what leaked, which only its builder may read: in a CI, whose log others read, the place of the
 * secret in the playbook stands for it.
 */
import type { Audience } from '../../audience/audience.ts'
import type { Secret } from '../../audience/secrets.ts'
import { shortened, visible } from '../../source/visible.ts'
import type { Leak, Scan } from '../../workspace/scan-site.ts'
import type { Terminal } from '../terminal.ts'
import { count } from './report.ts'

/** So many leaks are told one by one. */
const mostTold = 100

export function reportScan({ files, leaks, notLookedFor }: Scan, audience: Audience, terminal: Terminal): void {
  for (const leak of leaks.slice(0, mostTold)) terminal.out(leakText(leak, isOverheard()))
  if (leaks.length > mostTold) terminal.out(`… and ${count(leaks.length - mostTold, 'more leak')}.`)
  if (notLookedFor.length > 0)
    terminal.note(
      `Not looked for, because the site itself uses the word: ${isOverheard() ? count(notLookedFor.length, 'name') : notLookedFor.map((name) => visible(shortened(name))).join(', ')}.`,
    )
  const scanned = `${count(files, 'file')} for ${audience}`
  if (leaks.length === 0) terminal.out(`Nothing above its audience in ${scanned}.`)
  else
    terminal.out(
      `${count(leaks.length, 'leak')} in ${new Set(leaks.map(({ file }) => file)).size} of ${scanned}. Take what leaks out of the pages that hold it, or give these pages another \`visibility\`.`,
    )
}

function leakText({ file, at, way, secret, times }: Leak, overheard: boolean): string {
  const place = at === undefined ? visible(file) : `${visible(file)}:${at.line}:${at.column}`
  const shown = overheard ? '' : ` ${visible(shortened(secret.value.replace(/\s+/g, ' '), 80))}`
  const how = way === 'as it is' ? '' : ` (${way})`
  return `${place} ${kindWords[secret.kind]}${shown}${how}${times > 1 ? `, ${times} times` : ''}\n  from ${visible(secret.from.file)}:${secret.from.line}`
}

const kindWords: Readonly<Record<Secret['kind'], string>> = {
  customer: "a customer's name:",
  seller: "a seller's name:",
  deal: 'the id of a deal:',
  page: 'a page that this audience has not:',
  text: 'words that this audience has not:',
  word: 'a word that only hidden text has:',
  amount: 'an exact amount:',
  day: 'the day of a deal:',
}

function isOverheard(): boolean {
  return (process.env.CI ?? '') !== '' && process.env.CI !== 'false'
}
