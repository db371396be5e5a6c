import { expect, test } from 'vitest'
import { evaluate } from '../evaluate/evaluate.ts'
import { makeDocument, makeEntry, makeRun } from '../testing/make-entry.ts'
import { whatCounts, type CountingScorers } from './what-counts.ts'
import { MemoryStore } from './memory-store.ts'
import { readResults } from './read-results.ts'
import { removedSamples } from './removed-samples.ts'
import { summarizeEval } from '../summary/summarize-eval.ts'
import type { SampleRecord } from '../record/record.ts'
import type { ScanFilter } from './experiment-store.ts'

async function storeOf(...records: Partial<SampleRecord>[]): Promise<MemoryStore> {
  const store = new MemoryStore()
  await store.writeDocument(makeDocument('exp', { runs: ['first', 'second'].map(makeRun) }))
  for (const record of records) store.append('exp', makeEntry(record))
  return store
}

test('the results of each eval and variant are kept apart', async () => {
  const store = await storeOf(
    { eval: 'a', id: '1' },
    { eval: 'a', id: '2' },
    { eval: 'a', variant: { model: 'mini' }, id: '1' },
    { eval: 'b', id: '1' },
  )
  const results = await readResults(store, 'exp')
  expect([...results].map(([key, set]) => [key, set.size])).toEqual([
    ['a', 2],
    ['a [model=mini]', 1],
    ['b', 1],
  ])
})

test('of one sample the newest scored record wins, whatever the order on disk', async () => {
  const store = await storeOf(
    { run: 'second', id: '1', durationMs: 2 },
    { run: 'second', id: '2', outcome: 'error', durationMs: 2 },
    { run: 'second', id: '3', outcome: 'timeout', durationMs: 2 },
    { run: 'first', id: '1', durationMs: 1 },
    { run: 'first', id: '2', durationMs: 1 },
    { run: 'first', id: '3', outcome: 'error', durationMs: 1 },
    { run: 'second', id: '4', outcome: 'answered', durationMs: 2 },
    { run: 'second', id: '4', durationMs: 3 },
    { run: 'second', id: '4', epoch: 1, outcome: 'answered' },
  )
  const results = (await readResults(store, 'exp')).get('qa.eval.ts > capitals')
  expect(
    [...(results?.values() ?? [])].map(({ id, epoch, outcome, durationMs }) => [id, epoch, outcome, durationMs]),
  ).toEqual([
    ['1', 0, 'scored', 2],
    ['2', 0, 'scored', 1],
    ['3', 0, 'timeout', 2],
    ['4', 0, 'scored', 3],
    ['4', 1, 'cancelled', 12.5],
  ])
})

test('samples that are no part of their eval any more are left out', async () => {
  const store = await storeOf({ eval: 'a', id: '1' }, { eval: 'a', id: '1', epoch: 1 }, { eval: 'b', id: '1' })
  const document = (await store.readDocument('exp'))!
  const evals = {
    a: { ...(await summarizeEval({ eval: 'a', variant: {}, planned: 1, scorers: [] }, [])), removed: ['1'] },
  }
  const results = await readResults(store, 'exp', { removed: removedSamples({ ...document, evals }) })
  expect([...results].map(([key, set]) => [key, ...[...set.values()].map(({ epoch }) => epoch)])).toEqual([
    ['a', 1],
    ['b', 0],
  ])
})

test('what scorers gave that the eval has no longer is left out, and what the task or a document without them tells is not', async () => {
  const store = new MemoryStore()
  const [right, polite] = ['right', 'polite'].map((name) => ({ name, score: () => 1 }))
  const task = (_row: object, { score }: { score(name: string, value: number): void }): string => {
    score('own', 0)
    return 'yes'
  }
  const of = { name: 'a', version: '1', task, store, experiment: 'exp' }
  await evaluate({ ...of, data: [{ id: '1' }], scorers: [right!, polite!] })
  await evaluate({ ...of, data: [{ id: '1' }, { id: '2' }], scorers: [right!] })
  const document = (await store.readDocument('exp'))!
  const scoresOf = async (scorers: CountingScorers): Promise<string[][]> => {
    const results = (await readResults(store, 'exp', { scorers })).get('a')!
    return [...results.values()].map(({ scores }) => Object.keys(scores).toSorted())
  }
  expect(await scoresOf(whatCounts(document).scorers)).toEqual([
    ['own', 'right'],
    ['own', 'right'],
  ])
  expect(await scoresOf(new Map())).toEqual([
    ['own', 'polite', 'right'],
    ['own', 'right'],
  ])
})

test('records can be left out', async () => {
  const store = await storeOf({ run: 'first', id: '1' }, { run: 'second', id: '2' })
  const results = await readResults(store, 'exp', { include: ({ run }) => run !== 'second' })
  expect([...(results.get('qa.eval.ts > capitals')?.values() ?? [])].map(({ id }) => id)).toEqual(['1'])
  expect(await readResults(store, 'exp', { include: () => false })).toEqual(new Map())
  expect(await readResults(store, 'no such experiment')).toEqual(new Map())
})

test('lines that cannot be read are passed on', async () => {
  const problem = { where: '1.jsonl:3', what: 'a torn line' }
  class Damaged extends MemoryStore {
    override async *scan(experiment: string, filter: ScanFilter = {}): AsyncIterable<SampleRecord> {
      filter.onProblem?.(problem)
      yield* super.scan(experiment, filter)
    }
  }
  const store = new Damaged()
  store.append('exp', makeEntry())
  const problems: unknown[] = []
  const results = await readResults(store, 'exp', { onProblem: (found) => void problems.push(found) })
  expect(problems).toEqual([problem])
  expect(results.size).toBe(1)
})
