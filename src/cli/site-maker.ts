/**
 * Makes the content of a site in a worker, so that the playbook is read while Astro compiles the templates, and pages
 * are drawn while further ones are made and those before are scanned.
 */
import { Worker } from 'node:worker_threads'
import { ComingSite, type PackedPage } from '../../site/src/content/coming-site.ts'
import type { SiteReports } from '../../site/src/content/report-types.ts'
import type { SiteFrame } from '../../site/src/content/site-pages.ts'
import type { Audience } from '../audience/audience.ts'
import type { Finding } from '../check/finding.ts'
import { Fault } from '../workspace/fault.ts'
import type { Scan } from '../workspace/scan-site.ts'
import { writeBelow } from '../workspace/write-below.ts'

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

/** A file of the site, and when it was written. */
export interface SiteFile {
  readonly name: string
  readonly written: string
  readonly content: Uint8Array
}

/** Files to scan; none are left where there are none. */
export type ToSiteWorker = readonly SiteFile[]

export interface FromSiteWorker {
  readonly fault?: string
  readonly named?: readonly NamedCustomer[]
  readonly frame?: SiteFrame
  readonly reports?: SiteReports
  readonly pages?: readonly PackedPage[]
  /** All pages are made. */
  readonly made?: true
  /** Files of so many bytes more are scanned. */
  readonly scanned?: number
  readonly scan?: Scan
}

export class SiteMaker {
  /** Fails with {@link Fault} or {@link CustomersNamed} where the playbook stops the site. */
  readonly site = new ComingSite()
  readonly #scan = Promise.withResolvers<Scan>()
  readonly #worker: Worker
  readonly #folder: string
  #files: SiteFile[] = []
  #underWay = 0
  /** What is still on its way then would make the folder again that was removed. */
  #closed = false
  #room = Promise.resolve()
  #makeRoom = (): void => {}

  constructor(order: SiteOrder) {
    this.#folder = order.folder
    const file = import.meta.url.endsWith('.ts') ? './site-worker.ts' : './site-worker.mjs'
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: order })
    const fail = (error: Error): void => {
      this.site.fail(error)
      this.#scan.reject(error)
      // Who waits for room would wait for ever.
      this.#makeRoom()
    }
    this.#worker.on('message', ({ fault, named, frame, reports, pages, made, scanned, scan }: FromSiteWorker) => {
      if (fault !== undefined) fail(new Fault(fault))
      if (named !== undefined) fail(new CustomersNamed(named))
      if (frame !== undefined) this.site.takeFrame(frame)
      if (reports !== undefined) this.site.takeReports(reports)
      if (pages !== undefined) this.site.takePages(pages)
      if (made) this.site.takeEnd()
      if (scanned !== undefined) this.#wasScanned(scanned)
      if (scan !== undefined) this.#scan.resolve(scan)
    })
    this.#worker.on('error', fail)
    this.#worker.on('exit', () => fail(new Error('The worker that makes the site ended early.')))
    this.#scan.promise.catch(() => {})
  }

  /** Writes a file of the site and has it scanned; resolves when another may follow. Throws {@link Fault}. */
  write(name: string, content: Uint8Array): Promise<void> {
    if (this.#closed) throw new Error(`${name} is too late: nobody wants the site any more.`)
    this.#files.push({ name, written: writeBelow(this.#folder, name, content), content })
    if (this.#files.length >= atATime) this.#send()
    return this.#room
  }

  /** Waits for the scan of all that was written, and of whatever else the folder holds. */
  scanned(): Promise<Scan> {
    if (this.#files.length > 0) this.#send()
    this.#send()
    return this.#scan.promise
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#worker.terminate()
  }

  #send(): void {
    const bytes = this.#files.reduce((sum, { content }) => sum + content.byteLength, 0)
    const whole = this.#files.flatMap(({ content: { buffer, byteLength } }) =>
      byteLength === buffer.byteLength ? [buffer] : [],
    )
    this.#worker.postMessage(this.#files satisfies ToSiteWorker, whole as ArrayBuffer[])
    if (this.#underWay <= mostUnderWay && this.#underWay + bytes > mostUnderWay) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#room = promise
      this.#makeRoom = resolve
    }
    this.#underWay += bytes
    this.#files = []
  }

  #wasScanned(bytes: number): void {
    this.#underWay -= bytes
    if (this.#underWay <= mostUnderWay) this.#makeRoom()
  }
}

/** So many files travel at a time: waking the other side costs as much as drawing some. */
const atATime = 16

/** So many bytes of files may wait for the other side, which still makes pages when the first are drawn. */
const mostUnderWay = 128 * 1024 * 1024
