/**
 * Builds what the studio's server hands to a browser: `node src/setup/build-studio.mjs <folder>`.
 *
 * First the extension, exactly as it goes into the .vsix, then the page around it. Source maps and sounds are left
 * out. The build fails where something is bundled whose licence THIRD-PARTY-NOTICES.txt does not name.
 * A process of its own, because only it pays for loading Vite; {@link ./fresh-studio.mjs} decides when.
 */
import { copyFileSync, cpSync, globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle } from 'tsdown'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
const notices = join(root, 'THIRD-PARTY-NOTICES.txt')

/** Puts the extension into `folder`: its manifest, its pictures, and one bundle for each kind of host. */
export async function buildExtension(folder) {
  cpSync(join(root, 'src/editor/vsix'), folder, { recursive: true })
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
  copyFileSync(notices, join(folder, 'THIRD-PARTY-NOTICES.txt'))
  const hosts = [
    { entry: 'src/editor/main.ts', platform: 'node', name: 'main.cjs' },
    { entry: 'src/editor/browser.ts', platform: 'browser', name: 'browser.cjs' },
  ]
  for (const { entry, platform, name } of hosts) {
    await bundle({
      config: false,
      cwd: root,
      entry: { [name.replace('.cjs', '')]: entry },
      outDir: folder,
      format: 'cjs',
      platform,
      target: 'es2023',
      deps: {
        neverBundle: ['vscode'],
        alwaysBundle: (id) => id !== 'vscode' && !id.startsWith('node:'),
        onlyBundle: false,
      },
      inputOptions: { resolve: { conditionNames: [platform, 'import', 'default'] } },
      outputOptions: { entryFileNames: name, codeSplitting: false },
      plugins: [noticed],
      minify: true,
      clean: false,
      dts: false,
      report: false,
      logLevel: 'error',
    })
  }
}

async function buildPage(folder) {
  await build({
    configFile: false,
    root: join(root, 'src/studio/page'),
    base: './',
    logLevel: 'error',
    publicDir: false,
    resolve: { dedupe: ['vscode', 'monaco-editor', '@codingame/monaco-vscode-api'] },
    worker: { format: 'es', plugins: () => [noticed] },
    plugins: [noticed],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'esnext',
      assetsInlineLimit: 0,
      sourcemap: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
    },
  })
  for (const path of globSync('**/*.{map,mp3}', { cwd: folder })) rmSync(join(folder, path))
}

/** Fails the build where the notices lack a package that is bundled. */
const noticed = {
  name: 'playproof:notices',
  buildEnd() {
    const known = readFileSync(notices, 'utf8')
    const missing = new Set()
    for (const id of this.getModuleIds()) {
      const name = /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(id)?.[1]?.replace('\\', '/')
      if (name === undefined || name.startsWith('@codingame/') || name === 'monaco-editor' || name === 'vscode')
        continue
      if (!known.includes(`\n${name} `)) missing.add(name)
    }
    if (missing.size > 0) this.error(`THIRD-PARTY-NOTICES.txt lacks ${[...missing].sort().join(', ')}`)
  },
}

const folder = process.argv[2]
if (process.argv[1] === fileURLToPath(import.meta.url) && folder !== undefined) {
  try {
    await buildPage(folder)
    await buildExtension(join(folder, 'extension'))
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
