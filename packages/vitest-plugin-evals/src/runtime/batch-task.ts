import { BatchCollector, EvalsError, systemClock, type BatchMember, type BatchSetting } from '@evals/core'
import { createBatchContext } from './batch-context.ts'
import type { Task, TaskCall, TaskCaller } from './task-call.ts'

/** The options of `evalTest.batch`. */
export interface BatchSizing {
  /** Most rows that one call of the task gets. */
  readonly size: number
}

/** What the tests of one eval and variant put into batches. */
export interface BatchCalls {
  readonly task: Task
  readonly size: number
  readonly concurrency: number
  /** How many samples run, which is known when the first one does. */
  readonly samples: () => number
  readonly fixtures: readonly string[]
  readonly unnamed: readonly string[]
}

/** Calls the task for batches of samples. */
export function callInBatches({ task, fixtures, unnamed, ...options }: BatchCalls): TaskCaller {
  const run = (members: readonly BatchMember<TaskCall>[], { scope, aborts }: BatchSetting): unknown => {
    const samples = members.map(({ sample }) => sample)
    const { vitest } = members[0]!.seat
    const context = createBatchContext({ samples, scope, aborts, vitest, fixtures, unnamed })
    return task(samples.map(({ row }) => row) as never, context as never)
  }
  const collector = new BatchCollector<TaskCall>({ ...options, task: run, clock: systemClock })
  return {
    call: (call) => collector.join({ sample: call.sample, scope: call.scope, aborts: call.aborts, seat: call }),
    track: (work) => collector.track(work),
  }
}

/**
 * The size that options of `evalTest.batch` give.
 * @throws EvalsError `EVALS_OPTION_UNKNOWN`, `EVALS_OPTION_INVALID`
 */
export function readBatchSize(sizing: object): number {
  const { size, ...others }: { size?: unknown } = sizing
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) {
    throw new EvalsError('EVALS_OPTION_UNKNOWN', `Unknown option "${unknown}" of a batch. The only one is size.`, {
      details: { option: unknown },
    })
  }
  if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 1) return size
  throw new EvalsError(
    'EVALS_OPTION_INVALID',
    `The option "size" of a batch is ${String(size)}; it must be a whole number from 1: evalTest.batch(rows, { size: 16 }).`,
    { details: { option: 'size', value: size } },
  )
}
