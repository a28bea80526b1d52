/**
 * Chooses the Markdown engine: satteri where its binary loads, remark elsewhere.
 *
 * remark can be made to work for minutes by a small hostile page, so it never runs in this thread: a worker
 * reads the pages and is ended when one takes too long.
 */
import type { MarkdownEngine } from '../page/markdown-engine.ts'

/** `wanted` is for tests and for machines where the native engine misbehaves: `PLAYPROOF_MARKDOWN=remark`. */
export async function loadMarkdownEngine(wanted = process.env.PLAYPROOF_MARKDOWN): Promise<MarkdownEngine> {
  if (wanted !== 'remark') {
    try {
      return (await import('../page/satteri-engine.ts')).satteriEngine
    } catch {
      // No binary for this machine: the reference engine does the same, slower.
    }
  }
  const { boundedRemarkEngine } = await import('./bounded-remark-engine.ts')
  return await boundedRemarkEngine()
}
