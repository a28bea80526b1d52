/**
 * Runs of letters and digits that are long enough to be base64 or hexadecimal.
 *
 * A regular expression would look at every sign of a page; this looks at one in so many as a run must be long, and at
 * the others only where that one belongs to a run.
 */
import { unitAt } from '../source/unit-at.ts'

/** All matches of `/[A-Za-z0-9+/_-]{16,}={0,2}/g`. */
export function* longRuns(text: string): Iterable<{ readonly run: string; readonly index: number }> {
  let start = 0
  while (start + shortestRun <= text.length) {
    let last = start + shortestRun - 1
    while (last >= start && inRun[unitAt(text, last)] === 1) last--
    if (last >= start) {
      start = last + 1
      continue
    }
    let end = start + shortestRun
    while (inRun[unitAt(text, end)] === 1) end++
    for (let padding = 0; padding < 2 && text[end] === '='; padding++) end++
    yield { run: text.slice(start, end), index: start }
    start = end
  }
}

const shortestRun = 16
const inRun = Uint8Array.from({ length: 128 }, (_, code) => (/[A-Za-z0-9+/_-]/.test(String.fromCharCode(code)) ? 1 : 0))
