/**
 * The changes as an Atom feed (RFC 4287).
 */
import type { Change, SiteFacts } from '../content/page-types.ts'
import { markWord, typeWords } from '../show/words.ts'

export function atomFeed({ title, company, changes }: SiteFacts, home: string): string {
  const entries = changes.map(
    (change) => `  <entry>
    <id>${urn(`${company} ${change.href} ${change.on}${change.was === undefined ? '' : ` ${change.was} ${change.mark}`}`)}</id>
    <title>${escaped(headline(change))}</title>
    <link href="${escaped(change.href)}"/>
    <updated>${change.on}</updated>
    <category term="${escaped(change.what === 'verdict' ? 'Verdict' : typeWords[change.type])}"/>
    <summary>${escaped(sentence(change))}</summary>
  </entry>
`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${urn(`${company} ${title}`)}</id>
  <title>${escaped(title)}</title>
  <author><name>${escaped(company)}</name></author>
  <updated>${changes[0]?.on ?? '1970-01-01T00:00:00Z'}</updated>
  <link rel="self" href="${escaped(`${home}feed.xml`)}"/>
  <link href="${escaped(home)}"/>
${entries.join('')}</feed>
`
}

function headline({ title, what, mark, byFit }: Change): string {
  if (what === 'verdict' && mark !== undefined) return `Now ${markWord(mark, byFit)}: ${title}`
  return `${what === 'new' ? 'New' : 'Changed'}: ${title}`
}

function sentence({ title, what, type, mark, byFit, was }: Change): string {
  if (was !== undefined && mark !== undefined)
    return `“${title}” is now ${markWord(mark, byFit)} by the ledger; it was ${markWord(was)}.`
  const verdict = mark === undefined ? '' : ` Its verdict: ${markWord(mark, byFit)}.`
  return `${typeWords[type]} “${title}” ${what === 'new' ? 'is new' : 'changed'}.${verdict}`
}

/** A name that stays the same for the same thing, without an address of the site, which does not know its own. */
function urn(text: string): string {
  return `urn:playproof:${encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`
}

/** Text for XML, in an element or an attribute; characters that XML cannot hold are gone. */
function escaped(text: string): string {
  return text
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write them.
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
