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

/** The link that opens the code host with the file filled in; `mark` keeps two of one day apart. */
export function newFileLink(to: NewFile, told: Told, mark: string): string {
  const path = `${to.folder}/${fileName(told, mark)}`
  const [name, content] = to.host === 'gitlab' ? ['file_name', 'content'] : ['filename', 'value']
  return `${to.address}?${name}=${encodeURIComponent(path)}&${content}=${encodeURIComponent(feedbackFile(told))}`
}

/** The link that opens a mail which `playproof new feedback --from` understands. */
export function mailLink(to: string, told: Told): string {
  const { on, by, result, words, aboutEvidence } = told
  const lines = [
    `On: ${on}`,
    ...(by === '' ? [] : [`By: ${by}`]),
    `Result: ${result || '(worked, changed or failed)'}`,
    ...(aboutEvidence ? ['Tags: evidence'] : []),
    '',
    words.trim() || 'What happened, in your words.',
  ]
  const subject = `${aboutEvidence ? 'Broken evidence' : 'Feedback'}: ${on}`
  return `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines.join('\r\n').replace(/\r?\n/g, '\r\n'))}`
}

/** The link to a form that takes a title and a body, as issue forms do. */
export function formLink(to: string, told: Told): string {
  const title = `${told.aboutEvidence ? 'Broken evidence' : 'Feedback'}: ${told.on}`
  return `${to}${to.includes('?') ? '&' : '?'}title=${encodeURIComponent(title)}&body=${encodeURIComponent(feedbackFile(told))}`
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
