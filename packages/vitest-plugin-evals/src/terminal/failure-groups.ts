import type { UnscoredReason } from '@evals/core'
import type { TestCase } from 'vitest/node'
import type { SampleMeta } from '../protocol.ts'

/** Samples that failed, or have no score, for the same reason. */
export interface FailureGroup {
  /** The error's code, or the name of one that has none. */
  readonly error: string
  readonly count: number
  /** The first of them. */
  readonly sample: string
  /** The first line of its message. */
  readonly message: string
}

/** A test, as far as its failure is looked at. */
export type FailedTest = Pick<TestCase, 'name' | 'meta' | 'result'>

/** Groups samples by why they failed or have no score: it is often one reason for hundreds. */
export class FailureGroups {
  readonly #groups = new Map<string, FailureGroup>()

  /** The largest first. */
  get list(): readonly FailureGroup[] {
    return [...this.#groups.values()].toSorted((a, b) => b.count - a.count)
  }

  /** Takes a test in; returns how many samples have its reason, 0 where it is no sample or there is none to tell. */
  add(test: FailedTest): number {
    const { evals } = test.meta()
    // A threshold's failure is like no other, and so is that of an eval that could not be declared.
    if (evals !== undefined && !('outcome' in evals)) return 0
    const reason = reasonOf(test, evals)
    if (reason === undefined) return 0
    const { error, message } = reason
    const key = `${error} ${failedScorers(evals).join()} ${shapeOf(message)}`
    const known = this.#groups.get(key)
    const sample = evals === undefined ? test.name : evals.id
    const group = known === undefined ? { error, count: 1, sample, message } : { ...known, count: known.count + 1 }
    this.#groups.set(key, group)
    return group.count
  }
}

/** Of a recorded sample the result tells the reason: its test may have been skipped. */
function reasonOf(test: FailedTest, sample: SampleMeta | undefined): UnscoredReason | undefined {
  const reason = sample?.unscored ?? failureOf(test, sample)
  // Whoever ended the run knows.
  if (reason === undefined || reason.error === 'EVALS_SAMPLE_CANCELLED') return undefined
  return sample?.kept === true ? { ...reason, error: `${reason.error}, recorded by an earlier run` } : reason
}

function failureOf(test: FailedTest, sample: SampleMeta | undefined): UnscoredReason | undefined {
  const { state, errors } = test.result()
  const [first] = errors ?? []
  if (state !== 'failed' || first === undefined) return undefined
  const [message = ''] = reasonIn(first).split('\n')
  if (sample?.kept !== true) return { error: labelOf(first), message }
  return { error: recordedError(sample), message }
}

/** Of a sample without a verdict either a scorer has failed, or `passWhen` has. */
function recordedError({ passed, scores }: SampleMeta): string {
  if (passed === false) return 'wrong answer'
  return Object.values(scores).includes('failed') ? 'EVALS_SCORER_FAILED' : 'EVALS_PASS_WHEN_FAILED'
}

/** An `EVALS_SAMPLE_FAILED_BEFORE` has what was recorded besides its message, an `EVALS_SCORER_FAILED` what each scorer says. */
function reasonIn({ message, details }: { readonly message: string; readonly details?: unknown }): string {
  const { reason, scorers }: { readonly reason?: unknown; readonly scorers?: unknown } = {
    ...(details as object | undefined),
  }
  if (typeof reason === 'string') return reason
  return Array.isArray(scorers) ? scorers.map((line) => String(line).split('\n', 1)[0]).join('; ') : message
}

function labelOf({ name, code }: { readonly name?: string; readonly code?: unknown }): string {
  return typeof code === 'string' ? code : (name ?? 'Error')
}

/** In the message their names may look like what differs from sample to sample: `rouge1`. */
function failedScorers(sample: SampleMeta | undefined): string[] {
  return Object.entries(sample?.scores ?? {}).flatMap(([name, score]) => (score === 'failed' ? [name] : []))
}

/** The message without what differs from sample to sample: quoted values, numbers, ids. */
export function shapeOf(message: string): string {
  return message
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`/g, '"…"')
    .replaceAll(/\b(?=\w*\d)\w+\b/g, '0')
    .replaceAll(/0(?:[.,:-]0)+/g, '0')
}
