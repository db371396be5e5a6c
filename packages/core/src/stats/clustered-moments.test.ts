import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ClusteredMoments } from './clustered-moments.ts'
import { momentsOf } from './running-moments.ts'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'

interface Row {
  readonly values: readonly number[]
  readonly clusters: readonly string[]
  readonly mean: number
  readonly C: number
  readonly statsmodels_ols_cluster: number
}

const golden = readGolden<{ rows: readonly Row[] }>('stats-clustered-se')
const epochs = readGolden<{
  scores_questions_by_epoch: readonly (readonly number[])[]
  mean: number
  se_clustered_on_question_CR1: number
}>('stats-epochs')
const inspect = readGolden<{
  clustered: readonly {
    values: readonly number[]
    clusters: readonly (string | number)[]
    stderr_clustered: number
  }[]
}>('inspect-metrics')

function clustered(values: readonly number[], clusters: readonly (string | number)[]): ClusteredMoments {
  const moments = new ClusteredMoments()
  for (const [index, value] of values.entries()) moments.add(value, String(clusters[index]))
  return moments
}

const labelled = fc.array(
  fc.tuple(fc.double({ min: -10, max: 10, noNaN: true }), fc.constantFrom('a', 'b', 'c', 'd')),
  {
    minLength: 2,
    maxLength: 30,
  },
)

describe('ClusteredMoments', () => {
  test.each(golden.rows)('of $n values in $C clusters are those of statsmodels', (row) => {
    const moments = clustered(row.values, row.clusters)
    expect(moments.mean).toBeCloseTo(row.mean, 12)
    expect(moments.clusters).toBe(row.C)
    expect(Math.abs(moments.stderr! - row.statsmodels_ols_cluster)).toBeLessThanOrEqual(golden.tolerance)
  })

  test.each(inspect.clustered)('have Inspect’s error of $values', ({ values, clusters, stderr_clustered }) => {
    expect(Math.abs(clustered(values, clusters).stderr! - stderr_clustered)).toBeLessThanOrEqual(inspect.tolerance)
  })

  test('the mean lies among the values, also where their sum is rounded up', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 50 }), (value, n) => {
        const equal = Array<number>(n).fill(value)
        expect(
          clustered(
            equal,
            equal.map((_value, index) => index % 3),
          ).mean,
        ).toBe(value)
      }),
    )
  })

  test('of epochs clustered on the sample have the error of the samples’ means', () => {
    const samples = epochs.scores_questions_by_epoch
    const moments = clustered(
      samples.flat(),
      samples.flatMap((scores, sample) => scores.map(() => sample)),
    )
    expect(Math.abs(moments.mean! - epochs.mean)).toBeLessThanOrEqual(epochs.tolerance)
    expect(Math.abs(moments.stderr! - epochs.se_clustered_on_question_CR1)).toBeLessThanOrEqual(epochs.tolerance)
  })

  test('with one value per cluster are the ordinary ones', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2 }), (values) => {
        const moments = clustered(values, [...values.keys()])
        expect(moments.mean).toBeCloseTo(momentsOf(values).mean!, 12)
        expect(moments.stderr).toBeCloseTo(momentsOf(values).stderr!, 12)
      }),
    )
  })

  test('depend neither on the order nor on a shift, and scale with the values', () => {
    fc.assert(
      fc.property(labelled, (pairs) => {
        fc.pre(new Set(pairs.map(([, cluster]) => cluster)).size > 1)
        const [values, clusters] = [pairs.map(([value]) => value), pairs.map(([, cluster]) => cluster)]
        const stderr = clustered(values, clusters).stderr!
        expect(clustered(values.toReversed(), clusters.toReversed()).stderr).toBeCloseTo(stderr, 10)
        expect(
          clustered(
            values.map((value) => value + 5),
            clusters,
          ).stderr,
        ).toBeCloseTo(stderr, 10)
        expect(
          clustered(
            values.map((value) => value * -3),
            clusters,
          ).stderr,
        ).toBeCloseTo(3 * stderr, 9)
      }),
    )
  })

  test('know no error without values and in a single cluster', () => {
    expect(new ClusteredMoments()).toMatchObject({ n: 0, clusters: 0, mean: null, stderr: null })
    expect(clustered([0, 1, 1], ['a', 'a', 'a'])).toMatchObject({ n: 3, clusters: 1, stderr: null, sums: [2] })
    expect(clustered([0, 1, 1], ['a', 'b', 'a']).sums).toEqual([1, 1])
  })

  test.each([NaN, Infinity])('refuse %s', (value) => {
    expect(() => new ClusteredMoments().add(value, 'a')).toThrow(invalid)
  })
})
