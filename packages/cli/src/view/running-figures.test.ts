import { MemoryStore } from '@evals/core'
import { makeDocument, makeEntry, makeRun, ManualClock } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { listOverviews } from './experiment-overview.ts'
import { RunningFigures } from './running-figures.ts'

test('an experiment whose run goes on is listed with what is recorded, which is read again after a while', async () => {
  const store = new MemoryStore()
  const clock = new ManualClock()
  const figures = new RunningFigures(store, clock)
  const list = async () => {
    const [overview] = await listOverviews(store, figures)
    return {
      variants: overview!.variants,
      samples: Object.values(overview!.evals).map(({ samples }) => samples.scored),
    }
  }
  await store.writeDocument(makeDocument('exp', { status: 'running', runs: [makeRun('run')] }))
  for (const model of ['mini', 'big']) store.append('exp', makeEntry({ id: 'a', variant: { model } }))
  expect(await list()).toEqual({ variants: ['model'], samples: [1, 1] })

  store.append('exp', makeEntry({ id: 'b', variant: { model: 'big' } }))
  expect(await list()).toMatchObject({ samples: [1, 1] })
  clock.advance(2_000)
  expect(await list()).toMatchObject({ samples: [1, 2] })

  await store.writeDocument(makeDocument('exp'))
  expect(await list()).toEqual({ variants: [], samples: [] })
})
