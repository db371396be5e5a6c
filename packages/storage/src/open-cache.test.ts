import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCache } from './open-cache.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'open-cache-'))
})
afterAll(() => rm(root, { recursive: true }))

const address = { model: 'test:m', key: '0f'.repeat(32) }

test.for([
  ['json://', '.evals'],
  ['json://results/of evals', 'results/of evals'],
  ['sqlite://', '.evals'],
  ['sqlite://databases/evals.sqlite', 'databases'],
  ['module://./only-a-store.mjs#anywhere', '.evals'],
] as const)('%s keeps answers under %s of the root', async ([url, folder]) => {
  await writeFile(join(root, 'only-a-store.mjs'), 'export const openStore = () => {}')
  const cache = await openCache(url, { root })
  await cache.write(address, 'a')
  expect(await readdir(join(root, folder, 'cache', '0f'))).toEqual([`${address.key}.test%3Am.json`])
  expect(await (await openCache(url, { root })).read(address)).toBe('a')
})

test('memory:// leaves nothing behind', async () => {
  const cache = await openCache('memory://', { root })
  await cache.write(address, 'a')
  expect(await cache.read(address)).toBe('a')
  expect(await (await openCache('memory://', { root })).read(address)).toBeUndefined()
})

test('module://… keeps answers where its module says', async () => {
  await writeFile(
    join(root, 'my-storage.mjs'),
    'export const openStore = () => {}; export const openCache = (location) => ({ read: () => location })',
  )
  const cache = await openCache('module://./my-storage.mjs#redis://host', { root })
  expect(await cache.read(address)).toBe('redis://host')
})

test.for(['', 'json', 'json:.evals', 'redis://host', 'constructor://x'])('%j keeps no answers', async (url) => {
  await expect(openCache(url, { root })).rejects.toMatchObject({
    code: 'EVALS_STORAGE_UNKNOWN',
    message: expect.stringContaining('Known: json://…, sqlite://…, memory://…, module://…'),
  })
})
