/**
 * Makes the content of a site in a worker, so that the playbook is read while Astro compiles the templates, and pages
 * are scanned while further ones are drawn.
 */
import { Worker } from 'node:worker_threads'
import type { SitePage } from '../../site/src/content/page-types.ts'
import type { WholeSite } from '../../site/src/content/site-pages.ts'
import type { Audience } from '../audience/audience.ts'
import type { Finding } from '../check/finding.ts'
import { Fault } from '../workspace/fault.ts'
import type { Scan } from '../workspace/scan-site.ts'

export interface SiteOrder {
  /** The folder that holds the playbook. */
  readonly root: string
  readonly asOf: string | undefined
  readonly audience: Audience
  readonly base: string
  /** Where the files of the site are written. */
  readonly folder: string
}

/** A customer's name on a page for partners. */
export type NamedCustomer = Pick<Finding, 'file' | 'range' | 'text'>

/** What stops a site for partners: they would read names that were not given to them. */
export class CustomersNamed extends Error {
  readonly named: readonly NamedCustomer[]

  constructor(named: readonly NamedCustomer[]) {
    super('partners would read names of customers')
    this.name = 'CustomersNamed'
    this.named = named
  }
}

/** A file of the site. */
export type SiteFile = readonly [name: string, content: string | Uint8Array]

/** Files to write; none are left where there are none. */
export type ToSiteWorker = readonly SiteFile[]

export interface FromSiteWorker {
  readonly fault?: string
  readonly named?: readonly NamedCustomer[]
  readonly pages?: readonly SitePage[]
  /** After the last pages. */
  readonly site?: Omit<WholeSite, 'pages'>
  /** So many files more are written and scanned. */
  readonly written?: number
  readonly scan?: Scan
}

export class SiteMaker {
  /** Rejects with {@link Fault} or {@link CustomersNamed} where the playbook stops the site. */
  readonly site: Promise<WholeSite>
  readonly #scan: Promise<Scan>
  readonly #worker: Worker
  #files: SiteFile[] = []
  #underWay = 0
  #room = Promise.resolve()
  #makeRoom = (): void => {}

  constructor(order: SiteOrder) {
    const file = import.meta.url.endsWith('.ts') ? './site-worker.ts' : './site-worker.mjs'
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: order })
    const site = Promise.withResolvers<WholeSite>()
    const scan = Promise.withResolvers<Scan>()
    const fail = (error: Error): void => {
      site.reject(error)
      scan.reject(error)
      // Who waits for room would wait for ever.
      this.#makeRoom()
    }
    const pages: SitePage[] = []
    this.#worker.on('message', (message: FromSiteWorker) => {
      if (message.fault !== undefined) fail(new Fault(message.fault))
      if (message.named !== undefined) fail(new CustomersNamed(message.named))
      if (message.pages !== undefined) pages.push(...message.pages)
      if (message.site !== undefined) site.resolve({ ...message.site, pages })
      if (message.written !== undefined) this.#wrote(message.written)
      if (message.scan !== undefined) scan.resolve(message.scan)
    })
    this.#worker.on('error', fail)
    this.#worker.on('exit', () => fail(new Error('The worker that makes the site ended early.')))
    this.site = site.promise
    this.#scan = scan.promise
    for (const promise of [this.site, this.#scan]) promise.catch(() => {})
  }

  /** Has a file of the site written and scanned; resolves when another may follow. */
  write(name: string, content: string | Uint8Array): Promise<void> {
    this.#files.push([name, content])
    if (this.#files.length >= atATime) this.#send()
    return this.#room
  }

  /** Waits for the scan of all that was written, and of whatever else the folder holds. */
  scanned(): Promise<Scan> {
    if (this.#files.length > 0) this.#send()
    this.#send()
    return this.#scan
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #send(): void {
    this.#worker.postMessage(this.#files satisfies ToSiteWorker)
    if (this.#underWay <= mostUnderWay && this.#underWay + this.#files.length > mostUnderWay) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#room = promise
      this.#makeRoom = resolve
    }
    this.#underWay += this.#files.length
    this.#files = []
  }

  #wrote(files: number): void {
    this.#underWay -= files
    if (this.#underWay <= mostUnderWay) this.#makeRoom()
  }
}

/** So many files travel at a time: waking the other side costs as much as drawing some. */
const atATime = 16

/** So many files may wait for the other side, which is the slower one, before no more are drawn. */
const mostUnderWay = 512
