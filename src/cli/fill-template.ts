/**
 * The files that `init` writes, with their placeholders filled in.
 *
 * They are real files under `src/cli/init/`, so that they are read and reviewed as what they become. `dot-` stands for
 * the leading dot, which npm would not pack everywhere. `{{company}}`, `{{version}}` and `{{days-ago:40}}` are
 * filled in; the code host's own `${{ … }}` is left alone.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { dayFromNumber, dayNumber } from '../model/dates.ts'
import { packageRoot } from '../workspace/version.ts'

export interface TemplateValues {
  readonly company: string
  readonly version: string
  /** The day that `{{days-ago:0}}` means, `YYYY-MM-DD`. */
  readonly today: string
}

export interface TemplateFile {
  /** Where it goes, relative to the root, with `/`. */
  readonly path: string
  readonly text: string
}

const folder = fileURLToPath(new URL('src/cli/init/', packageRoot))

/** Every file of `init`, those of the playbook first. */
export function filledTemplates(values: TemplateValues): TemplateFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: file.slice(folder.length).split(sep).join('/').replace(/^dot-/, '.'),
      text: fill(readFileSync(file, 'utf8'), values),
    }))
    .sort((a, b) => Number(a.path.startsWith('.')) - Number(b.path.startsWith('.')) || (a.path < b.path ? -1 : 1))
}

function fill(text: string, { company, version, today }: TemplateValues): string {
  return text.replace(/(?<!\$)\{\{([a-z-]+)(?::(\d+))?\}\}/g, (whole, name: string, number: string | undefined) => {
    if (name === 'company') return stringify(company, { lineWidth: 0 }).trimEnd()
    if (name === 'version') return version
    if (name === 'days-ago' && number !== undefined) return dayFromNumber(dayNumber(today) - Number(number))
    // Known only when all files are there: see confirm-sample.ts.
    if (name === 'fingerprint') return whole
    throw new Error(`a template of init holds ${whole}, which nothing fills in`)
  })
}
