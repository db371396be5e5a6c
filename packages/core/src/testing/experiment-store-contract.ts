import { deepEqual, equal, notEqual, ok, rejects } from 'node:assert/strict'
import type { ExperimentStore } from '../store/experiment-store.ts'
import { leaseCases } from './experiment-store-leases.ts'
import { namingCases } from './experiment-store-names.ts'
import { processCases, type ChildStores } from './experiment-store-processes.ts'
import { idsOf, missingAttachment, namesOf, recordsOf, sha256Of } from './stored-facts.ts'
import { makeDocument, makeEntry, makeRun } from './make-entry.ts'

/** One case of a contract suite: give name and body to any test runner. */
export interface ContractCase {
  readonly name: string
  run(): Promise<void>
}

/** Opens the same storage each time, as another worker or a restarted process would; `writer` as in a store's options. */
export type OpenStore = (writer: string) => Promise<ExperimentStore>

/** One case of the suite; `experiment` belongs to the case alone. */
export type StoreCase = (open: OpenStore, experiment: string) => Promise<void>

/**
 * What every {@link ExperimentStore} must do. The cases may share one storage: each uses experiments of its own.
 * @param children how other processes open the same storage; without it the cases with processes are left out, which is
 * right only for a store that other processes cannot open
 * @example test.for(experimentStoreContract(open))('$name', ({ run }) => run())
 */
export function experimentStoreContract(open: OpenStore, children?: ChildStores): ContractCase[] {
  const all = { ...cases, ...namingCases, ...leaseCases, ...(children === undefined ? {} : processCases(children)) }
  return Object.entries(all).map(([name, check]) => ({
    name,
    async run() {
      const opened: ExperimentStore[] = []
      const openAndClose: OpenStore = async (writer) => {
        const store = await open(writer)
        opened.push(store)
        return store
      }
      try {
        await check(openAndClose, `contract: ${name}`)
      } finally {
        for (const store of opened) await store.close()
      }
    },
  }))
}

