import { appendFileSync, mkdtempDisposableSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExperimentStore, SampleRecord } from '@evals/core'
import { makeDocument, makeEntry, makeRecord, makeRun } from '@evals/core/testing'
import { describe, expect, test } from 'vitest'
import type { ExperimentLog, LoggedRecord } from './experiment-log.ts'
import { openLog } from './open-log.ts'
import { openStore } from './open-store.ts'

async function readNew(log: ExperimentLog): Promise<LoggedRecord[]> {
  return Array.fromAsync(log.readNew())
}

const idsOf = (logged: readonly LoggedRecord[]): string[] => logged.map(({ record }) => record.id)

async function append(store: ExperimentStore, ...records: readonly Partial<SampleRecord>[]): Promise<void> {
  for (const record of records) await store.append('exp', makeEntry(record))
}

describe.each(['json://.evals', 'sqlite://evals.sqlite', 'memory://'])('the log of %s', (url) => {
  test('tells each record once, and reads it again by its place', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-log-'))
    const store = await openStore(url, { root: folder.path, writer: '1' })
    const log = await openLog(url, { root: folder.path, experiment: 'exp', store })
    await store.delete('exp')
    expect(await readNew(log)).toEqual([])
    await append(store, { id: 'a' }, { id: 'ü\u2028b', output: 'x'.repeat(3_000_000) })
    const first = await readNew(log)
    expect(idsOf(first)).toEqual(['a', 'ü\u2028b'])
    expect(await readNew(log)).toEqual([])
    await append(store, { id: 'c' })
    const second = await readNew(log)
    expect(idsOf(second)).toEqual(['c'])
    for (const { place, record } of [...second, ...first]) expect(await log.readAt(place)).toEqual(record)
    expect(await log.readAt(999)).toBeUndefined()
    await store.delete('exp')
    expect(await log.readAt(first[0]!.place)).toBeUndefined()
    expect(await readNew(log)).toEqual([])
    log.close()
    await store.close()
  })
})

test('json: older runs come first, and a line is read when it is whole', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-log-'))
  const url = 'json://.evals'
  const store = await openStore(url, { root: folder.path, writer: '1' })
  await store.writeDocument(makeDocument('exp', { runs: ['first', 'second'].map(makeRun) }))
  await append(store, { run: 'second', id: 'b' }, { run: 'first', id: 'a' })
  const log = await openLog(url, { root: folder.path, experiment: 'exp', store })
  expect(idsOf(await readNew(log))).toEqual(['a', 'b'])
  const file = join(folder.path, '.evals/experiments/exp/records/second-1.jsonl')
  const line = JSON.stringify(makeRecord({ run: 'second', id: 'c' }))
  const { size } = statSync(file)
  appendFileSync(file, `no record\n${line.slice(0, 50)}`)
  const problems: unknown[] = []
  expect(await Array.fromAsync(log.readNew((problem) => problems.push(problem)))).toEqual([])
  expect(problems).toEqual([{ where: `second-1.jsonl, byte ${size}`, what: 'a torn line, which is no JSON' }])
  appendFileSync(file, `${line.slice(50)}\n`)
  expect(idsOf(await readNew(log))).toEqual(['c'])
  await store.close()
})
