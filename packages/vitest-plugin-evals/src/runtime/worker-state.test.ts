import { mkdtempSync, writeFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { workerRun } from './worker-state.ts'

const root = mkdtempSync(join(tmpdir(), 'worker-state-'))
afterAll(() => rm(root, { recursive: true }))

test('a store whose run cannot be joined is closed', async () => {
  const source = `
    import { appendFileSync } from 'node:fs'
    export const openStore = (path) => ({ close: async () => appendFileSync(path, 'closed') })
  `
  writeFileSync(join(root, 'store.mjs'), source)
  const path = join(root, 'log')
  const resume = { mode: 'auto', extends: false, rerun: 'none', fingerprints: {} } as const
  // No thread has such an id.
  const where = { channel: 'gone', mainThread: 2 ** 30, storage: `module://./store.mjs#${path}` }
  const run = { id: 'run', experiment: 'exp', resume, ...where }
  const context = { root, project: 'evals', concurrency: 1, defaults: {}, overrides: {}, run }
  await expect(workerRun(context)).rejects.toMatchObject({ code: 'ERR_WORKER_MESSAGING_FAILED' })
  expect(await readFile(path, 'utf8')).toBe('closed')
})
