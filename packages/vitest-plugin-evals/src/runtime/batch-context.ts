import type { Sample, SampleScope } from '@evals/core'
import type { TestContext } from 'vitest'
import { refuseUnnamed } from './eval-context.ts'

/** What a batch's task has as its second parameter, besides the fixtures it names. */
export interface BatchContext<Row = unknown> {
  /** The samples of the rows, in their order. */
  readonly samples: readonly Sample<Row>[]
  /** Aborts when no sample of the batch is wanted any more: on timeout, cancellation, bail and Ctrl+C. */
  readonly signal: AbortSignal
  /** Writes values into the trace of each sample's record. */
  log(...values: unknown[]): void
  /** Runs work and writes its name and duration into the trace of each sample's record. */
  span<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result>
}

/** What a {@link BatchContext} is made of. */
export interface BatchContextParts {
  readonly samples: readonly Sample[]
  readonly scope: SampleScope
  readonly aborts: { readonly signal: AbortSignal }
  /** The context of one of the tests, whose fixtures the batch uses. */
  readonly vitest: TestContext
  /** Names of all fixtures. */
  readonly fixtures: readonly string[]
  /** Fixtures that exist but were not set up, since the task does not destructure its second parameter. */
  readonly unnamed: readonly string[]
}

/** The context of one call of a batch's task. */
export function createBatchContext({
  samples,
  scope,
  aborts,
  vitest,
  fixtures,
  unnamed,
}: BatchContextParts): BatchContext {
  const own: BatchContext = {
    samples,
    get signal() {
      return aborts.signal
    },
    log: (...values) => scope.log(...values),
    span: (name, work) => scope.span(name, work),
  }
  refuseUnnamed(own, unnamed)
  for (const name of fixtures) {
    if (name in own) continue
    Object.defineProperty(own, name, { enumerable: true, get: () => Reflect.get(vitest, name) as unknown })
  }
  return own
}
