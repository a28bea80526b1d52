/**
 * What `vitest run` runs, in four projects that can be asked for by name (`--project unit`).
 *
 * Unit tests stand next to what they test; `test/` holds what crosses rooms; tests of the ledger's engines
 * and of the browser are projects of their own because only they need a PostgreSQL, or Chromium.
 */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      // Nothing here waits, but a shared machine may be slow.
      { test: { name: 'unit', include: ['src/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/ledger/**', 'test/bench/peers/**'],
          // These start processes; on a busy machine a start alone may take seconds.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'ledger',
          include: ['test/ledger/**/*.test.ts'],
          globalSetup: 'test/ledger/start-postgres.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/find-chromium.ts', 'test/browser/build-demonstration.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          // A first search loads its index and starts a worker.
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
})
