/**
 * The tools Playproof is measured against, set up as their own documentation says.
 *
 * They are installed once, at pinned versions, into `.playproof/peers`, so that no project dependency can
 * change a figure. Each peer gets the very pages that Playproof gets; what it does not check is said in
 * the table, not hidden.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { schemas } from '../../src/model/entity.ts'
import { type EntityType, folders } from '../../src/model/entity-types.ts'
import type { Command } from './measure.ts'
import { setAside } from './set-aside.ts'

const RECIPE = fileURLToPath(new URL('./peers/', import.meta.url))

/** Installs the peers where their list changed since; answers the folder. */
export function installPeers(work: string): string {
  const folder = join(work, 'peers')
  const wanted = readFileSync(join(RECIPE, 'package.json'), 'utf8')
  const stamp = join(folder, 'node_modules/.installed')
  const current = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  mkdirSync(folder, { recursive: true })
  cpSync(RECIPE, folder, { recursive: true })
  if (!current) {
    // Under this Node: with an older one npm would choose older versions of what the peers need.
    const npm = process.env.npm_execpath
    if (npm === undefined)
      throw new Error('Run the benchmark with `npm run bench`, which knows the npm to install its peers with.')
    process.stderr.write('Installing the peers into .playproof/peers, once.\n')
    execFileSync(process.execPath, [npm, 'install', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 2, 2],
    })
    writeFileSync(stamp, wanted)
  }
  return folder
}

/** remark-cli with schemas and links over the pages of a generated playbook. */
export function remark(peers: string, playbook: string): Command {
  const target = join(playbook, 'schemas')
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target)
  for (const [type, schema] of Object.entries(schemas)) {
    const json = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' })
    writeFileSync(join(target, `${folders[type as EntityType]}.json`), JSON.stringify(json))
  }
  const args = [
    '--no-config',
    '--rc-path',
    join(peers, 'remarkrc.mjs'),
    '--quiet',
    '--frail',
    '--no-stdout',
    'playbook',
  ]
  return { name: 'remark-cli', args: [join(peers, 'node_modules/remark-cli/cli.js'), ...args], cwd: playbook }
}

/**
 * `astro build` with Starlight and its search, over the bodies of the pages: those that Playproof's site has, where each
 * play has a second one for the call, or a page for each file.
 */
export function starlight(
  work: string,
  peers: string,
  playbook: string,
  pages: 'the same pages' | 'the files',
): Command {
  const docs = join(peers, 'src/content/docs')
  return {
    name: `Starlight, ${pages}`,
    args: [join(peers, 'node_modules/astro/bin/astro.mjs'), 'build', '--silent'],
    cwd: peers,
    before: () => {
      for (const left of ['dist', '.astro', 'node_modules/.astro', 'node_modules/.vite', 'src/content/docs'])
        setAside(work, join(peers, left))
      for (const [path, text] of docsOf(playbook, pages === 'the same pages')) {
        mkdirSync(dirname(join(docs, path)), { recursive: true })
        writeFileSync(join(docs, path), text)
      }
    },
  }
}

function* docsOf(playbook: string, asBuilt: boolean): Iterable<readonly [path: string, text: string]> {
  yield ['index.md', '---\ntitle: Home\n---\n']
  for (const folder of readdirSync(join(playbook, 'playbook'), { withFileTypes: true })) {
    if (!folder.isDirectory() || folder.name === 'ledger') continue
    for (const name of readdirSync(join(playbook, 'playbook', folder.name))) {
      const text = readFileSync(join(playbook, 'playbook', folder.name, name), 'utf8')
      if (asBuilt && /^status: draft$/m.test(text)) continue
      const body = text.slice(text.indexOf('\n---\n') + 5)
      const title = JSON.stringify(/^(?:title|name): (.*)$/m.exec(text)?.[1] ?? name.slice(0, -3))
      yield [`${folder.name}/${name}`, `---\ntitle: ${title}\n---\n${body}`]
      // Nobody searches for it: the play itself is found.
      if (asBuilt && folder.name === 'plays')
        yield [
          `${folder.name}/${name.slice(0, -3)}/call.md`,
          `---\ntitle: ${title}\npagefind: false\n---\n${body.slice(Math.max(0, body.indexOf('## ')))}`,
        ]
    }
  }
}
