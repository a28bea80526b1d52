/**
 * `playproof studio`: starts the studio's server, and for it the programs it needs: the language server, the live site
 * and `rename`, each as a process of this same command.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startStudio, usualPort } from '../../studio/studio-server.ts'
import { Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'
import { readSettings } from '../../workspace/read-workspace.ts'
import { packageRoot } from '../../workspace/version.ts'
import { finishInterrupted } from '../../workspace/write-all.ts'
import type { Terminal } from '../terminal.ts'
import { interrupted } from './dev.ts'

export interface StudioCommandOptions {
  readonly root?: string
  readonly asOf?: string
  readonly port?: number
}

export async function studio(options: StudioCommandOptions, terminal: Terminal): Promise<number> {
  const root = findRoot(process.cwd(), options.root)
  const page = fileURLToPath(new URL('lib/studio', packageRoot))
  if (!existsSync(join(page, 'index.html')))
    throw new Fault('the page of the studio is missing from this installation. Install `playproof` again.')
  finishInterrupted({ root, name: 'the studio' })
  const { title } = readSettings(root).site
  const own = new OwnCommands(root, options.asOf)
  const server = await startStudio({
    root,
    page,
    title,
    port: options.port ?? usualPort(root),
    language: { program: process.execPath, args: own.args('lsp', '--stdio') },
    site: () => own.liveSite(),
    rename: (name, id) => own.rename(name, id),
  })
  const tell = (): void => terminal.out(`The studio: ${terminal.colors.cyan(server.openingAddress())}`)
  tell()
  terminal.note('The address lets one browser in, once. Enter shows a new one; Ctrl-C ends the studio.')
  const lines = terminal.interactive ? createInterface({ input: process.stdin }).on('line', tell) : undefined
  await interrupted()
  lines?.close()
  own.end()
  await server.stop()
  return 0
}

/** Runs commands of this program on the same playbook. */
class OwnCommands {
  readonly #root: string
  readonly #asOf: string | undefined
  #site: { readonly address: Promise<string>; readonly process: ChildProcess } | undefined

  constructor(root: string, asOf: string | undefined) {
    this.#root = root
    this.#asOf = asOf
  }

  /** What to give to Node. */
  args(...command: readonly string[]): string[] {
    const entry = fileURLToPath(new URL('src/cli/playproof.mjs', packageRoot))
    const day = this.#asOf === undefined ? [] : ['--as-of', this.#asOf]
    return [entry, '--no-color', '--root', this.#root, ...day, ...command]
  }

  liveSite(): Promise<string> {
    this.#site ??= this.#startSite()
    return this.#site.address
  }

  async rename(page: string, id: string): Promise<string> {
    const { status, said } = await this.#run('rename', '--', page, id)
    const text = said.trim()
    if (status !== 0) throw new Fault(text.replace(/^playproof: /, ''))
    return text
  }

  end(): void {
    this.#site?.process.kill()
  }

  #startSite(): { address: Promise<string>; process: ChildProcess } {
    const process = this.#spawn('dev', '--port', '0')
    let said = ''
    const address = new Promise<string>((resolve, reject) => {
      process.stdout?.on('data', (bytes: Buffer) => {
        said += bytes.toString()
        const found = /The live site: (http:\/\/localhost:\d+\/\S*)/.exec(said)?.[1]
        if (found !== undefined) resolve(found)
      })
      process.stderr?.on('data', (bytes: Buffer) => {
        said += bytes.toString()
      })
      process.on('close', () => {
        this.#site = undefined
        const why = said.trim().split('\n').at(-1) ?? ''
        reject(new Fault(`the live site could not be started. ${why.replace(/^playproof: /, '')}`))
      })
    })
    return { address, process }
  }

  async #run(...command: readonly string[]): Promise<{ status: number | null; said: string }> {
    const child = this.#spawn(...command)
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        said += bytes.toString()
      })
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
    return { status, said }
  }

  #spawn(...command: readonly string[]): ChildProcess {
    return spawn(process.execPath, this.args(...command), { stdio: ['ignore', 'pipe', 'pipe'] })
  }
}
