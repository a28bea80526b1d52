/**
 * Reads pages in a worker, so that one that takes long holds up nobody who waits for another.
 *
 * A worker that takes too long or dies is replaced, and the page it had is reported as too intricate.
 */
import { Worker } from 'node:worker_threads'
import { tooLarge } from '../page/guard.ts'
import { noFacts, type PageFacts, type PageLimits } from '../page/page.ts'
import type { PageQuestion } from './page-worker.ts'

/** Milliseconds by the clock for one page; its engine has bounds of its own that are far below. */
const mostWall = 20_000

interface Waiting {
  readonly question: PageQuestion
  readonly answer: (facts: PageFacts) => void
}

export class PageReader {
  readonly #queue: Waiting[] = []
  #worker: Worker | undefined
  #current: Waiting | undefined
  #timer: NodeJS.Timeout | undefined
  #asked = 0

  /** The facts of `text`, which begins without a byte order mark; never rejects. */
  read(text: string, limits: PageLimits): Promise<PageFacts> {
    return new Promise((answer) => {
      this.#queue.push({ question: { number: this.#asked++, text, limits }, answer })
      this.#next()
    })
  }

  close(): void {
    clearTimeout(this.#timer)
    void this.#worker?.terminate()
    this.#worker = undefined
  }

  #next(): void {
    if (this.#current !== undefined) return
    this.#current = this.#queue.shift()
    if (this.#current === undefined) return
    this.#worker ??= this.#start()
    this.#worker.postMessage(this.#current.question)
    this.#timer = setTimeout(() => this.#giveUp(this.#worker), mostWall)
    this.#timer.unref()
  }

  #start(): Worker {
    const file = import.meta.url.endsWith('.ts') ? './page-worker.ts' : './page-worker.mjs'
    const worker = new Worker(new URL(file, import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 512 } })
    worker.unref()
    worker.on('message', ({ number, facts }: { number: number; facts: PageFacts }) => {
      if (number === this.#current?.question.number) this.#finish(facts)
    })
    worker.on('error', () => this.#giveUp(worker))
    worker.on('exit', () => this.#giveUp(worker))
    return worker
  }

  #giveUp(worker: Worker | undefined): void {
    if (worker === undefined || worker !== this.#worker) return
    this.#worker = undefined
    void worker.terminate()
    const start = { start: 0, end: 0 }
    const text = 'This text is too intricate to be read. Simplify its nesting, or split the page.'
    this.#finish({ ...noFacts, problems: [tooLarge(start, text)] })
  }

  #finish(facts: PageFacts): void {
    clearTimeout(this.#timer)
    const done = this.#current
    this.#current = undefined
    done?.answer(facts)
    this.#next()
  }
}
