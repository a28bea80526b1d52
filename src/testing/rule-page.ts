/**
 * Reads a rule's page: its promise and the examples that are run as tests.
 */

export interface RuleExample {
  /** The heading it stands under: `Reported` or `Not reported`. */
  readonly section: string
  readonly files: Readonly<Record<string, string>>
  readonly findings: string
}

/** The examples of a page: named files, then a `findings` block that closes each example. */
export function examplesIn(markdown: string): RuleExample[] {
  const examples: RuleExample[] = []
  let section = ''
  let name: string | undefined
  let files: Record<string, string> = {}
  const lines = markdown.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    const fence = /^(`{3,})(\w*)$/.exec(line)
    if (fence === null) {
      if (line.startsWith('## ')) section = line.slice(3)
      name = /^`([^`]+)`$/.exec(line)?.[1] ?? (line.trim() === '' ? name : undefined)
      continue
    }
    const end = lines.indexOf(fence[1] ?? '```', i + 1)
    const content = lines
      .slice(i + 1, end)
      .map((each) => `${each}\n`)
      .join('')
    if (fence[2] === 'findings') {
      examples.push({ section, files, findings: content.trim() })
      files = {}
    } else if (name !== undefined) files[name] = unescaped(content)
    name = undefined
    i = end
  }
  return examples
}

/** What no page can show stands as the tool shows it: `\u{200b}` is a zero-width space. */
function unescaped(text: string): string {
  return text.replace(/\\u\{([0-9a-f]{1,6})\}/g, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  )
}
