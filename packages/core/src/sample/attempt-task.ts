import { EvalsError } from '../errors.ts'
import { isModelResponse } from '../model/language-model.ts'
import { isCausedBy } from './caused-by.ts'
import { isStopped } from './is-stopped.ts'
import { LateAbortController } from './late-abort-controller.ts'
import { raceDeadline, type RaceResult } from './race-deadline.ts'
import type { SampleJob } from './sample-job.ts'
import type { SampleScope } from './sample-scope.ts'

/** A task that answered; a failed assertion is an answer too: a wrong one. */
export interface Answer {
  readonly outcome: 'scored'
  /** The output in its stored form; absent where the task returned nothing. */
  readonly output?: unknown
  readonly durationMs: number
  /** Ms in which it could only wait for slots; no part of `durationMs`. */
  readonly queuedMs: number
  readonly assertionsMade: number
  readonly assertionFailure?: unknown
}

/** A task that did not answer, and why. */
export interface NoAnswer {
  readonly outcome: 'error' | 'timeout' | 'cancelled'
  readonly output?: unknown
  readonly durationMs: number
  readonly queuedMs: number
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
    maxWaitMs: plan.maxWaitMs ?? 0,
    waits: scope.waits,
    signal,
    controller,
    clock,
  })
  const { durationMs, waitedMs: queuedMs } = result
  return { ...attemptOf(result, job, scope), durationMs, queuedMs }
}

type Times = 'durationMs' | 'queuedMs'
type TimelessAttempt = Omit<Answer, Times> | Omit<NoAnswer, Times>

function attemptOf(result: RaceResult<unknown>, job: SampleJob, scope: SampleScope): TimelessAttempt {
  const { plan, signal } = job
  switch (result.ended) {
    case 'timeout':
      return { outcome: 'timeout', thrown: leaveCalls(scope, timedOut(plan.sampleTimeoutMs)) }
    case 'waited':
      return { outcome: 'timeout', thrown: leaveCalls(scope, waitedTooLong(plan.maxWaitMs ?? 0)) }
    case 'cancelled':
      return { outcome: 'cancelled', thrown: leaveCalls(scope, cancelled(signal)) }
    case 'threw':
      // A thrown `undefined` would look like no failure.
      if (!isAssertionError(result.error)) return readFailure(result.error ?? 'undefined', job, scope)
      return { outcome: 'scored', assertionsMade: 1, assertionFailure: result.error }
    case 'returned':
      return readOutput(result.value, job, scope)
  }
}

/** A task that a limit stopped has answered with what the model said last; one that the budget stopped may go on later. */
function readFailure(thrown: unknown, job: SampleJob, scope: SampleScope): TimelessAttempt {
  const { lastAnswer } = scope
  if (lastAnswer !== undefined && isCausedBy(thrown, ['EVALS_SAMPLE_LIMIT'])) return readOutput(lastAnswer, job, scope)
  return { outcome: isStopped(thrown) ? 'cancelled' : 'error', thrown }
}

/** Records calls that go on as they stand, and lets the error that ends them say what they have tried. */
function leaveCalls(scope: SampleScope, error: EvalsError): EvalsError {
  const attempts = scope.openFailures
  const last = attempts.at(-1)
  if (last !== undefined) {
    const tried = attempts.length === 1 ? 'One attempt' : `${attempts.length} attempts`
    error.message += ` ${tried} at its model calls had failed by then, the last one with: ${last.message}`
    Object.assign(error, { attempts })
  }
  scope.leaveCalls(error)
  return error
}

function readOutput(returned: unknown, job: SampleJob, scope: SampleScope): TimelessAttempt {
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

function waitedTooLong(maxWaitMs: number): EvalsError {
  return new EvalsError(
    'EVALS_SAMPLE_MAX_WAIT',
    `The sample's model calls waited over ${maxWaitMs} ms for their turn. Raise \`maxWait\` or the account's limits, or run again later.`,
    { details: { maxWaitMs } },
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
