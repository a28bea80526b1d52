/**
 * Texts that cost parsers more than their length: each a page of about the size asked for.
 *
 * Every kind is one that made some Markdown or YAML reader quadratic or worse, or that aims at a loop of ours
 * (headings, waivers, links, hidden characters). All begin with fields of a good message, so that only the body or
 * the one field in question is hostile.
 */

export const mebibyte = 1_048_576

const fields = `title: One invoice
status: draft
pillar: Simplicity
claim: One invoice for all.
owners: { marketing: mia, sales: sam }
`

/** A page with this body. */
export function page(body: string, moreFields = ''): string {
  return `---\n${fields}${moreFields}${moreFields === '' || moreFields.endsWith('\n') ? '' : '\n'}---\n${body}`
}

/** `unit` until the text has `length` characters. */
function fill(unit: string, length: number): string {
  return unit.repeat(Math.max(1, Math.floor(length / unit.length)))
}

/** The `i`-th piece for i = 0, 1, … until the text has `length` characters. */
function series(piece: (index: number) => string, length: number): string {
  const pieces: string[] = []
  let total = 0
  for (let i = 0; total < length; i++) {
    const next = piece(i)
    pieces.push(next)
    total += next.length
  }
  return pieces.join('').slice(0, length)
}

/** Lines short enough to pass the limit of a line, each `unit` as often as fits. */
function lines(unit: string, length: number, width = 90_000): string {
  return fill(`${fill(unit, Math.min(width, length - 1))}\n`, length)
}

/** A line end after every 90,000 characters. */
function wrapped(text: string): string {
  const parts: string[] = []
  for (let at = 0; at < text.length; at += 90_000) parts.push(text.slice(at, at + 90_000))
  return parts.join('\n')
}

