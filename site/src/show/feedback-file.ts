/**
 * A feedback file and the ways it travels, the same in the built page and in the script that fills it in.
 *
 * What is not known yet stays blank with a word on what belongs there: `playproof check` asks for it.
 */

export interface Told {
  /** `plays/audit-deadline` */
  readonly on: string
  /** Person id; blank while unknown, as are the others. */
  readonly by: string
  readonly date: string
  readonly result: string
  readonly words: string
  /** The evidence of the page is what is wrong. */
  readonly aboutEvidence: boolean
}

/** The code host's page for a new file. */
export interface NewFile {
  readonly host: 'github' | 'gitlab'
  readonly address: string
  readonly folder: string
}

export function feedbackFile({ on, by, date, result, words, aboutEvidence }: Told): string {
  const lines = [
    `on: ${scalar(on)}`,
    `by: ${scalar(by) || ' # your id in people/'}`,
    `date: ${date || ' # the day, YYYY-MM-DD'}`,
    `result: ${result || ' # worked, changed or failed'}`,
    ...(aboutEvidence ? ['tags: [evidence]'] : []),
  ]
  return `---\n${lines.join('\n')}\n---\n\n${words.trim() || 'What happened, in your words.'}\n`
}

/** A link, and whether all that was told arrives by it: else it has to be pasted. */
export interface Way {
  readonly href: string
  readonly whole: boolean
}

/** GitHub answers `414 URI Too Long` above 8,191 bytes (github/docs#5136). Links are encoded, so bytes are characters. */
const longestLink = 8_000

/** Chrome opens no mail program above some 2,000 characters, and others cut the text. */
const longestMail = 1_900

/**
 * The link that opens the code host with the file filled in; `mark` keeps two of one day apart.
 *
 * GitLab's server takes `content`, but the editor of recent versions opens empty all the same
 * (gitlab-org/gitlab#594214), so there nobody can count on it.
 */
export function newFileLink(to: NewFile, told: Told, mark: string): Way {
  const path = `${to.folder}/${fileName(told, mark)}`
  const [name, content] = to.host === 'gitlab' ? ['file_name', 'content'] : ['filename', 'value']
  const named = `${to.address}?${name}=${encodeURIComponent(path)}`
  const filled = fitting(named, `&${content}=${encoded(feedbackFile(told))}`, longestLink)
  return to.host === 'gitlab' ? { ...filled, whole: false } : filled
}

/** The link that opens a mail which `playproof new feedback --from` understands. */
export function mailLink(to: string, told: Told): Way {
  const { on, by, result, words, aboutEvidence } = told
  const head = [
    `On: ${on}`,
    ...(by === '' ? [] : [`By: ${by}`]),
    `Result: ${result || '(worked, changed or failed)'}`,
    ...(aboutEvidence ? ['Tags: evidence'] : []),
    '',
    '',
  ]
  const subject = `${aboutEvidence ? 'Broken evidence' : 'Feedback'}: ${on}`
  const text = (words.trim() || 'What happened, in your words.').replace(/\r?\n/g, '\r\n')
  const headed = `mailto:${to}?subject=${encoded(subject)}&body=${encoded(head.join('\r\n'))}`
  return fitting(headed, encoded(text), longestMail)
}

/** The link to a form that takes a title and a body, as issue forms do. */
export function formLink(to: string, told: Told): Way {
  const title = `${told.aboutEvidence ? 'Broken evidence' : 'Feedback'}: ${told.on}`
  const titled = `${to}${to.includes('?') ? '&' : '?'}title=${encoded(title)}`
  return fitting(titled, `&body=${encoded(feedbackFile(told))}`, longestLink)
}

function fitting(head: string, rest: string, longest: number): Way {
  const whole = head.length + rest.length <= longest
  return { href: whole ? head + rest : head, whole }
}

/** Half a character, as a field may hold one after something was deleted, would end the page's script. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

function fileName({ on, date }: Told, mark: string): string {
  const page = on
    .replace(/^.*\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
  return `${[date, page, mark].filter((part) => part !== '').join('-')}.md`
}

/** As YAML: plain where that is safe. */
function scalar(text: string): string {
  return text === '' || (/^[a-z][a-z0-9/-]*$/i.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text))
    ? text
    : JSON.stringify(text)
}
