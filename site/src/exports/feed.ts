/**
 * The changes as an Atom feed (RFC 4287).
 */
import type { SiteFacts } from '../content/page-types.ts'
import { typeWords } from '../show/words.ts'

export function atomFeed({ title, company, changes }: SiteFacts, home: string): string {
  const entries = changes.map(
    ({ title: page, href, on, what, type }) => `  <entry>
    <id>${urn(`${company} ${href} ${on}`)}</id>
    <title>${escaped(`${what === 'new' ? 'New' : 'Changed'}: ${page}`)}</title>
    <link href="${escaped(href)}"/>
    <updated>${on}</updated>
    <category term="${escaped(typeWords[type])}"/>
    <summary>${escaped(`${typeWords[type]} “${page}” ${what === 'new' ? 'is new' : 'changed'}.`)}</summary>
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
