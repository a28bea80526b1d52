/**
 * Finds in a tracked file what belongs to one machine or one working session: paths, the machine's
 * name, session ids. Whoever clones the repository has neither, and should learn nothing about them.
 *
 * The patterns are put together from parts, so that this file does not find itself.
 */
import { homedir, hostname } from 'node:os'

const [work, root, shared, session] = ['wo|rk', 'ro|ot', 'sha|red', 'ses|sion'].map((word) => word.replace('|', ''))

const PRIVATE: readonly (readonly [string, RegExp])[] = [
  ['a path of one machine', new RegExp(`(?<![\\w.])/(${work}|${root})/`)],
  ['a path outside the repository', new RegExp(`\\.\\./${shared}/(data|design|facts)`)],
  ['a session id', new RegExp(`\\b${session}[_-]?(id)?\\s*[:=/_]\\s*['"]?[\\w-]{16,}`, 'i')],
]

/**
 * `path:line: what`, for each line that tells something private. Binary files tell nothing here;
 * names as short as an ordinary word, or the usual ones, tell nothing either.
 */
export function privateText(path: string, text: string, ownNames = [hostname(), homedir()]): string[] {
  if (text.includes('\0')) return []
  const names = ownNames
    .filter((name) => name.length >= 6 && !name.startsWith('localhost'))
    .map((name): [string, RegExp] => ['the name of one machine', new RegExp(`(?<!\\w)${literally(name)}(?!\\w)`)])
  return text.split('\n').flatMap((line, index) => {
    const what = [...PRIVATE, ...names].find(([, pattern]) => pattern.test(line))?.[0]
    return what === undefined ? [] : [`${path}:${index + 1}: ${what}`]
  })
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
