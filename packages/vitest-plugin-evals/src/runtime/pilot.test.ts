import { selectSamples, type Sample } from '@evals/core'
import { ManualClock } from '@evals/core/testing'
import { describe, expect, test } from 'vitest'
import { Pilot, planPilot } from './pilot.ts'

interface Row {
  readonly id: string
  readonly skip?: boolean
  readonly only?: boolean
}

function samplesOf(rows: readonly Row[]): Promise<Sample<Row>[]> {
  return selectSamples(rows, { skip: ({ skip = false }) => skip, only: ({ only = false }) => only }, {})
}

const idsOf = (samples: readonly Sample[]): string[] => samples.map(({ id }) => id)

describe('the samples of a pilot', () => {
  const rows = Array.from({ length: 1000 }, (_, index) => ({ id: String(index).padStart(3, '0') }))

  test('are spread over the dataset, in its order, and the same ones each time', async () => {
    const samples = await samplesOf(rows)
    const { samples: pilot, pilotOf } = planPilot(samples, { size: 20, epochs: 3 })
    const ids = idsOf(pilot)
    expect(pilotOf).toBe(3000)
    expect(new Set(ids).size).toBe(20)
    expect(ids).toEqual(ids.toSorted())
    // One in 2,000 of random choices has nothing in one of the four quarters, but this one is always the same.
    expect(new Set(ids.map((id) => Math.floor(Number(id) / 250))).size).toBe(4)
    expect(idsOf(planPilot(samples, { size: 20, epochs: 1 }).samples)).toEqual(ids)
    expect(idsOf(planPilot(samples, { size: 20, epochs: 1, seed: 1 }).samples)).not.toEqual(ids)
  })

  test('are whole batches, and all there are of a small dataset', async () => {
    const samples = await samplesOf(rows)
    expect(planPilot(samples, { size: 20, batchSize: 16, epochs: 1 }).samples).toHaveLength(32)
    const few = await samplesOf(rows.slice(0, 3))
    expect(planPilot(few, { size: 20, epochs: 2 })).toMatchObject({ samples: few, pilotOf: 6 })
    expect(planPilot([], { size: 20, epochs: 2 })).toEqual({ samples: [], pilotOf: 0 })
  })

  test('are of those that would run', async () => {
    const skipping = await samplesOf([{ id: 'a' }, { id: 'b', skip: true }, { id: 'c' }])
    expect(planPilot(skipping, { size: 20, epochs: 1 })).toMatchObject({
      samples: [{ id: 'a' }, { id: 'c' }],
      pilotOf: 2,
    })
    const only = await samplesOf([{ id: 'a' }, { id: 'b', only: true }, { id: 'c', only: true, skip: true }])
    expect(planPilot(only, { size: 20, epochs: 1 })).toMatchObject({ samples: [{ id: 'b' }], pilotOf: 1 })
  })
})

test('a pilot measures its samples, also those that fail, and the time from the first to the last', async () => {
  const clock = new ManualClock()
  const pilot = new Pilot(100, clock)
  expect(pilot.meta).toEqual({ planned: 100, elapsedMs: 0, sampleMs: { n: 0, mean: null, stderr: null } })
  clock.advance(1000)
  const gate = Promise.withResolvers<void>()
  const first = pilot.measure(() => gate.promise)
  clock.advance(10)
  const second = pilot.measure(async () => {
    await gate.promise
    throw new Error('no')
  })
  clock.advance(30)
  gate.resolve()
  await Promise.allSettled([first, second])
  expect(pilot.meta).toEqual({ planned: 100, elapsedMs: 40, sampleMs: { n: 2, mean: 35, stderr: 5 } })
})
