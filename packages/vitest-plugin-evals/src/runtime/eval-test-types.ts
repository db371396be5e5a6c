import type { Dataset } from '@evals/core'
import type { TestAPI, TestContext } from 'vitest'
import type { BatchContext } from './batch-context.ts'
import type { BatchSizing } from './batch-task.ts'
import type { EvalContext } from './eval-context.ts'
import type { EvalOptions, ExpectedOf, InputOf, PartPick } from './eval-options.ts'

/** Cleans up what a fixture set up. */
export interface FixtureTools {
  onCleanup(cleanup: () => unknown): void
}

/** Options of one fixture, as Vitest has them. */
export interface FixtureOptions {
  readonly scope?: 'test' | 'file' | 'worker'
  readonly auto?: boolean
  readonly injected?: boolean
}

/** Fixtures in Vitest's object form: values, or functions that hand their value to `use`. */
export type FixtureDefinitions<Own, Fixtures> = {
  readonly [Name in keyof Own]:
    | Own[Name]
    | FixtureFunction<Own[Name], Own & Fixtures>
    | readonly [Own[Name] | FixtureFunction<Own[Name], Own & Fixtures>, FixtureOptions]
}

type FixtureFunction<Value, Fixtures> = (
  context: Fixtures & TestContext,
  use: (value: Value) => Promise<void>,
) => unknown

/** What a task gets for a variant's value: a function is called once per file, its result awaited. */
export type VariantValue<Value> = Value extends (...parameters: never[]) => infer Result ? Awaited<Result> : Value

/** The fixtures that variants add: one per dimension, of any of its values' types. */
export type VariantFixtures<Variants> = {
  [Dimension in keyof Variants]: VariantValue<Variants[Dimension][keyof Variants[Dimension]]>
}

/**
 * Declares one eval.
 * @param name unique in its file or `describe`
 * @param task gives the output for a row; its second parameter is Vitest's context with the fixtures it names
 */
export type DeclareEval<Row, Fixtures> = <
  Result,
  const ExpectedKey extends keyof Row & string = never,
  Expected = ExpectedOf<Row>,
  const InputKey extends keyof Row & string = never,
  Input = InputOf<Row>,
>(
  name: string,
  task: (row: Row, context: EvalContext<Row> & Fixtures) => Result | Promise<Result>,
  options?: EvalOptions<Row, Result, PartPick<ExpectedKey, Expected>, PartPick<InputKey, Input>>,
) => void

/**
 * Declares one eval whose task answers several rows at once.
 * @param name unique in its file or `describe`
 * @param task gives a list with an output for each of the rows, in their order; its second parameter has the fixtures it
 * names. Where it throws, or the list has another length, each of the rows is tried once more alone
 */
export type DeclareBatch<Row, Fixtures> = <
  Result,
  const ExpectedKey extends keyof Row & string = never,
  Expected = ExpectedOf<Row>,
  const InputKey extends keyof Row & string = never,
  Input = InputOf<Row>,
>(
  name: string,
  task: (rows: readonly Row[], context: BatchContext<Row> & Fixtures) => readonly Result[] | Promise<readonly Result[]>,
  options?: EvalOptions<Row, Result, PartPick<ExpectedKey, Expected>, PartPick<InputKey, Input>>,
) => void

/** Vitest's `test` for evals: a dataset's rows are its tests. */
export interface EvalTest<Fixtures = unknown>
  extends
    DeclareEval<Record<string, never>, Fixtures>,
    Pick<TestAPI, 'describe' | 'beforeAll' | 'beforeEach' | 'afterAll' | 'afterEach'> {
  /** An eval over a dataset: `test.each(rows)(name, task, options)`. */
  each<Row>(dataset: Dataset<Row>): DeclareEval<Row, Fixtures>
  /** An eval over a dataset whose task gets up to `size` rows at once: each row stays its own sample, test and record. */
  batch<Row>(dataset: Dataset<Row>, options: BatchSizing): DeclareBatch<Row, Fixtures>
  /** Adds a fixture, as Vitest's `test.extend` does. */
  extend<Name extends string, Value>(
    name: Name,
    options: FixtureOptions & { readonly scope: 'file' | 'worker' },
    fixture: (context: Fixtures, tools: FixtureTools) => Value | Promise<Value>,
  ): EvalTest<Fixtures & Record<Name, Value>>
  extend<Name extends string, Value>(
    name: Name,
    options: FixtureOptions,
    fixture: (context: Fixtures & TestContext, tools: FixtureTools) => Value | Promise<Value>,
  ): EvalTest<Fixtures & Record<Name, Value>>
  extend<Name extends string, Value>(
    name: Name,
    fixture: (context: Fixtures & TestContext, tools: FixtureTools) => Value | Promise<Value>,
  ): EvalTest<Fixtures & Record<Name, Value>>
  extend<Name extends string, Value>(name: Name, value: Value): EvalTest<Fixtures & Record<Name, Value>>
  extend<Own extends Record<string, unknown>>(fixtures: FixtureDefinitions<Own, Fixtures>): EvalTest<Fixtures & Own>
  /** Evals run once per combination; each key becomes a fixture and part of every record's key. */
  variants<const Variants extends Readonly<Record<string, Readonly<Record<string, unknown>>>>>(
    variants: Variants,
  ): EvalTest<Fixtures & VariantFixtures<Variants>>
  readonly skip: EvalTest<Fixtures>
  readonly only: EvalTest<Fixtures>
  skipIf(condition: unknown): EvalTest<Fixtures>
  runIf(condition: unknown): EvalTest<Fixtures>
}
