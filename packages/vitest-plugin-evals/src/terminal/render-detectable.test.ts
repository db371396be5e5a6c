import { expect, test } from 'vitest'
import { makeSummary, plain } from './eval-summary.test-support.ts'
import { renderDetectable } from './render-detectable.ts'

test('a line per eval with its scorers, of several variants the largest difference', async () => {
  const mini = await makeSummary('capitals', { count: 20, facts: { variant: { model: 'mini' } } })
  const big = await makeSummary('capitals', { count: 2_000, facts: { variant: { model: 'big' } } })
  const other = await makeSummary('other', { count: 2_000 })
  expect(renderDetectable([mini, big, other]).map(plain)).toEqual([
    ' Least difference that a next run of the same samples would show (less, if its answers resemble these)',
    '   capitals  exactMatch 41.8 points, levenshtein 37.8 points',
    '   other  exactMatch 3.9 points, levenshtein 3.4 points',
  ])
})

test('nothing where nothing is known, or a baseline tells it', async () => {
  const few = await makeSummary('few', { count: 1 })
  expect(renderDetectable([few])).toEqual([])
})
