import { deepEqual, equal, ok } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { CacheAddress, ResponseCache } from '../cache/response-cache.ts'
import type { ContractCase } from './experiment-store-contract.ts'

/** Opens the same cache each time, as another worker or a restarted process would. */
export type OpenResponseCache = () => Promise<ResponseCache>

/**
 * What every {@link ResponseCache} must do. The cases use one cache one after the other, and clear it.
 * @example test.for(responseCacheContract(open))('$name', ({ run }) => run())
 */
export function responseCacheContract(open: OpenResponseCache): ContractCase[] {
  return Object.entries(cases).map(([name, check]) => ({
    name,
    async run() {
      await (await open()).clear()
      await check(open)
    },
  }))
}

const cases: Readonly<Record<string, (open: OpenResponseCache) => Promise<void>>> = {
  async 'a cache nobody has written holds nothing'(open) {
    const cache = await open()
    equal(await cache.read(addressOf('nothing')), undefined)
    deepEqual(await cache.newest('test:model', 10), [])
    deepEqual(await cache.stats(), { entries: 0, bytes: 0, models: [] })
    await cache.clear()
  },

  async 'an entry is readable as soon as it is written, and equal'(open) {
    const [writer, reader] = [await open(), await open()]
    const entry = {
      text: ['line\n\r\nbreaks', 'a\u2028b\u2029c', '\0', '🦉 ÿ', 'x'.repeat(300_000)],
      nested: { a: [null, -1.5e-9, true, {}] },
    }
    await writer.write(addressOf('a'), entry)
    deepEqual(await reader.read(addressOf('a')), entry)
    for (const falsy of [null, 0, '', false]) {
      await writer.write(addressOf('b'), falsy)
      equal(await reader.read(addressOf('b')), falsy)
    }
  },

  async 'what is written is kept as it was then, and what is read belongs to the reader'(open) {
    const cache = await open()
    const entry = { answers: ['before'] }
    await cache.write(addressOf('a'), entry)
    entry.answers.push('after')
    const read = (await cache.read(addressOf('a'))) as typeof entry
    read.answers.push('read')
    deepEqual(await cache.read(addressOf('a')), { answers: ['before'] })
    deepEqual(await cache.newest('test:model', 1), [{ answers: ['before'] }])
  },

  async 'an entry takes the place of an earlier one'(open) {
    const cache = await open()
    for (const text of ['x'.repeat(5000), 'short']) await cache.write(addressOf('a'), { text })
    deepEqual(await (await open()).read(addressOf('a')), { text: 'short' })
    equal((await cache.stats()).entries, 1)
  },

  async 'of entries written at once one stays, whole'(open) {
    const caches = await Promise.all(Array.from({ length: 8 }, open))
    const entries = caches.map((_, index) => ({ text: `${index}`.repeat(20_000) }))
    await Promise.all(caches.map((cache, index) => cache.write(addressOf('a'), entries[index])))
    const read = JSON.stringify(await caches[0]!.read(addressOf('a')))
    ok(entries.some((entry) => JSON.stringify(entry) === read))
  },

  async 'many entries keep apart'(open) {
    const cache = await open()
    const names = Array.from({ length: 300 }, (_, index) => `${index}`)
    await Promise.all(names.map((name) => cache.write(addressOf(name), { name })))
    deepEqual(
      await Promise.all(names.map((name) => cache.read(addressOf(name)))),
      names.map((name) => ({ name })),
    )
  },

  async 'no two models share an entry, whatever they are called'(open) {
    const cache = await open()
    for (const model of awkwardModels) await cache.write({ ...addressOf('a'), model }, { model })
    for (const model of awkwardModels) {
      deepEqual(await cache.read({ ...addressOf('a'), model }), { model })
      deepEqual(await cache.newest(model, 10), [{ model }])
    }
    equal((await cache.stats()).entries, awkwardModels.length)
  },

  async 'the newest entries are those of the model asked for, and no more than asked for'(open) {
    const cache = await open()
    for (const name of ['a', 'b', 'c']) await cache.write(addressOf(name), { name })
    await cache.write({ ...addressOf('d'), model: 'test:other' }, { name: 'd' })
    const names = (await cache.newest('test:model', 10)).map((entry) => (entry as { name: string }).name)
    deepEqual(names.toSorted(), ['a', 'b', 'c'])
    equal((await cache.newest('test:model', 2)).length, 2)
    deepEqual(await cache.newest('test:model', 0), [])
  },

  async 'what is held is counted by model, the largest first'(open) {
    const cache = await open()
    await cache.write({ ...addressOf('a'), model: 'test:small' }, { text: 'a' })
    for (const name of ['b', 'c']) {
      await cache.write({ ...addressOf(name), model: 'test:Größe 1/2' }, { text: 'x'.repeat(1000) })
    }
    const { entries, bytes, models } = await (await open()).stats()
    deepEqual(
      models.map((size) => [size.model, size.entries]),
      [
        ['test:Größe 1/2', 2],
        ['test:small', 1],
      ],
    )
    equal(entries, 3)
    equal(
      bytes,
      models.reduce((total, size) => total + size.bytes, 0),
    )
    ok(bytes >= 2000 && bytes < 3000, `${bytes} bytes`)
  },

  async 'a cleared cache is empty and can be used again'(open) {
    const [one, two] = [await open(), await open()]
    await one.write(addressOf('a'), { text: 'before' })
    await two.clear()
    equal(await one.read(addressOf('a')), undefined)
    equal((await one.stats()).entries, 0)
    await one.write(addressOf('a'), { text: 'after' })
    deepEqual(await two.read(addressOf('a')), { text: 'after' })
  },
}

const awkwardModels: readonly string[] = [
  ['a/b', 'a@b', 'a%2Fb', 'a b', 'AB', 'ab', 'a\\b', 'a:b', 'a\0b', '*', '🦉', '..', '.', '../a', 'nul', 'a.json'],
  ['__proto__', 'x'.repeat(300), 'X'.repeat(300), `${'x'.repeat(299)}y`],
].flat()

function addressOf(name: string): CacheAddress {
  return { model: 'test:model', key: createHash('sha256').update(name).digest('hex') }
}
