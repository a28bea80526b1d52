/**
 * Where readers can tell what happened: the code host's page for a new file, an address for mail, another form.
 *
 * `feedbackTo` of playbook.yaml says so; for a new file `repository` does, or git's `origin`. Partners are told of
 * mail only: the repository is not theirs.
 */
import { isDay } from '../../../src/model/dates.ts'
import type { Remote } from '../../../src/workspace/git.ts'
import type { Tell } from './page-types.ts'
import type { Shown } from './shown.ts'

export function tellOf(shown: Shown, remote: Remote | undefined): Tell {
  const { repository, feedbackTo = '' } = shown.playbook.settings
  const mail = /^mailto:([^?\s]+)/i.exec(feedbackTo)?.[1]
  if (!shown.namesDeals) return { mail, newFile: undefined, form: undefined, people: [] }
  const given = /^https?:/i.test(feedbackTo) ? newFileAt(feedbackTo, remote) : undefined
  const form = /^https?:/i.test(feedbackTo) && given === undefined ? feedbackTo : undefined
  return {
    mail,
    newFile: given ?? repositoryAt(repository ?? remote?.address ?? '', remote),
    form,
    people: shown
      .built('person')
      .filter(({ data }) => data.until === undefined || !isDay(data.until) || data.until >= shown.reading.asOf)
      .map(({ id, data }) => ({ id, name: data.name ?? id })),
  }
}

/** `https://github.com/example/cookbook/new/main` */
function newFileAt(address: string, remote: Remote | undefined): Tell['newFile'] {
  const plain = address.replace(/[?#].*$/s, '')
  const folder = `${remote?.prefix ?? ''}playbook/feedback`
  if (/\/-\/new\/[^/]/.test(plain)) return { host: 'gitlab', address: plain, folder }
  return /^https:\/\/[^/]+\/[^/]+\/[^/]+\/new\/[^/]/.test(plain)
    ? { host: 'github', address: plain, folder }
    : undefined
}

/** From the address of a repository, as a browser or as git has it. */
function repositoryAt(address: string, remote: Remote | undefined): Tell['newFile'] {
  const parts = /^(?:https?:\/\/|ssh:\/\/|)(?:[^@/\s]+@)?([a-z0-9.-]+)(?::\d+)?[/:]([^?#\s]+?)(?:\.git)?\/?$/i.exec(
    address,
  )
  const [, host = '', path = ''] = parts ?? []
  const branch = encodeURIComponent(remote?.branch ?? 'main')
  const folder = `${remote?.prefix ?? ''}playbook/feedback`
  if (/gitlab/i.test(host)) return { host: 'gitlab', address: `https://${host}/${path}/-/new/${branch}`, folder }
  if (/github/i.test(host)) return { host: 'github', address: `https://${host}/${path}/new/${branch}`, folder }
  return undefined
}
