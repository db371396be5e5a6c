import { describe, expect, test } from 'vitest'
import { evaluate } from '../evaluate/evaluate.ts'
import { datasetIdentity } from './dataset-identity.ts'
import { defineDataset, type DatasetDefinition } from './define-dataset.ts'
import { readSamples } from './read-samples.ts'
import { datasets, findDataset } from './registry.ts'

let loaded: object[] = []
const capitals = defineDataset({
  name: 'capitals',
  splits: ['easy', 'hard'],
  columns: ['question', 'expected'],
  description: 'Capitals of countries',
  load(context) {
    loaded.push(context)
    return [{ question: `${context.split}?`, expected: 'Paris' }]
  },
})
const words = defineDataset({ name: 'words', revision: '2026-01', load: async () => ['a', 'b'] })

async function rowsOf(dataset: typeof capitals | typeof words): Promise<unknown[]> {
  const samples = await Array.fromAsync(readSamples<unknown>({ dataset, picks: {}, selection: {}, root: '/root' }))
  return samples.map(({ row }) => row)
}

test('is a dataset; its first split is read unless another is named', async () => {
  loaded = []
  expect(await rowsOf(capitals)).toEqual([{ question: 'easy?', expected: 'Paris' }])
  expect(await rowsOf(capitals.split('hard'))).toEqual([{ question: 'hard?', expected: 'Paris' }])
  expect(await rowsOf(words)).toEqual(['a', 'b'])
  expect(loaded).toEqual([
    { root: '/root', split: 'easy' },
    { root: '/root', split: 'hard' },
  ])
})

test('the registry tells of it without loading it', () => {
  loaded = []
  expect(datasets().map(({ info }) => info)).toEqual([
    {
      name: 'capitals',
      splits: ['easy', 'hard'],
      columns: ['question', 'expected'],
      description: 'Capitals of countries',
      split: 'easy',
    },
    { name: 'words', revision: '2026-01' },
  ])
  expect(findDataset('words')).toBe(words)
  expect(loaded).toEqual([])
})

test('a later definition takes the place of an earlier one', () => {
  const again = defineDataset({ name: 'words', load: () => [] })
  expect(findDataset('words')).toBe(again)
  expect(datasets()).toHaveLength(2)
})

test('an unknown name proposes near ones', () => {
  expect(() => findDataset('capital')).toThrow(
    expect.objectContaining({
      code: 'EVALS_DATASET_UNKNOWN',
      message: 'There is no dataset "capital". Defined are capitals, words. Did you mean "capitals"?',
    }),
  )
  expect(() => capitals.split('hrad')).toThrow(
    expect.objectContaining({
      code: 'EVALS_DATASET_UNKNOWN',
      message: 'The dataset "capitals" has no split "hrad". It has easy, hard. Did you mean "hard"?',
    }),
  )
  expect(() => words.split('test')).toThrow('The dataset "words" has no split "test". It has none.')
})

test.for<[string, object]>([
  ['no name', { name: '' }],
  ['no load', { load: undefined }],
  ['no split at all', { splits: [] }],
  ['a split twice', { splits: ['a', 'a'] }],
])('%s is refused', ([, parts]) => {
  const definition = { name: 'bad', load: () => [], ...parts } as DatasetDefinition<unknown>
  expect(() => defineDataset(definition)).toThrow(expect.objectContaining({ code: 'EVALS_DATASET_INVALID' }))
  expect(datasets().map(({ info }) => info.name)).not.toContain('bad')
})

describe('the identity of a dataset', () => {
  const samples = [
    { id: 'a', rowHash: '1' },
    { id: 'b', rowHash: '2' },
  ]

  test('has name, split and revision of a defined one', () => {
    expect(datasetIdentity(words, samples)).toEqual({ name: 'words', revision: '2026-01', samples: 2 })
    expect(datasetIdentity(capitals.split('hard'), samples)).toEqual({
      name: 'capitals',
      split: 'hard',
      revision: expect.stringMatching(/^[0-9a-f]{16}$/),
      samples: 2,
    })
  })

  test('else a hash that does not depend on the order of the samples, but on each of their rows', () => {
    const { revision } = datasetIdentity([], samples)
    expect(datasetIdentity([], samples.toReversed())).toEqual({ revision, samples: 2 })
    expect(datasetIdentity([], [samples[0]!, { id: 'b', rowHash: '3' }]).revision).not.toBe(revision)
  })

  test('goes into the summary', async () => {
    const { summary } = await evaluate({ name: 'e', data: capitals, task: () => 'Paris' })
    expect(summary.dataset).toMatchObject({ name: 'capitals', split: 'easy', samples: 1 })
  })
})

test('its `load` may use the definition that it is a method of', async () => {
  class Numbers {
    readonly name = 'numbers'
    readonly splits = ['one', 'two']
    readonly rows = ['1']
    load(): string[] {
      return this.rows
    }
  }
  const numbers = defineDataset(new Numbers())
  expect(await rowsOf(numbers.split('two'))).toEqual(['1'])
})
