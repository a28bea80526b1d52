/**
 * The worker of the bounded remark engine: parses one text after another until it is ended.
 */
import { type MessagePort, workerData } from 'node:worker_threads'
import { remarkEngine } from '../page/remark-engine.ts'

const { port, signal } = workerData as { port: MessagePort; signal: Int32Array<SharedArrayBuffer> }

port.on('message', (text: string) => {
  let tree: string | undefined
  try {
    tree = JSON.stringify(remarkEngine.parse(text))
  } catch {
    // Nesting past the stack: the page's reader says so.
  }
  port.postMessage({ tree })
  Atomics.store(signal, 0, 1)
  Atomics.notify(signal, 0)
})
