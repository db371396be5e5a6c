import { toStoredError, type UndeclaredEval, type Variant } from '@evals/core'
import { test as plainTest } from 'vitest'
import type { RunContext } from '../protocol.ts'
import { createRedact } from './redact.ts'

/** An eval that could not be declared. */
export interface FailedEval {
  readonly name: string
  readonly key: string
  /** Empty where it is so for all of them. */
  readonly variant: Variant
  readonly context: RunContext
}

/** Thrown while Vitest collects, an error would take the other evals of the file with it. */
export function registerFailure({ name, key, variant, context }: FailedEval, error: unknown): void {
  plainTest(`${name} › declaration`, ({ task }) => {
    const stored = redactError(context.redact, { eval: key, variant, error: toStoredError(error) })
    task.meta.evals = { undeclared: { eval: key, variant, error: stored } }
    throw error
  })
}

/** What is stored of an error, redacted as that of a sample which has nothing else: what it is, without where. */
export function redactError(source: string | undefined, failed: UndeclaredEval): UndeclaredEval['error'] {
  const { record } = createRedact(source)({
    record: {
      v: 1,
      run: '',
      revision: 0,
      eval: failed.eval,
      variant: failed.variant,
      id: '',
      epoch: 0,
      rowHash: '',
      outcome: 'error',
      passed: null,
      input: null,
      scores: {},
      error: failed.error,
      usage: {},
      costUsd: null,
      startedAt: new Date().toISOString(),
      durationMs: 0,
      queuedMs: 0,
      calls: [],
      trace: [],
      tags: [],
      metadata: {},
    },
    attachments: [],
  })
  const { name, code, message } = record.error ?? { name: 'Error', message: 'why is redacted' }
  // What a redaction made of the code may be of any type.
  return { name, ...(code === undefined ? {} : { code: String(code) }), message }
}
