/**
 * Preloaded into the command (`node --require`): lets the n-th change of a folder fail, or be the last thing the process does.
 *
 * PLAYPROOF_DISK holds `{ root, at, how, ending, path, text }` as JSON. `how` is an error code (`ENOSPC`), `kill`, or `write`, which
 * puts `text` into `path` as another program would. Changes are what a crash makes visible: files opened for writing,
 * writes, renames, removals and new folders below `root`, of names with an `ending` where one is given.
 */
const fs = require('node:fs')
const { syncBuiltinESMExports } = require('node:module')

const { root, at, how, ending = '', path, text } = JSON.parse(process.env.PLAYPROOF_DISK)
const { writeFileSync } = fs
const open = new Set()
let count = 0

function counted() {
  if (++count !== at) return
  if (how === 'kill') process.kill(process.pid, 'SIGKILL')
  else if (how === 'write') writeFileSync(path, text)
  else throw Object.assign(new Error(`${how}: made up`), { code: how })
}

const below = (file) => typeof file === 'string' && file.startsWith(root) && file.endsWith(ending)
for (const name of ['writeFileSync', 'renameSync', 'rmSync', 'unlinkSync', 'mkdirSync']) {
  const real = fs[name]
  fs[name] = (file, ...rest) => {
    if (below(file)) counted()
    return real(file, ...rest)
  }
}
const { openSync, writeSync } = fs
fs.openSync = (file, flags, ...rest) => {
  const writes = below(file) && typeof flags === 'string' && flags !== 'r'
  if (writes) counted()
  const handle = openSync(file, flags, ...rest)
  if (writes) open.add(handle)
  return handle
}
fs.writeSync = (handle, ...rest) => {
  if (open.has(handle)) counted()
  return writeSync(handle, ...rest)
}
syncBuiltinESMExports()
