import { url as debuggerUrl } from 'node:inspector'
import { withoutUndefined, type BaselineOptions, type Selection } from '@evals/core'
import { mergeBaselines } from '../baseline-option.ts'
import { readShard } from '../option-definitions.ts'
import type { RunContext } from '../protocol.ts'
import type { AnyEvalOptions } from './eval-options.ts'

/** What the run, the eval and the project say together; the run's words win over the eval's, those over the project's. */
export interface EvalSettings {
  readonly selection: Selection
  readonly epochs: number
  readonly concurrency: number
  readonly sampleTimeoutMs: number
  readonly maxErrorRate: number
  readonly maxWaitMs: number
  readonly traces: 'off' | 'errors' | 'all'
  /** What the eval is compared with at its end. */
  readonly baseline?: BaselineOptions
  /** Which of the samples run here; absent where all do. */
  readonly shard?: { readonly index: number; readonly count: number }
  /** Samples of the pilot; absent where the eval itself is to run. */
  readonly estimate?: number
}

/** Settles an eval's options with those of the run and the project. */
export function resolveSettings(
  options: AnyEvalOptions,
  { overrides, defaults, concurrency }: RunContext,
): EvalSettings {
  const { limit, shuffle, seed, ids, tags, estimate, shard = '' } = { ...defaults, ...overrides }
  const baseline = mergeBaselines(defaults.baseline, options.baseline, overrides.baseline)
  // Whoever steps through a task with a debugger must not run out of time.
  const isDebugged = debuggerUrl() !== undefined
  return {
    selection: withoutUndefined({ limit, shuffle, seed, ids, tags }),
    epochs: overrides.epochs ?? options.epochs ?? defaults.epochs ?? 1,
    concurrency: overrides.concurrency ?? options.concurrency ?? concurrency,
    sampleTimeoutMs: isDebugged
      ? 0
      : (overrides.sampleTimeout ?? options.sampleTimeout ?? defaults.sampleTimeout ?? 300_000),
    maxWaitMs: isDebugged ? 0 : (overrides.maxWait ?? defaults.maxWait ?? 1_800_000),
    ...withoutUndefined({ baseline, estimate, shard: readShard(shard) }),
    traces: overrides.traces ?? defaults.traces ?? 'errors',
    maxErrorRate: overrides.maxErrorRate ?? options.maxErrorRate ?? defaults.maxErrorRate ?? 0,
  }
}
