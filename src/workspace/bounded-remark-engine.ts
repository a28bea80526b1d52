/**
 * remark in a worker that is ended when a page takes more than two seconds.
 *
 * The pipeline is synchronous, so this thread waits on shared memory while the worker parses.
 */
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Root } from 'mdast'
import type { MarkdownEngine } from '../page/markdown-engine.ts'

const mostMilliseconds = 2_000
/** The worker's start is no fault of the page that happens to be first. */
const startMilliseconds = 10_000

/** Throws for a page that takes too long, which the page's reader turns into a finding. */
export function boundedRemarkEngine(): MarkdownEngine {
  let running: RunningWorker | undefined
  return {
    name: 'remark',
    parse(text) {
      running ??= new RunningWorker()
      const tree = running.parse(text)
      if (tree === undefined) {
        running.end()
        running = undefined
        throw new Error('the page takes too long to parse')
      }
      return tree
    },
  }
}

class RunningWorker {
  readonly #worker: Worker
  readonly #port
  readonly #signal = new Int32Array(new SharedArrayBuffer(4))
  #patience = startMilliseconds + mostMilliseconds

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    this.#worker = new Worker(
      new URL(import.meta.url.endsWith('.ts') ? './remark-worker.ts' : './remark-worker.mjs', import.meta.url),
      {
        workerData: { port: port2, signal: this.#signal },
        transferList: [port2],
        resourceLimits: { maxOldGenerationSizeMb: 512 },
      },
    )
    this.#worker.unref()
    this.#worker.on('error', () => {})
  }

  parse(text: string): Root | undefined {
    Atomics.store(this.#signal, 0, 0)
    this.#port.postMessage(text)
    if (Atomics.wait(this.#signal, 0, 0, this.#patience) === 'timed-out') return undefined
    this.#patience = mostMilliseconds
    const message = receiveMessageOnPort(this.#port) as { message: { tree?: string } } | undefined
    return message?.message.tree === undefined ? undefined : (JSON.parse(message.message.tree) as Root)
  }

  end(): void {
    this.#port.close()
    void this.#worker.terminate()
  }
}
