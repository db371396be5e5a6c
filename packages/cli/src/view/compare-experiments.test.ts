import { MemoryStore, type SampleRecord } from '@evals/core'
import { makeDocument, makeEntry } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { compareExperiments } from './compare-experiments.ts'

const samples = Array.from({ length: 40 }, (_, index) => `s${index}`)

/** Records of an eval of which the first `right` samples are right. */
function scored(right: number, parts: Partial<SampleRecord> = {}): Partial<SampleRecord>[] {
  return samples.map((id, index) => ({
    id,
    scores: { exactMatch: { value: index < right ? 1 : 0, kind: 'binary' } },
    ...parts,
  }))
}

async function storeOf(experiments: Readonly<Record<string, readonly Partial<SampleRecord>[]>>): Promise<MemoryStore> {
  const store = new MemoryStore()
  for (const [experiment, records] of Object.entries(experiments)) {
    await store.writeDocument(makeDocument(experiment))
    for (const record of records) store.append(experiment, makeEntry(record))
  }
  return store
}

test('several experiments are compared with one base, and all tests are adjusted together', async () => {
  const store = await storeOf({
    base: [...scored(40), ...scored(40, { eval: 'gone' })],
    worse: scored(10),
    same: [...scored(40), ...scored(1, { eval: 'new' })],
  })
  const { pairs } = await compareExperiments(store, { base: 'base', others: ['worse', 'same'] })
  expect(pairs).toMatchObject([
    {
      base: { experiment: 'base' },
      other: { experiment: 'worse' },
      onlyInBase: ['gone'],
      onlyInOther: [],
      scores: [{ key: 'qa.eval.ts > capitals', scorer: 'exactMatch', verdict: 'worse', tests: 2, epochs: 1 }],
    },
    {
      other: { experiment: 'same' },
      onlyInBase: ['gone'],
      onlyInOther: ['new'],
      scores: [{ verdict: 'inconclusive', difference: { value: 0 }, tests: 2 }],
    },
  ])
  const alone = await compareExperiments(store, { base: 'base', others: ['worse'] })
  const [together, sole] = [pairs, alone.pairs].map(([pair]) => pair!.scores[0]!)
  expect(sole!.tests).toBe(1)
  expect(together!.pAdjusted).toBeCloseTo(2 * sole!.pAdjusted!, 12)
  expect(sole!.sentence).toContain('McNemar')
})

test('the values of a variant are compared two by two, with the names that their samples have', async () => {
  const of = (model: string, right: number): Partial<SampleRecord>[] =>
    scored(right, { variant: { model, prompt: 'v1' } })
  const store = await storeOf({ exp: [...of('mini', 40), ...of('big', 10), ...of('huge', 40), ...scored(3)] })
  const { pairs } = await compareExperiments(store, { base: 'exp', others: [], by: 'model' })
  expect(pairs.map(({ base, other }) => [base.value, other.value])).toEqual([
    ['mini', 'big'],
    ['mini', 'huge'],
    ['big', 'huge'],
  ])
  expect(pairs.map(({ scores }) => scores.map(({ verdict, tests }) => [verdict, tests]))).toEqual([
    [['worse', 3]],
    [['inconclusive', 3]],
    [['better', 3]],
  ])
  expect(pairs[0]!.scores[0]).toMatchObject({
    key: 'qa.eval.ts > capitals [prompt=v1]',
    keys: {
      base: 'qa.eval.ts > capitals [model=mini, prompt=v1]',
      other: 'qa.eval.ts > capitals [model=big, prompt=v1]',
    },
  })
  expect(await compareExperiments(store, { base: 'exp', others: [], by: 'nothing' })).toEqual({ pairs: [] })
})

test('what is not there is told', async () => {
  const store = await storeOf({ base: scored(1) })
  await expect(compareExperiments(store, { base: 'base', others: ['gone'] })).rejects.toMatchObject({
    code: 'EVALS_EXPERIMENT_UNKNOWN',
    message: expect.stringContaining('There is only "base".'),
  })
})
