/**
 * The worker of the bounded remark engine: parses one text after another until it is ended.
 */
import { type MessagePort, workerData } from 'node:worker_threads'
import { remarkEngine } from '../page/remark-engine.ts'

const { port, signal, mostJson } = workerData as {
  port: MessagePort
  signal: Int32Array<SharedArrayBuffer>
  mostJson: number
}

port.on('message', (text: string) => {
  port.postMessage({ tree: treeOf(text) })
  tell()
})
tell()

function treeOf(text: string): string | undefined {
  try {
    const tree = JSON.stringify(remarkEngine.parse(text))
    return tree.length > mostJson ? undefined : tree
  } catch {
    // Nesting past the stack: the page's reader says so.
    return undefined
  }
}

function tell(): void {
  Atomics.store(signal, 0, 1)
  Atomics.notify(signal, 0)
}