const cases: Readonly<Record<string, StoreCase>> = {
  async 'an experiment nobody has written holds nothing'(open, experiment) {
    const store = await open('1')
    equal(await store.readDocument(experiment), undefined)
    await rejects(store.readAttachment(experiment, sha256Of('nothing')), missingAttachment)
    deepEqual(await idsOf(store, experiment), [])
    await store.delete(experiment)
    ok(!(await namesOf(store)).includes(experiment))
    notEqual(store.describe(experiment), '')
  },

  async 'a record is readable as soon as it is appended, and equal'(open, experiment) {
    const [writer, reader] = [await open('1'), await open('2')]
    const output = [
      'line\n\r\nbreaks',
      'a\u2028b\u2029c\u0085d',
      '\0',
      '\uD800',
      '🦉 ÿ',
      'x'.repeat(300_000),
      { a: [null, -1.5e-9] },
    ]
    const entry = makeEntry({ id: 'ünï›"\\', variant: { model: 'a=b, c' }, output })
    await writer.append(experiment, entry)
    deepEqual(await recordsOf(reader, experiment), [entry.record])
  },

  async 'what is appended or written is kept as it was then'(open, experiment) {
    const store = await open('1')
    const output = ['before']
    const runs = [makeRun('a')]
    await store.append(experiment, makeEntry({ output }))
    await store.writeDocument(makeDocument(experiment, { runs }))
    output.push('after')
    runs.push(makeRun('b'))
    deepEqual((await recordsOf(store, experiment))[0]?.output, ['before'])
    equal((await store.readDocument(experiment))?.runs.length, 1)
  },

  async 'records come in the order they were appended, again after a restart'(open, experiment) {
    const ids = Array.from({ length: 12 }, (_, index) => `${index}`)
    const before = await open('1')
    for (const id of ids.slice(0, 7)) await before.append(experiment, makeEntry({ id }))
    await before.close()
    const after = await open('1')
    for (const id of ids.slice(7)) await after.append(experiment, makeEntry({ id }))
    deepEqual(await idsOf(after, experiment), ids)
  },

  async 'records of older runs come first, those of runs the document does not list last'(open, experiment) {
    const store = await open('1')
    // Neither the order of names nor a run whose name begins like another's may decide.
    for (const run of ['unlisted', 'run', 'run-1', 'Run', 'a'])
      await store.append(experiment, makeEntry({ run, id: run }))
    await store.writeDocument(makeDocument(experiment, { runs: ['run-1', 'a', 'run', 'Run'].map(makeRun) }))
    await store.append(experiment, makeEntry({ run: 'a', id: 'a again' }))
    deepEqual(await idsOf(store, experiment), ['run-1', 'a', 'a again', 'run', 'Run', 'unlisted'])
  },

  async 'writers at work at once lose nothing and keep their own order'(open, experiment) {
    const writers = await Promise.all(['1', '2', 'main'].map(async (name) => ({ name, store: await open(name) })))
    const numbers = Array.from({ length: 150 }, (_, index) => index)
    await Promise.all(
      writers.map(async ({ name, store }) => {
        for (const number of numbers) await store.append(experiment, makeEntry({ id: `${name} ${number}` }))
      }),
    )
    const ids = await idsOf(await open('reader'), experiment)
    equal(ids.length, writers.length * numbers.length)
    for (const { name } of writers) {
      deepEqual(
        ids.filter((id) => id.startsWith(`${name} `)),
        numbers.map((number) => `${name} ${number}`),
      )
    }
  },

  async 'scan gives the records of one eval only, if asked'(open, experiment) {
    const store = await open('1')
    for (const name of ['a.eval.ts > x', 'a.eval.ts > x > y', 'b.eval.ts > x']) {
      await store.append(experiment, makeEntry({ eval: name, id: name }))
    }
    deepEqual(await idsOf(store, experiment, 'a.eval.ts > x'), ['a.eval.ts > x'])
    deepEqual(await idsOf(store, experiment, 'x'), [])
  },

  async '5,000 records stream, and a reader may stop early'(open, experiment) {
    const store = await open('1')
    const ids = Array.from({ length: 5000 }, (_, index) => `sample-${index}`)
    for (const id of ids) await store.append(experiment, makeEntry({ id }))
    deepEqual(await idsOf(store, experiment), ids)
    for await (const { id } of store.scan(experiment)) {
      equal(id, 'sample-0')
      break
    }
    equal((await idsOf(store, experiment)).length, 5000)
  },

  async 'attachments come back as they were, whoever wrote them first'(open, experiment) {
    const [one, two] = [await open('1'), await open('2')]
    const texts = ['', 'one', 'x'.repeat(100_000)]
    const attachments = texts.map((text) => ({
      sha256: sha256Of(text),
      mediaType: text === 'one' ? 'image/png' : 'application/x-unheard-of',
      bytes: new TextEncoder().encode(text),
    }))
    await one.append(experiment, { ...makeEntry({ id: 'one' }), attachments })
    await two.append(experiment, { ...makeEntry({ id: 'two' }), attachments })
    for (const { sha256, bytes } of attachments) {
      deepEqual(new Uint8Array(await two.readAttachment(experiment, sha256)), bytes)
    }
    await rejects(two.readAttachment(experiment, sha256Of('unknown')), missingAttachment)
    await rejects(two.readAttachment(`${experiment}, another`, sha256Of('one')), missingAttachment)
  },

  async 'a document is replaced as a whole'(open, experiment) {
    const [one, two] = [await open('1'), await open('2')]
    const first = makeDocument(experiment, { status: 'running', runs: [makeRun('a')] })
    await one.writeDocument(first)
    deepEqual(await two.readDocument(experiment), first)
    const second = makeDocument(experiment, { status: 'completed', runs: [] })
    await two.writeDocument(second)
    deepEqual(await one.readDocument(experiment), second)
    deepEqual(await idsOf(one, experiment), [])
  },

  async 'of documents written at once one stays, whole'(open, experiment) {
    const documents = ['a', 'b', 'c', 'd'].map((id) =>
      makeDocument(experiment, { runs: Array<string>(500).fill(id).map(makeRun) }),
    )
    const stores = await Promise.all(documents.map((_, index) => open(`${index}`)))
    await Promise.all(stores.map((store, index) => store.writeDocument(documents[index]!)))
    const stored = JSON.stringify(await stores[0]!.readDocument(experiment))
    ok(documents.some((document) => JSON.stringify(document) === stored))
  },

  async 'the list has the newest experiment first'(open, experiment) {
    const store = await open('1')
    const years = ['2025', '2027', '2026']
    for (const year of years) {
      const times = { createdAt: `${year}-01-01T00:00:00.000Z`, updatedAt: '2028-01-01T00:00:00.000Z' }
      await store.writeDocument(makeDocument(`${experiment} ${year}`, { ...times, status: 'partial' }))
    }
    const own = (await store.list()).filter((listing) => listing.experiment.startsWith(experiment))
    deepEqual(
      own.map((listing) => listing.experiment.slice(-4)),
      ['2027', '2026', '2025'],
    )
    deepEqual(own[0], {
      experiment: `${experiment} 2027`,
      status: 'partial',
      createdAt: '2027-01-01T00:00:00.000Z',
      updatedAt: '2028-01-01T00:00:00.000Z',
    })
  },
}
