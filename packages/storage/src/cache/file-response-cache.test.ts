import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCallCache, type CacheAddress } from '@evals/core'
import { responseCacheContract } from '@evals/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FileResponseCache } from './file-response-cache.ts'

let parent = ''
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'file-response-cache-'))
})
afterAll(() => rm(parent, { recursive: true }))

test.for(responseCacheContract(async () => open('contract').cache))('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})

let folders = 0
function open(name = `folder-${++folders}`) {
  const folder = join(parent, name, '.evals')
  return { folder, cache: new FileResponseCache({ folder }) }
}

function addressOf(name: string, model = 'openai:gpt-5-mini'): CacheAddress {
  return { model, key: createHash('sha256').update(name).digest('hex') }
}

function pathOf(folder: string, { key, model }: CacheAddress): string {
  return join(folder, 'cache', key.slice(0, 2), `${key}.${model.replaceAll(':', '%3A')}.json`)
}

test('an entry is one file of JSON under the first digits of its key, named with its model, and kept out of git', async () => {
  const { folder, cache } = open()
  const address = addressOf('a')
  await cache.write(address, { text: 'two\nlines' })
  expect(await readFile(pathOf(folder, address), 'utf8')).toBe('{"text":"two\\nlines"}\n')
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('*\n')
  expect(await readdir(folder, { recursive: true })).toHaveLength(4)
})

test('a torn, empty or foreign file counts as none, and is overwritten', async () => {
  const { folder, cache } = open()
  const address = addressOf('a')
  const path = pathOf(folder, address)
  for (const bytes of [30, 1, 0]) {
    await cache.write(address, { text: 'x'.repeat(100) })
    await truncate(path, bytes)
    expect(await cache.read(address)).toBeUndefined()
    expect(await cache.newest(address.model, 10)).toEqual([])
    await cache.write(address, { text: 'whole' })
    expect(await cache.read(address)).toEqual({ text: 'whole' })
  }
  await rm(path)
  await mkdir(path)
  expect(await cache.read(address)).toBeUndefined()
})

test('a torn entry is a call made again, whose answer is kept', async () => {
  const { folder, cache } = open()
  const callCache = createCallCache({ store: cache, mode: 'on' })
  const call = { model: 'test:m', identity: 'q', epoch: 0, ordinal: 0 }
  let made = 0
  const ask = () =>
    callCache.answer(call, { signal: new AbortController().signal, make: async () => `answer ${++made}` })
  expect(await ask()).toEqual({ stored: 'answer 1', cached: false })
  const [name = ''] = (await readdir(join(folder, 'cache'), { recursive: true })).filter((path) =>
    path.endsWith('.json'),
  )
  await truncate(join(folder, 'cache', name), 40)
  expect(await ask()).toEqual({ stored: 'answer 2', cached: false })
  expect(await ask()).toEqual({ stored: 'answer 2', cached: true })
})

test('the newest entries come first by the time they were written, without those that are torn', async () => {
  const { folder, cache } = open()
  for (const [name, seconds] of [
    ['a', 20],
    ['b', 40],
    ['c', 10],
    ['torn', 50],
    ['d', 30],
  ] as const) {
    await cache.write(addressOf(name), name)
    if (name === 'torn') await truncate(pathOf(folder, addressOf(name)), 2)
    await utimes(pathOf(folder, addressOf(name)), seconds, seconds)
  }
  expect(await cache.newest('openai:gpt-5-mini', 3)).toEqual(['b', 'd', 'a'])
})

test('files that are no entries, and one that a killed process left half written, are not counted', async () => {
  const { folder, cache } = open()
  const address = addressOf('a')
  await cache.write(address, 'a')
  const beside = join(folder, 'cache', address.key.slice(0, 2))
  await writeFile(join(beside, `.${address.key}.openai%3Agpt-5-mini.json.0123`), '{"v":')
  await writeFile(join(beside, 'notes.txt'), 'mine')
  await writeFile(join(folder, 'cache', 'README.md'), 'mine')
  await writeFile(join(beside, `${'f'.repeat(64)}.%FF.json`), '1')
  expect(await cache.stats()).toEqual({
    entries: 2,
    bytes: 5,
    models: [
      { model: 'openai:gpt-5-mini', entries: 1, bytes: 4 },
      { model: '%FF', entries: 1, bytes: 1 },
    ],
  })
  await cache.clear()
  expect((await readdir(folder)).toSorted()).toEqual(['.gitignore'])
})

test('a folder that cannot be written is an error that says what to do', async () => {
  const folder = join(parent, 'a file')
  await writeFile(folder, '')
  const cache = new FileResponseCache({ folder })
  expect(await cache.read(addressOf('a'))).toBeUndefined()
  await expect(cache.write(addressOf('a'), 'a')).rejects.toMatchObject({
    code: 'EVALS_STORAGE_UNWRITABLE',
    message: expect.stringMatching(/a file.*Free space or change/s),
  })
})

test('processes that write one entry at once never show half of one', { timeout: 30_000 }, async () => {
  const { folder, cache } = open()
  const address = addressOf('a')
  const program = `
    import { FileResponseCache } from ${JSON.stringify(join(import.meta.dirname, 'file-response-cache.ts'))}
    const cache = new FileResponseCache({ folder: ${JSON.stringify(folder)} })
    for (let round = 0; round < 40; round += 1) {
      await cache.write(${JSON.stringify(address)}, { text: String(process.pid % 10).repeat(50_000 + round) })
    }`
  const flags = ['--conditions=@evals/source', '--input-type=module-typescript', '--no-warnings', '--eval', program]
  const children = [1, 2, 3].map(() => spawn(process.execPath, flags, { stdio: 'inherit' }))
  const ended = Promise.all(children.map((child) => once(child, 'exit')))
  let running = true
  void ended.then(() => (running = false))
  let whole = 0
  while (running) {
    const entry = (await cache.read(address)) as { text: string } | undefined
    if (entry === undefined) expect(whole).toBe(0)
    else {
      expect(entry.text).toMatch(/^(.)\1{49999,}$/)
      whole += 1
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect((await ended).map(([code]) => code as number)).toEqual([0, 0, 0])
  expect(whole).toBeGreaterThan(0)
  expect(await cache.stats()).toMatchObject({ entries: 1 })
  expect(await readdir(join(folder, 'cache', address.key.slice(0, 2)))).toHaveLength(1)
})
