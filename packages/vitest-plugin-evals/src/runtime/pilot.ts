import { inSeededOrder, RunningMoments, type Clock, type Sample } from '@evals/core'
import type { PilotMeta } from '../protocol.ts'

/** How the samples of a pilot are chosen. */
export interface PilotChoice {
  readonly size: number
  /** The pilot consists of whole batches: smaller ones would need more calls than those of the whole run. Default 1. */
  readonly batchSize?: number | undefined
  /** Default 0. */
  readonly seed?: number | undefined
  readonly epochs: number
}

/** The samples of an estimate's pilot, spread over the dataset by `seed` and in its order, and how many there are in all. */
export function planPilot(
  samples: readonly Sample[],
  { size, batchSize = 1, seed = 0, epochs }: PilotChoice,
): { samples: Sample[]; pilotOf: number } {
  const running = runningSamples(samples)
  const wholeBatches = Math.ceil(size / batchSize) * batchSize
  const chosen = new Set(inSeededOrder(running, seed).slice(0, wholeBatches))
  return { samples: running.filter((sample) => chosen.has(sample)), pilotOf: running.length * epochs }
}

/** The samples that would run: where any row is `only`, no other does. */
function runningSamples(samples: readonly Sample[]): readonly Sample[] {
  const wanted = samples.filter(({ skip }) => !skip)
  return wanted.some(({ only }) => only) ? wanted.filter(({ only }) => only) : wanted
}

/** Measures the pilot of one eval and variant while it runs. */
export class Pilot {
  readonly #planned: number
  readonly #clock: Clock
  readonly #sampleMs = new RunningMoments()
  #startedAt: number | undefined
  #endedAt = 0

  /** @param planned samples × epochs of the whole eval */
  constructor(planned: number, clock: Clock) {
    this.#planned = planned
    this.#clock = clock
  }

  /** Runs one sample. */
  async measure<Result>(work: () => Promise<Result>): Promise<Result> {
    const startedAt = this.#clock.now()
    this.#startedAt ??= startedAt
    try {
      return await work()
    } finally {
      this.#endedAt = this.#clock.now()
      this.#sampleMs.add(this.#endedAt - startedAt)
    }
  }

  get meta(): PilotMeta {
    const { n, mean, stderr } = this.#sampleMs
    const elapsedMs = this.#endedAt - (this.#startedAt ?? this.#endedAt)
    return { planned: this.#planned, elapsedMs, sampleMs: { n, mean, stderr } }
  }
}
