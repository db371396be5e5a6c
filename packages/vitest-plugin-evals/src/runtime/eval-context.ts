import { EvalsError, type Sample, type SampleScope, type ScorerResult } from '@evals/core'
import type { TestContext } from 'vitest'

/** What a task's second parameter has besides Vitest's context and the fixtures it names. */
export interface EvalContext<Row = unknown> extends Omit<TestContext, 'signal'> {
  /** The sample that is running. */
  readonly sample: Sample<Row>
  /** Which repetition of the sample it is, 0-based. */
  readonly epoch: number
  /** Aborts on timeout, cancellation, bail and Ctrl+C; pass it to whatever takes a signal. */
  readonly signal: AbortSignal
  /** Scores the sample from inside the task. */
  score(name: string, value: Exclude<ScorerResult, readonly unknown[]>): void
  /** Writes values into the record's trace. */
  log(...values: unknown[]): void
  /** Runs work and writes its name and duration into the record's trace. */
  span<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result>
  /** Adds to the record's metadata. */
  setMetadata(metadata: Readonly<Record<string, unknown>>): void
}

/** What an {@link EvalContext} is made of. */
export interface ContextParts {
  readonly vitest: TestContext
  /** Vitest's `expect` of the test. */
  expect(): TestContext['expect']
  readonly sample: Sample
  readonly epoch: number
  readonly scope: SampleScope
  /** Whose signal the task gets. */
  readonly aborts: { readonly signal: AbortSignal }
  /** Fixtures that exist but were not set up, since the task does not destructure its second parameter. */
  readonly unnamed: readonly string[]
}

/** The context of one attempt at a sample. */
export function createEvalContext(parts: ContextParts): EvalContext {
  const { vitest, expect, sample, epoch, scope, aborts, unnamed } = parts
  const own: Omit<EvalContext, Exclude<keyof TestContext, 'signal' | 'expect'>> = {
    sample,
    epoch,
    get signal() {
      return aborts.signal
    },
    get expect() {
      return expect()
    },
    score: (name, value) => scope.score(name, value),
    log: (...values) => scope.log(...values),
    span: (name, work) => scope.span(name, work),
    setMetadata: (metadata) => scope.setMetadata(metadata),
  }
  refuseUnnamed(own, unnamed)
  // Vitest's context defines some of its members as getters, which a copy would call; and an object that becomes a
  // prototype gets slow.
  return new Proxy(own, {
    get: (target, name) => Reflect.get(name in target ? target : vitest, name) as unknown,
    has: (target, name) => name in target || name in vitest,
  }) as unknown as EvalContext
}

/** Makes reading a fixture that was not set up an error that says how to name it. */
export function refuseUnnamed(context: object, unnamed: readonly string[]): void {
  for (const name of unnamed) {
    Object.defineProperty(context, name, {
      get() {
        throw new EvalsError(
          'EVALS_FIXTURE_NOT_NAMED',
          `The fixture "${name}" is not set up: Vitest sets up what a task destructures. Write the task as (row, { ${name} }) => …`,
          { details: { fixture: name } },
        )
      },
    })
  }
}
