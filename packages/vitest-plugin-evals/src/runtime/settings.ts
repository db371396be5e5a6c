import { isDebugging } from './is-debugging.ts'
import type { Selection } from '@evals/core'
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
  /** Samples of the pilot; absent where the eval itself is to run. */
  readonly estimate?: number
}

/** Settles an eval's options with those of the run and the project. */
export function resolveSettings(
  options: AnyEvalOptions,
  { overrides, defaults, concurrency }: RunContext,
): EvalSettings {
  const { limit, shuffle, seed, ids, tags } = { ...defaults, ...overrides }
  const selection = Object.entries({ limit, shuffle, seed, ids, tags }).filter(([, value]) => value !== undefined)
  const estimate = overrides.estimate ?? defaults.estimate
  const wanted = overrides.concurrency ?? options.concurrency ?? concurrency
  return {
    selection: Object.fromEntries(selection),
    epochs: overrides.epochs ?? options.epochs ?? defaults.epochs ?? 1,
    concurrency: wanted,
    sampleTimeoutMs: isDebugging()
      ? 0
      : (overrides.sampleTimeout ?? options.sampleTimeout ?? defaults.sampleTimeout ?? 300_000),
    maxWaitMs: isDebugging() ? 0 : (overrides.maxWait ?? defaults.maxWait ?? 1_800_000),
    ...(estimate === undefined ? {} : { estimate }),
    traces: overrides.traces ?? defaults.traces ?? 'errors',
    maxErrorRate: overrides.maxErrorRate ?? options.maxErrorRate ?? defaults.maxErrorRate ?? 0,
  }
}