/** A name that says what the body holds, and the body for a wanted length. */
export const nastyBodies: Readonly<Record<string, (length: number) => string>> = {
  'nested quotes in one line': (n) => fill('>', Math.min(n, 10_000)),
  'quotes nested deeper on each line': (n) => series((i) => `${'>'.repeat((i % 99) + 1)} a\n`, n),
  'quotes nested 99 deep on every line': (n) => fill(`${'>'.repeat(99)} a\n`, n),
  'quotes of 99 levels with lazy lines': (n) => fill(`${'> '.repeat(99)}a\nb\n`, n),
  'nested lists in one line': (n) => fill('- ', Math.min(n, 20_000)),
  'lists nested deeper on each line': (n) => series((i) => `${'  '.repeat(i % 100)}- a\n`, n),
  'lists nested by tabs': (n) => series((i) => `${'\t'.repeat(i % 1_000)}- a\n`, n),
  'lists nested without an end': (n) => series((i) => `${' '.repeat(2 * i)}- a\n`, n),
  'numbered lists nested': (n) => series((i) => `${' '.repeat(3 * (i % 60))}${i}. a\n`, n),
  'a list that alternates markers': (n) => series((i) => `${'-*+'[i % 3]} a\n`, n),
  'a list of blank items': (n) => fill('-\n', n),
  'list items with blank lines': (n) => fill('- a\n\n\n', n),
  'quotes and lists in turn': (n) => fill('> - '.repeat(49).concat('a\n'), n),
  'tasks in a list': (n) => fill('- [x] a\n', n),
  'opening brackets': (n) => lines('[', n),
  'opening image brackets': (n) => lines('![', n),
  'bracket pairs': (n) => lines('[]', n),
  'nested brackets that close': (n) => `${'['.repeat(n / 2)}\n`.slice(0, 40_000) + ']'.repeat(40_000),
  'nested links': (n) => lines('[a](', n),
  'links without an end': (n) => lines('[a](b', n),
  'links with angle brackets left open': (n) => lines('[a](<b', n),
  'links with titles left open': (n) => lines('[a](b "', n),
  'links that nest': (n) => lines('[[a](b)](c)', n),
  links: (n) => fill('[a](b.md) ', Math.min(n, 49_000)),
  'more links than allowed': (n) => fill('[a](b.md)\n', n),
  images: (n) => fill('![a](b.png)\n', n),
  autolinks: (n) => fill('<http://a.b>\n', n),
  'bare addresses': (n) => fill('http://a.b/c\n', n),
  'bare addresses in one line': (n) => lines('www.a.b/', n),
  'addresses with closing parentheses': (n) => lines(`http://a.b/${')'.repeat(1000)} `, n),
  'addresses with semicolons': (n) => lines(`http://a.b/${'&a;'.repeat(1000)} `, n),
  'at signs': (n) => lines('a@', n),
  'mail addresses': (n) => lines('a@b.c ', n),
  'mail addresses without an end': (n) => lines('a.a@a-', n),
  'underscored mail addresses': (n) => lines('a_@b_', n),
  'link definitions': (n) => series((i) => `[a${i}]: b\n`, n),
  'one link definition again and again': (n) => fill('[a]: b\n', n),
  'link definitions over lines': (n) => series((i) => `[a${i}]:\nb\n"c"\n`, n),
  'link definitions left open': (n) => fill('[a]: <b\n', n),
  'link definitions with titles left open': (n) => fill('[a]: b "c\n', n),
  'references to definitions': (n) => `[a]: b\n\n${lines('[a]', n)}`,
  'references that lead nowhere': (n) => wrapped(series((i) => `[a${i}] `, n)),
  'references with long labels': (n) => lines(`[${'a'.repeat(999)}]`, n),
  'definitions and references': (n) => `${series((i) => `[a${i}]: b\n`, n / 2)}\n${series((i) => `[a${i}]\n`, n / 2)}`,
  'a long definition used often': (n) => `[a]: ${'b'.repeat(50_000)}\n\n${fill('[a]\n', n - 50_000)}`,
  footnotes: (n) => series((i) => `[^a${i}]: b\n`, n),
  'footnotes with references': (n) => `${series((i) => `[^${i}]\n`, n / 2)}\n\n${series((i) => `[^${i}]: b\n`, n / 2)}`,
  'one footnote referred to often': (n) => `[^a]: b\n\n${lines('[^a]', n)}`,
  'footnotes that nest': (n) => series((i) => `[^a${i}]: [^a${i + 1}]\n\n`, n),
  'footnotes left open': (n) => lines('[^', n),
  stars: (n) => lines('*', n),
  'stars around letters': (n) => lines('*a', n),
  'stars and underscores': (n) => lines('*a_', n),
  'stars in threes': (n) => lines('a***b ', n),
  'stars after words': (n) => lines('a* ', n),
  'double stars with letters': (n) => lines('a**b', n),
  'emphasis 10,000 deep': (n) => `${'*a '.repeat(Math.min(n / 8, 10_000))}b${' a*'.repeat(Math.min(n / 8, 10_000))}\n`,
  'emphasis of mixed marks': (n) =>
    `${'*a **a '.repeat(Math.min(n / 16, 5_000))}b${' a** a*'.repeat(Math.min(n / 16, 5_000))}\n`,
  underscores: (n) => lines('_a _', n),
  tildes: (n) => lines('~a', n),
  strikes: (n) => lines('~~a~~', n),
  'tildes left open': (n) => lines('~~a ', n),
  backticks: (n) => lines('`', n),
  'runs of backticks of every length': (n) => wrapped(series((i) => `${'`'.repeat((i % 400) + 1)}a`, n)),
  'runs of backticks, no two alike': (n) => series((i) => `${'`'.repeat(i + 1)}a\n`, n),
  'code left open': (n) => lines('`a ', n),
  'escaped backticks': (n) => lines('\\`', n),
  fences: (n) => fill('```\n', n),
  'fences left open in quotes': (n) => fill('> ```\n', n),
  'a fence left open': (n) => `\`\`\`\n${fill('a\n', n)}`,
  'indented code': (n) => fill('    a\n', n),
  'indented code and blank lines': (n) => fill('    a\n\n\n\n', n),
  'tags left open': (n) => lines('<a ', n),
  tags: (n) => lines('<a>', n),
  'tags with attributes': (n) => lines('<a b="c" ', n),
  'closing tags': (n) => lines('</a>', n),
  'html blocks': (n) => fill('<div>\n\n', n),
  'html with ids': (n) => series((i) => `<a id="a${i}"></a>\n`, n),
  'html with attributes left open': (n) => fill('<a id="\n', n),
  'html attributes in one tag': (n) => `<div ${series((i) => `a${i}="b"\n`, n)}>`,
  comments: (n) => fill('<!-- a -->\n', n),
  'comments left open': (n) => lines('<!-- a ', n),
  'comments left open on lines': (n) => fill('<!--\n\n', n),
  'comments in text': (n) => fill('a <!-- b --> c\n', n),
  'comments in one line': (n) => lines('<!---->', n),
  'comment ends': (n) => `<!-- ${lines('--', n)}`,
  declarations: (n) => lines('<!A ', n),
  instructions: (n) => lines('<?', n),
  cdata: (n) => lines('<![CDATA[', n),
  waivers: (n) => fill('<!-- playproof-ignore section/missing: a -->\n', n),
  'waivers in one line': (n) => lines('<!-- playproof-ignore section/missing: a -->', n),
  'waivers with blank lines': (n) => fill('<!-- playproof-ignore section/missing: a -->\n\n\n', n),
  'waivers left open': (n) => fill('<!-- playproof-ignore section/missing: \n', n),
  'waivers of spaces': (n) => fill(`<!-- playproof-ignore ${' '.repeat(5_000)}-->\n`, n),
  'waivers of tabs and line ends': (n) => fill(`<!-- playproof-ignore\n${'\t\n'.repeat(2_000)} -->\n`, n),
  'waivers without a reason': (n) => fill('<!-- playproof-ignore a/b until c -->\n', n),
  'a waiver with a long reason': (n) => `<!-- playproof-ignore section/missing: ${lines('a ', n)}-->\n`,
  'waivers before blank lines': (n) => fill(`<!-- playproof-ignore section/missing: a -->${'\n'.repeat(3_000)}`, n),
  'comments and spaces': (n) => fill(`<!-- playproof-ignore section/missing: a -->${' \t'.repeat(1_000)}\n`, n),
  'waivers in quotes': (n) => fill('> <!-- playproof-ignore section/missing: a -->\n', n),
  headings: (n) => fill('# a\n', n),
  'headings all alike': (n) => fill('## When to run it\n', n),
  'headings of every depth': (n) => series((i) => `${'#'.repeat((i % 6) + 1)} a${i}\n`, n),
  'headings that take each other’s anchors': (n) => series((i) => `# a-${i % 50}\n# a\n`, n),
  'headings with a line below': (n) => fill('a\n-\n', n),
  'long headings': (n) => lines('# a', n),
  'a heading as long as a line may be': (n) => fill(`# ${'a '.repeat(45_000)}\n`, n),
  'a heading over many lines': (n) => `${fill('a\n', n)}===\n`,
  'headings with closing marks': (n) => fill(`# a ${'#'.repeat(1_000)}\n`, n),
  'lines below text': (n) => fill('a\n---\n', n),
  rules: (n) => fill('***\n', n),
  'rules of spaces': (n) => lines('- ', n).replaceAll('\n', 'a\n'),
  tables: (n) => fill('a|b\n-|-\nc|d\n\n', n),
  'a table of many columns': (n) => `${'a|'.repeat(20_000)}\n${'-|'.repeat(20_000)}\n${fill('a\n', n - 80_000)}`,
  'a table of many rows': (n) => `a|b\n-|-\n${fill('c|d\n', n)}`,
  'a table of many cells': (n) => `${'a|'.repeat(300)}\n${'-|'.repeat(300)}\n${fill(`${'a|'.repeat(300)}\n`, n)}`,
  'table heads without an end': (n) => fill('a|b\n', n),
  'table lines': (n) => fill('|-|\n', n),
  pipes: (n) => lines('|', n),
  'pipes, then a delimiter row': (n) => `${lines('|', n / 2)}${lines('-|', n / 2)}`,
  'escaped pipes': (n) => `a|b\n-|-\n${lines('\\|', n)}`,
  entities: (n) => lines('&amp;', n),
  'entities unknown': (n) => lines('&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;', n),
  'numbered entities': (n) => lines('&#35;', n),
  'numbered entities too large': (n) => lines('&#9999999;', n),
  ampersands: (n) => lines('&', n),
  'entities without an end': (n) => lines('&#x', n),
  backslashes: (n) => lines('\\', n),
  escapes: (n) => lines('\\*', n),
  'backslashes at line ends': (n) => fill('a\\\n', n),
  spaces: (n) => lines(' ', n),
  'spaces between letters': (n) => lines(`a${' '.repeat(1_000)}`, n),
  'spaces at line ends': (n) => fill(`a${' '.repeat(500)}\n`, n),
  tabs: (n) => lines('\t', n),
  'tabs in quotes': (n) => fill('>\t'.repeat(50).concat('\n'), n),
  'line feeds': (n) => fill('\n', n),
  'carriage returns': (n) => fill('\r', n),
  'every kind of line end': (n) => fill('a\r\nb\rc\n\r', n),
  'letters in one line': (n) => lines('a', n),
  'short words': (n) => fill('a b c d\n', n),
  'one paragraph of lines': (n) => fill('a\n', n),
  'exclamation marks': (n) => lines('!', n),
  colons: (n) => lines(':', n),
  'plus signs': (n) => fill('+++\n', n),
  dashes: (n) => fill('---\n', n),
  'zero-width spaces': (n) => lines('\u200b', n),
  'zero-width spaces and letters': (n) => lines('a\u200b', n),
  'bidirectional controls': (n) => lines('\u202e\u202c', n),
  'joined emoji': (n) => lines('👩\u200d👧', n),
  joiners: (n) => lines('\u200d', n),
  'letters of two units': (n) => lines('𝔸', n),
  'combining marks': (n) => lines('e\u0301', n),
  'long lines of Cyrillic': (n) => lines('ж', n),
  'escape sequences': (n) => lines('\u001b[2J', n),
  'line separators': (n) => lines('a\u2028', n),
  'curly expressions': (n) => lines('{{', n),
  directives: (n) => lines(':a[b]{c}', n),
  'dollar signs': (n) => lines('$a', n),
}

/** The same for the fields: text between the two `---`. */
export const nastyFields: Readonly<Record<string, (length: number) => string>> = {
  'an alias bomb': () =>
    [
      'x-a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((letter, i) => `x-${letter}: &${letter} [${fill(`*${'abcdefghi'[i]}, `, 27)}]`),
    ].join('\n'),
  'merge keys that multiply': (n) => `x-a: &a { a: 1 }\n${series((i) => `x-b${i}: { <<: *a }\n`, Math.min(n, 3_000))}`,
  'an alias to itself': () => 'x-a: &a [*a]\n',
  'aliases that lead nowhere': (n) => series((i) => `x-a${i}: *b\n`, Math.min(n, 10_000)),
  anchors: (n) => series((i) => `x-a${i}: &a${i} b\n`, n),
  'many keys': (n) => series((i) => `x-a${i}: b\n`, n),
  'one key again and again': (n) => fill('x-a: b\n', n),
  'many values': (n) => `x-a:\n${fill('- a\n', n)}`,
  'many values in one line': (n) => `x-a: [${fill('a,', Math.min(n, 90_000))}]\n`,
  'many lines of values': (n) => `x-a: [${lines('a,', n)}]\n`,
  'nested lists in one line': (n) => `x-a: ${'['.repeat(Math.min(n, 90_000))}\n`,
  'nested maps in one line': (n) => `x-a: ${'{a: '.repeat(Math.min(n / 4, 20_000))}\n`,
  'nested dashes': (n) => `x-a:\n  ${'- '.repeat(Math.min(n / 2, 40_000))}\n`,
  'nested question marks': (n) => `${'? '.repeat(Math.min(n / 2, 40_000))}\n`,
  'maps nested by lines': (n) => series((i) => `${' '.repeat(i)}a:\n`, Math.min(n, 500_000)),
  'lists nested by lines': (n) => `x-a:\n${series((i) => `${' '.repeat(i)}-\n`, Math.min(n, 500_000))}`,
  'a quote left open': (n) => `x-a: "${fill('a\n', n)}`,
  'a single quote left open': (n) => `x-a: '${fill('a\n', n)}`,
  'a long text in quotes': (n) => `x-a: "${fill('a\n', n)}"\n`,
  'a long block of text': (n) => `x-a: |\n${fill(' a\n', n)}`,
  'a long folded text': (n) => `x-a: >\n${fill(' a\n\n', n)}`,
  'a long plain text': (n) => `x-a: a\n${fill(' a\n', n)}`,
  escapes: (n) => `x-a: "${lines('\\u0041', n)}"\n`,
  comments: (n) => fill('# a\n', n),
  'comments after values': (n) => fill('x-a: b # c\n', n),
  'blank lines': (n) => fill('\n', n),
  spaces: (n) => fill(`${' '.repeat(1_000)}\n`, n),
  tabs: (n) => fill('\t\n', n),
  tags: (n) => series((i) => `x-a${i}: !!js/function b\n`, Math.min(n, 30_000)),
  directives: (n) => fill('%YAML 1.2\n', n),
  'document ends': (n) => fill('...\n', n),
  colons: (n) => lines(':', n),
  'keys without values': (n) => series((i) => `x-${i}:\n`, Math.min(n, 8_000)),
  'keys of prototypes': () =>
    '__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\ntoString: a\nhasOwnProperty: b\n',
  'keys by question marks': (n) => series((i) => `? a${i}\n`, Math.min(n, 300_000)),
  'keys of a flow map without values': (n) => `x-a: {${series((i) => `a${i},`, Math.min(n, 90_000))}}\n`,
  'keys of a flow map over lines': (n) => `x-a: {\n${series((i) => ` a${i},\n`, Math.min(n, 300_000))} }\n`,
  'aliases of a large list': () => `x-a: &a b\nx-b: &b [${fill('*a, ', 360)}]\nx-c:\n${fill('- c\n', 40_000)}`,
  'aliases that multiply in a large text': () =>
    `x-c:\n${fill('- c\n', 32_000)}x-a: &a [b]\nx-b: &b [${fill('*a, ', 160)}]\nx-d: &d [${fill('*b, ', 120)}]\nx-e: [${fill('*d, ', 40)}]\n`,
  'citations that are wrong': (n) => `evidence:\n${series((i) => `- [${i}]\n`, Math.min(n, 80_000))}`,
  'citations with unknown fields': (n) => `evidence:\n${series((i) => `- { dael: ${i} }\n`, Math.min(n, 14_000))}`,
  dashes: (n) => fill('----\n', n),
  'percent signs': (n) => lines('%', n),
  'closing brackets': (n) => lines(']', n),
  'large numbers': (n) => `x-a: ${'9'.repeat(Math.min(n, 90_000))}\n`,
  'numbers with exponents': (n) => series((i) => `x-a${i}: 1e${'9'.repeat(300)}\n`, Math.min(n, 200_000)),
  'long keys': (n) => `${'a'.repeat(Math.min(n, 90_000))}: b\n`,
  'keys over lines': (n) => `? ${fill('a\n ', n)}\n: b\n`,
  waivers: (n) => `waivers:\n${fill('- { rule: section/missing, reason: a }\n', Math.min(n, 30_000))}`,
  citations: (n) => `evidence:\n${series((i) => `- { deal: D-${i} }\n`, Math.min(n, 9_000))}`,
}
