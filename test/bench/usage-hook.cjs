/**
 * Preloaded into a measured process (`node --require`): writes what it used to PLAYPROOF_USAGE when it ends.
 *
 * Node tells a parent nothing about what its child used, and `/usr/bin/time` is neither everywhere nor finer
 * than ten milliseconds. On Linux the kernel adds the processes it started itself and waited for.
 */
const { readFileSync, writeFileSync } = require('node:fs')
const { isMainThread } = require('node:worker_threads')

const target = process.env.PLAYPROOF_USAGE
// For this process only: its children are counted by the kernel.
delete process.env.PLAYPROOF_USAGE

if (isMainThread && target !== undefined) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    writeFileSync(
      target,
      JSON.stringify({ cpu: (user + system) / 1e6 + childrenCpu(), peak: process.resourceUsage().maxRSS / 1024 }),
    )
  })
}

/** CPU seconds of the children: fields 16 and 17 of `proc(5)`, in hundredths; the name before them may hold spaces. */
function childrenCpu() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[13]) + Number(fields[14])) / 100
  } catch {
    return 0
  }
}
