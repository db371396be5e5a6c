import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryStore, rebuildDocument, summarizeEval, systemClock, type Clock, type ModelCall } from '@evals/core'
import { makeDocument, makeEntry, makeRun } from '@evals/core/testing'
import { openStore } from '@evals/storage'
import { expect, test } from 'vitest'
import { ExperimentFeed, type FeedEvent } from './experiment-feed.ts'

/** Waits for nothing. */
const impatient: Clock = { ...systemClock, after: (_ms, callback) => systemClock.after(0, callback) }

const idsIn = (event: FeedEvent): readonly string[] => (event.type === 'rows' ? event.data.columns.id : [event.type])

test('a running experiment is followed: what is new, its figures, and its end', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-feed-'))
  const url = `json://${folder.path}`
  const store = await openStore(url, { root: '/', writer: '1' })
  await store.writeDocument(makeDocument('exp', { status: 'running', runs: [makeRun('run')] }))
  await store.append('exp', makeEntry({ id: 'a' }))
  const feed = await ExperimentFeed.open({ store, url, root: '/', experiment: 'exp', clock: impatient })
  const told: string[] = []
  for await (const event of feed.follow(0, new AbortController().signal)) {
    told.push(...idsIn(event))
    if (event.type === 'caught-up') await store.append('exp', makeEntry({ id: 'b' }))
    if (told.at(-1) !== 'b') continue
    expect(Object.keys((await feed.document())?.evals ?? {})).toEqual(['qa.eval.ts > capitals'])
    await store.writeDocument(makeDocument('exp', { updatedAt: '2026-02-02T00:00:00.000Z' }))
  }
  expect(told).toEqual(['a', 'document', 'caught-up', 'b', 'document'])
  expect(await feed.record({ key: 'qa.eval.ts > capitals', id: 'b', epoch: 0 })).toMatchObject({ id: 'b' })

  const again: string[] = []
  for await (const event of feed.follow(1, new AbortController().signal)) again.push(...idsIn(event))
  expect(again).toEqual(['b', 'document', 'caught-up'])
  await store.delete('exp')
  expect(await feed.record({ key: 'qa.eval.ts > capitals', id: 'b', epoch: 0 })).toBeUndefined()
  feed.close()
  await store.close()
})

const costUsd = 0.001
const usage = { inputTokens: 10, outputTokens: 5 }
const call: ModelCall = {
  model: 'openai:gpt-5',
  purpose: 'task',
  durationMs: 5,
  queuedMs: 0,
  retries: 0,
  cached: false,
  usage,
  costUsd,
}

test('the figures of a running experiment are those that the commands show', async () => {
  const store = new MemoryStore()
  await store.writeDocument(makeDocument('exp', { status: 'running', runs: [makeRun('run')] }))
  for (let index = 0; index < 40; index += 1) {
    const cluster = Math.floor(index / 8)
    const record = { id: `s${index}`, cluster: `c${cluster}`, scores: { match: { value: cluster % 2 } } }
    store.append('exp', makeEntry({ ...record, usage, costUsd, calls: [call], limit: 'tokens' }))
  }
  const feed = await ExperimentFeed.open({ store, url: 'memory://', root: '/', experiment: 'exp' })
  await feed.read()
  const shown = (await feed.document())?.evals
  expect(shown).toEqual((await rebuildDocument(store, 'exp', { reason: 'a run goes on' }))?.evals)
  expect(shown?.['qa.eval.ts > capitals']).toMatchObject({
    scorers: { match: { clusters: 5 } },
    usage: { inputTokens: 400, outputTokens: 200 },
    limited: { tokens: 40 },
  })
})

test('rows that are gone have no line in the table', async () => {
  const store = new MemoryStore()
  const name = 'qa.eval.ts > capitals'
  const summary = await summarizeEval({ eval: name, variant: {}, planned: 1, scorers: [] }, [])
  await store.writeDocument(makeDocument('exp', { evals: { [name]: { ...summary, removed: ['b'] } } }))
  for (const id of ['a', 'b']) store.append('exp', makeEntry({ id }))
  const feed = await ExperimentFeed.open({ store, url: 'memory://', root: '/', experiment: 'exp' })
  await feed.read()
  expect(feed.index.changesAfter(0, 10).columns).toMatchObject({ id: ['a', 'b'], outcome: ['scored', 'removed'] })
})

test('an experiment that is deleted while it runs is told to be gone', async () => {
  const store = new MemoryStore()
  await store.writeDocument(makeDocument('exp', { status: 'running', runs: [makeRun('run')] }))
  const feed = await ExperimentFeed.open({ store, url: 'memory://', root: '/', experiment: 'exp', clock: impatient })
  const told: string[] = []
  for await (const event of feed.follow(0, new AbortController().signal)) {
    told.push(event.type)
    if (event.type === 'caught-up') await store.delete('exp')
  }
  expect(told).toEqual(['document', 'caught-up', 'gone'])
})
