/**
 * What `vitest run` runs, in three projects that can be asked for by name (`--project unit`).
 *
 * Unit tests stand next to what they test; `test/` holds what crosses rooms; browser tests are a
 * project of their own because only they need Chromium and the patience for it.
 */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      {
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/bench/peers/**'],
          // These start processes; on a busy machine a start alone may take seconds.
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
        },
      },
    ],
  },
})
