import { EvalsError } from '../errors.ts'
import { isModelResponse } from '../model/language-model.ts'
import { LateAbortController } from './late-abort-controller.ts'
import { raceDeadline } from './race-deadline.ts'
import type { SampleJob } from './sample-job.ts'
import type { SampleScope } from './sample-scope.ts'

/** A task that answered; a failed assertion is an answer too: a wrong one. */
export interface Answer {
  readonly outcome: 'scored'
  /** The output in its stored form; absent where the task returned nothing. */
  readonly output?: unknown
  readonly durationMs: number
  readonly assertionsMade: number
  readonly assertionFailure?: unknown
}

/** A task that did not answer, and why. */
export interface NoAnswer {
  readonly outcome: 'error' | 'timeout' | 'cancelled'
  readonly output?: unknown
  readonly durationMs: number
  readonly thrown: unknown
}

/** How one attempt at a sample ended. */
export type Attempt = Answer | NoAnswer

/** Runs the task of a sample once, within its deadline. */
export async function attemptTask(job: SampleJob, scope: SampleScope): Promise<Attempt> {
  const { plan, signal, clock } = job
  const controller = new LateAbortController()
  scope.aborts = controller
  const result = await raceDeadline(() => job.task(scope, controller), {
    timeoutMs: plan.sampleTimeoutMs,
    signal,
    controller,
    clock,
  })
  const { durationMs } = result
  switch (result.ended) {
    case 'timeout':
      return { outcome: 'timeout', durationMs, thrown: timedOut(plan.sampleTimeoutMs) }
    case 'cancelled':
      return { outcome: 'cancelled', durationMs, thrown: cancelled(signal) }
    case 'threw':
      // A thrown `undefined` would look like no failure.
      if (!isAssertionError(result.error)) return { outcome: 'error', durationMs, thrown: result.error ?? 'undefined' }
      return { outcome: 'scored', durationMs, assertionsMade: 1, assertionFailure: result.error }
    case 'returned':
      return { ...readOutput(result.value, job, scope), durationMs }
  }
}

function readOutput(
  returned: unknown,
  job: SampleJob,
  scope: SampleScope,
): Omit<Answer, 'durationMs'> | Omit<NoAnswer, 'durationMs'> {
  const { made: assertionsMade = 0, failure } = job.assertions?.() ?? {}
  const assertionFailure = failure === undefined ? {} : { assertionFailure: failure }
  const output = isModelResponse(returned) ? (returned.object ?? returned.text) : returned
  if (output === undefined) {
    const scoredItself = scope.scores.size > 0 || assertionsMade > 0 || job.plan.scorers.length === 0
    if (!scoredItself) return { outcome: 'error', thrown: outputMissing() }
    return { outcome: 'scored', assertionsMade, ...assertionFailure }
  }
  const { values } = scope
  const before = values.unserialisable.length
  const stored = values.store('output', output)
  const lost = values.unserialisable[before]
  if (lost !== undefined) return { outcome: 'error', output: stored, thrown: unserialisable(lost.path, lost.what) }
  return { outcome: 'scored', output: stored, assertionsMade, ...assertionFailure }
}

/** Vitest's, chai's and Node's assertion errors share this name. */
function isAssertionError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AssertionError'
}

function timedOut(timeoutMs: number): EvalsError {
  return new EvalsError(
    'EVALS_SAMPLE_TIMEOUT',
    `The task did not answer within ${timeoutMs} ms. Make it faster, or raise \`sampleTimeout\`.`,
    { details: { timeoutMs } },
  )
}

function cancelled(signal: AbortSignal): EvalsError {
  return new EvalsError('EVALS_SAMPLE_CANCELLED', 'The run was cancelled before the task answered.', {
    cause: signal.reason,
  })
}

function outputMissing(): EvalsError {
  return new EvalsError(
    'EVALS_OUTPUT_MISSING',
    'The task returned nothing, so there is nothing to score. Return the output, or call context.score(name, value).',
  )
}

function unserialisable(path: string, what: string): EvalsError {
  return new EvalsError(
    'EVALS_OUTPUT_UNSERIALISABLE',
    `\`${path}\` is a ${what}, which no record can hold. Return data from the task, for example the answer's text.`,
    { details: { path, what } },
  )
}
