import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        ssr: { resolve: { conditions: ['@evals/source'] } },
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'fixtures/model-server/src/**/*.test.ts',
            'scripts/**/*.test.ts',
            'test/kills/*.test.ts',
          ],
          // Nothing is timed, and a busy machine may be many times slower.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/*.test.ts'],
          globalSetup: 'test/e2e/harness/installed-packages.ts',
          // Its tests only wait for the processes they start.
          maxWorkers: availableParallelism(),
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ssr: { resolve: { conditions: ['@evals/source'] } },
        test: {
          name: 'browser',
          include: ['test/browser/*.test.ts'],
          globalSetup: 'test/browser/harness/built-dashboard.ts',
          // What is measured in one browser must not wait for another.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
