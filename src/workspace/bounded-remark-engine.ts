/**
 * remark in a worker that is ended when a page takes more than its share of the processor.
 *
 * The pipeline is synchronous, so this thread waits on shared memory while the worker parses. What is bounded is CPU
 * time, because on a busy machine the clock runs on while nobody works; a limit by the clock stands behind it.
 */
import { once } from 'node:events'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Root } from 'mdast'
import type { MarkdownEngine } from '../page/markdown-engine.ts'
import { Fault } from './fault.ts'

/** CPU milliseconds for one page; what follows here, with the tree, takes some more. */
const mostCpu = 1_500
const mostWall = 10_000
const startWall = 10_000
/** Trees larger than this as JSON would take this thread too long. */
const mostJson = 64 * 1_048_576

/** Its `parse` throws for a page that takes too long, which the page's reader turns into a finding. */
export async function boundedRemarkEngine(): Promise<MarkdownEngine> {
  let running: RunningWorker | undefined = new RunningWorker()
  await running.started()
  return {
    name: 'remark',
    parse(text) {
      running ??= new RunningWorker()
      const tree = running.parse(text)
      if (tree !== undefined) return tree
      running.end()
      running = undefined
      throw new Error('the page takes too long to parse')
    },
  }
}

class RunningWorker {
  readonly #worker: Worker
  readonly #port
  /** 1 once the worker has started or has answered; 0 is set before each question. */
  readonly #signal = new Int32Array(new SharedArrayBuffer(4))
  #ready = false

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const file = import.meta.url.endsWith('.ts') ? './remark-worker.ts' : './remark-worker.mjs'
    this.#worker = new Worker(new URL(file, import.meta.url), {
      workerData: { port: port2, signal: this.#signal, mostJson },
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    this.#worker.unref()
    this.#worker.on('error', () => {})
  }

  /** Throws {@link Fault} where the worker cannot be started at all. */
  async started(): Promise<void> {
    this.#worker.ref()
    const failed = once(this.#worker, 'exit').then(
      () => false,
      () => false,
    )
    const begun = Atomics.waitAsync(this.#signal, 0, 0, startWall)
    const ready = await Promise.race([failed, Promise.resolve(begun.value).then((outcome) => outcome !== 'timed-out')])
    this.#worker.unref()
    if (!ready)
      throw new Fault(
        'the Markdown reader could not be started. Install Playproof again, or leave PLAYPROOF_MARKDOWN unset.',
      )
  }

  /** Undefined where it takes too long. */
  parse(text: string): Root | undefined {
    // The worker's start is no fault of the page that happens to be first.
    this.#ready ||= this.#waited(Number.POSITIVE_INFINITY, startWall)
    if (!this.#ready) return undefined
    Atomics.store(this.#signal, 0, 0)
    this.#port.postMessage(text)
    if (!this.#waited(mostCpu, mostWall)) return undefined
    const answer = receiveMessageOnPort(this.#port) as { message: { tree?: string } } | undefined
    return answer?.message.tree === undefined ? undefined : (JSON.parse(answer.message.tree) as Root)
  }

  /** Whether the worker answers before it has used `cpu` milliseconds, or `wall` have passed. */
  #waited(cpu: number, wall: number): boolean {
    const before = process.cpuUsage()
    const end = performance.now() + wall
    while (Atomics.wait(this.#signal, 0, 0, 50) === 'timed-out') {
      // This thread sleeps, so what the process uses is what the worker uses.
      const { user, system } = process.cpuUsage(before)
      if ((user + system) / 1_000 > cpu || performance.now() > end) return false
    }
    return true
  }

  end(): void {
    this.#port.close()
    void this.#worker.terminate()
  }
}
