/**
 * The site for a language model: one page of Markdown that says what there is, with verdict and number (llmstxt.org).
 */
import type { MessagePage, PageLink, PlayPage, SiteFacts } from '../content/page-types.ts'
import { type Format, recordLine } from '../show/format.ts'
import { markWord, messageVerdict } from '../show/words.ts'

export interface LlmsPages {
  readonly plays: readonly PlayPage[]
  readonly messages: readonly MessagePage[]
  readonly others: readonly { readonly title: string; readonly pages: readonly PageLink[] }[]
}

export function llmsText(
  facts: SiteFacts,
  { plays, messages, others }: LlmsPages,
  format: Format,
  home: string,
): string {
  const run = plays.filter(({ row }) => row.group !== 'learning' && row.group !== 'retired')
  const learning = plays.filter(({ row }) => row.group === 'learning')
  const parts = [
    `# ${line(facts.title)}`,
    `> The sales plays and messages of ${line(facts.company)}, judged as of ${facts.asOf} by won and lost deals of the CRM. A verdict says how far the deals support a play: unproven, anecdotal, repeatable, proven. Quote a claim with its verdict and its number of deals, and none beyond them. [All figures as JSON](${home}playbook.json); [how they are computed](${home}about/).`,
    part(
      'Plays',
      run.map((play) => item(play, playLine(play, format))),
    ),
    part(
      'Being learned',
      learning.map((play) => item(play, 'A hypothesis, not a play to run.')),
    ),
    part(
      'Messages',
      messages
        .filter(({ status }) => status !== 'retired')
        .map((message) => item(message, `${line(message.claim)} (${messageLine(message)})`)),
    ),
    ...others.map(({ title, pages }) =>
      part(
        title,
        pages.map((page) => item(page, '')),
      ),
    ),
  ]
  return `${parts.filter((text) => text !== '').join('\n\n')}\n`
}

function playLine({ row }: PlayPage, format: Format): string {
  const record = row.figures === undefined ? [] : recordLine(row.figures, format, undefined)
  return [markWord(row.mark, row.byFit), ...record].join(' · ')
}

function messageLine({ backed, citations }: MessagePage): string {
  const counting = citations.filter(({ eligible }) => eligible).length
  return `${messageVerdict(backed)}; ${counting} of ${citations.length} cited deals count`
}

function part(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `## ${title}\n\n${items.join('\n')}`
}

function item({ title, href }: PageLink, note: string): string {
  return `- [${line(title).replace(/[[\]]/g, '\\$&')}](${href})${note === '' ? '' : `: ${note}`}`
}

/** One line: what an author wrote ends no paragraph here and opens no heading. */
function line(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
