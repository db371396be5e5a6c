import { expect, test } from 'vitest'
import { makeChunk } from '../data/row-chunk.test-support.ts'
import { SampleTable } from '../data/sample-table.ts'
import { filterSamples, readFilter } from './sample-filter.ts'

const table = new SampleTable()
table.apply(
  makeChunk([
    {
      id: 'a',
      input: 'Capital of France?',
      output: 'Paris',
      durationMs: 30,
      tags: ['eu'],
      scores: { match: true, length: 5 },
    },
    {
      id: 'b',
      input: 'Capital of Peru?',
      output: 'Cuzco',
      passed: false,
      durationMs: 10,
      scores: { match: false, length: null },
    },
    {
      id: 'c',
      outcome: 'error',
      passed: null,
      error: 'EVALS_MODEL_TIMEOUT',
      durationMs: 20,
      tags: ['eu', 'slow'],
      scores: { match: 'none', length: 'none' },
    },
    { id: 'd', eval: 1, outcome: 'scored', passed: null, durationMs: 40, scores: { match: 'failed', length: 9 } },
    { id: 'e', outcome: 'removed' },
  ]),
)

test.each([
  ['', 'abcd'],
  ['q=capital', 'ab'],
  ['q=CAPITAL+paris', 'a'],
  ['q=timeout', 'c'],
  ['q=nothing', ''],
  ['outcome=passed', 'a'],
  ['outcome=failed', 'b'],
  ['outcome=scored', 'abd'],
  ['outcome=unjudged', 'd'],
  ['outcome=error', 'c'],
  ['eval=two', 'd'],
  ['eval=unknown', ''],
  ['tag=eu', 'ac'],
  ['error=any', 'c'],
  ['error=EVALS_OTHER', ''],
  ['scorer=match&min=1', 'a'],
  ['scorer=match&max=0', 'b'],
  ['scorer=length&min=5&max=9', 'ad'],
  ['scorer=match&unscored=1', 'cd'],
  ['scorer=unknown&min=0', ''],
  ['scorer=match', 'abcd'],
  ['min=1', 'abcd'],
  ['scorer=length&min=x', 'abcd'],
  ['sort=durationMs', 'bcad'],
  ['sort=-durationMs', 'dacb'],
  ['sort=score:length', 'adbc'],
  ['sort=-score:length', 'dabc'],
  ['sort=-id', 'dcba'],
  ['sort=outcome', 'cbad'],
  ['sort=-outcome', 'dabc'],
  ['sort=nothing', 'abcd'],
])('%s finds %s', (query, ids) => {
  const rows = filterSamples(table, readFilter(new URLSearchParams(query)))
  expect([...rows].map((row) => table.columns.id[row]).join('')).toBe(ids)
})
