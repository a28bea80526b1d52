/**
 * A VS Code server for {@link ./run.ts}: code-server, found or installed, and started on a folder.
 *
 * It is no dependency, because it is 620 MB and its native modules are compiled for minutes; so it lies in the user's
 * cache folder, or where PLAYPROOF_CODE_SERVER says. What it starts is one group of processes, which ends as one.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { userCacheFolder } from '../../src/workspace/work-cache.ts'

const VERSION = '4.139.1'
const PROGRAM = 'node_modules/.bin/code-server'
const NATIVE = 'node_modules/code-server/lib/vscode/node_modules'

/** The path of a `code-server`; installs it where there is none, which `say` is told first. */
export function findCodeServer(say: (text: string) => void): string {
  const own = process.env.PLAYPROOF_CODE_SERVER
  if (own !== undefined && own !== '') {
    if (!existsSync(own)) throw new Error(`PLAYPROOF_CODE_SERVER names \`${own}\`, and there is no such file.`)
    return own
  }
  const folder = join(userCacheFolder(), `code-server-${VERSION}`)
  if (!existsSync(folder)) {
    say(
      `Installs code-server ${VERSION} (VS Code 1.139.1) into ${folder}, once: 620 MB, and five to fifteen minutes, because it is compiled.`,
    )
    install(folder)
  }
  return join(folder, PROGRAM)
}

/** Installs into a folder of its own and renames it when it is whole: npm cannot go on with a tree that failed. */
function install(folder: string): void {
  const npm = process.env.npm_execpath
  if (npm === undefined) throw new Error('npm installs code-server: start this as `npm run test:vscode`.')
  const work = `${folder}.${process.pid}`
  mkdirSync(work, { recursive: true })
  try {
    writeFileSync(join(work, 'package.json'), '{ "private": true }\n')
    const quiet = ['--loglevel=error', '--no-audit', '--no-fund']
    const ran = spawnSync(process.execPath, [npm, 'install', ...quiet, `code-server@${VERSION}`], {
      cwd: work,
      env: { ...process.env, PATH: pathWithThisNode() },
      stdio: ['ignore', 2, 2],
    })
    if (ran.status !== 0 || !existsSync(join(work, NATIVE)))
      throw new Error(
        'code-server could not be installed (see above). It needs the package registry, a C++ compiler, Python, and on Debian the packages libkrb5-dev, libsecret-1-dev, libx11-dev, libxkbfile-dev and pkg-config. PLAYPROOF_CODE_SERVER names one that is installed already.',
      )
    renameSync(work, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

export class CodeServer {
  readonly #program: string
  readonly #folder: string
  readonly #env: NodeJS.ProcessEnv
  #process: ChildProcess | undefined

  /** All that it keeps goes into `folder`; it and everything it starts sees `env` and no other. */
  constructor(program: string, folder: string, env: NodeJS.ProcessEnv) {
    this.#program = program
    this.#folder = folder
    // Without this it asks open-vsx.org for extensions.
    this.#env = { ...env, PATH: pathWithThisNode(), EXTENSIONS_GALLERY: '{}' }
    mkdirSync(join(folder, 'data/User'), { recursive: true })
    writeFileSync(join(folder, 'data/User/settings.json'), JSON.stringify(quietSettings))
  }

  /** Installs a packed extension; gives what it says. */
  installExtension(path: string): string {
    return execFileSync(this.#program, [...this.#own(), '--install-extension', path], {
      env: this.#env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /** Starts it on a free port of this machine; gives the address to open, which asks for the password. */
  start(opened: string, password: string): Promise<string> {
    const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-proxy']
    const args = [...this.#own(), ...quiet, '--auth', 'password', '--bind-addr', '127.0.0.1:0', opened]
    const child = spawn(this.#program, args, {
      // A group of its own, so that what it starts can be ended with it.
      detached: true,
      env: { ...this.#env, PASSWORD: password },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    let said = ''
    return new Promise((resolve, reject) => {
      const hear = (bytes: Buffer): void => {
        said += bytes.toString()
        const found = /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1]
        if (found !== undefined) resolve(found)
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('error', reject)
      child.once('exit', () => reject(new Error(`code-server ended: ${said}`)))
    })
  }

  /** Ends it and everything it started; throws where something outlives that. */
  async stop(): Promise<void> {
    this.#signal('SIGTERM')
    for (const until = Date.now() + 15_000; this.#signal(0); await wait(100))
      if (Date.now() > until) throw new Error('a process of code-server did not end')
  }

  /** Ends it at once. */
  kill(): void {
    this.#signal('SIGKILL')
  }

  /** Whether anything of the group was there to be told. */
  #signal(signal: NodeJS.Signals | 0): boolean {
    const group = this.#process?.pid
    if (group === undefined) return false
    try {
      return process.kill(-group, signal)
    } catch {
      return false
    }
  }

  #own(): string[] {
    const at = (name: string): string => join(this.#folder, name)
    return ['--config', at('config.yaml'), '--user-data-dir', at('data'), '--extensions-dir', at('extensions')]
  }
}

/** VS Code as it is, but for what would ask other machines, open by itself, or save before it is told to. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
}

/** code-server is started by its `#!/usr/bin/env node`, and wants the Node it was compiled for. */
function pathWithThisNode(): string {
  return [dirname(process.execPath), process.env.PATH].join(delimiter)
}
