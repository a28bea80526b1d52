/**
 * Tells when something below a folder changed.
 *
 * An event is only a hint: whoever is told reads the folder again. Events that come together are one.
 */
import { watch } from 'chokidar'

export interface Watching {
  close(): Promise<void>
}

/** Calls `changed` after saves, one call at a time; a save during a call causes one more. */
export async function watchFolder(folder: string, changed: () => Promise<void>): Promise<Watching> {
  const watcher = watch(folder, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => /(^|[/\\])\.[^/\\]+$/.test(path.slice(folder.length)),
  })
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let again = false
  const run = (): void => {
    if (running !== undefined) {
      again = true
      return
    }
    running = changed().finally(() => {
      running = undefined
      if (again) {
        again = false
        run()
      }
    })
  }
  watcher.on('all', () => {
    clearTimeout(timer)
    timer = setTimeout(run, 100)
  })
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return {
    close: async () => {
      clearTimeout(timer)
      await watcher.close()
    },
  }
}
