/**
 * Keeps the line ends of a file that mixes them.
 *
 * An editor knows one line end per file, so that saving one word would change every other line of a file that has
 * two kinds. Lines that were there before get theirs back.
 */

/** `text` with the line ends that its unchanged first and last lines have in `before`. */
export function keepLineEnds(before: string, text: string): string {
  const old = linesOf(before)
  if (new Set(old.map(({ end }) => end).filter((end) => end !== '')).size < 2) return text
  const lines = linesOf(text)
  const same = (index: number, oldIndex: number): boolean => lines[index]?.words === old[oldIndex]?.words
  const most = Math.min(lines.length, old.length)
  let first = 0
  while (first < most && same(first, first)) first++
  let last = 0
  while (last < most - first && same(lines.length - 1 - last, old.length - 1 - last)) last++
  return lines
    .map(({ words, end }, index) => {
      const oldIndex = index < first ? index : index >= lines.length - last ? index + old.length - lines.length : -1
      const kept = old[oldIndex]?.end
      return words + (end !== '' && kept !== undefined && kept !== '' ? kept : end)
    })
    .join('')
}

function linesOf(text: string): { words: string; end: string }[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)].map(([, words = '', end = '']) => ({ words, end }))
}
