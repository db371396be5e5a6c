import { expect, test } from 'vitest'
import { concurrencyWarning, type WantedConcurrency } from './concurrency-warning.ts'

const onProject = (n: number): string =>
  `Raise it for the project: evals({ concurrency: ${n} }), or -- --concurrency ${n}.`

test.for<[WantedConcurrency, string | undefined]>([
  [{ own: 100, worker: 100 }, undefined],
  [{ own: 5, worker: 100 }, undefined],
  [{ own: 100, worker: 100, batchSize: 100 }, undefined],
  [{ own: 200, worker: 100 }, `wants 200 samples in progress, but a worker runs 100. ${onProject(200)}`],
  [
    { own: 200, worker: 100, batchSize: 300 },
    `wants 200 samples in progress, but a worker runs 100. ${onProject(300)}`,
  ],
  [{ own: 100, worker: 100, batchSize: 256 }, `wants batches of 256 samples, but a worker runs 100. ${onProject(256)}`],
  [{ own: 5, worker: 100, batchSize: 8 }, 'wants batches of 8 samples, but its `concurrency` is 5. Raise it.'],
])('%o: %s', ([wanted, warning]) => {
  expect(concurrencyWarning('e', wanted)).toBe(warning === undefined ? undefined : `The eval "e" ${warning}`)
})
