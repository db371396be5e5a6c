import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeEntry } from '@evals/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from './open-store.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'open-store-'))
})
afterAll(() => rm(root, { recursive: true }))

test.for([
  ['json://', '.evals'],
  ['json://results/of evals', 'results/of evals'],
] as const)('%s keeps records under %s of the root', async ([url, folder]) => {
  const store = await openStore(url, { root, writer: '7' })
  await store.append('exp', makeEntry({ run: 'r' }))
  await store.close()
  expect(await readdir(join(root, folder, 'experiments', 'exp', 'records'))).toEqual(['r-7.jsonl'])
})

test('an absolute folder stays absolute', async () => {
  const store = await openStore(`json://${root}/elsewhere`, { root: '/nowhere', writer: '7' })
  await store.append('exp', makeEntry())
  await store.close()
  expect(await readdir(join(root, 'elsewhere'))).toContain('experiments')
})

test.for(['', 'json', 'json:.evals', 'mysql://host/db', 'JSON://.evals'])('%j is no storage', async (url) => {
  await expect(openStore(url, { root, writer: '1' })).rejects.toMatchObject({
    code: 'EVALS_STORAGE_UNKNOWN',
    message: expect.stringContaining('Known: json://…'),
  })
})
