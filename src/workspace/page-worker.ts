/**
 * The worker of {@link PageReader}: reads one text after another to facts.
 */
import { parentPort } from 'node:worker_threads'
import type { PageLimits } from '../page/page.ts'
import { parsePage } from '../page/parse-page.ts'
import { loadMarkdownEngine } from './markdown-engine.ts'

export interface PageQuestion {
  readonly number: number
  readonly text: string
  readonly limits: PageLimits
}

const engine = loadMarkdownEngine()

parentPort?.on('message', async ({ number, text, limits }: PageQuestion) => {
  parentPort?.postMessage({ number, facts: parsePage(text, await engine, limits) })
})
