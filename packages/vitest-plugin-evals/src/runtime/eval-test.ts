import { EvalsError, type Dataset } from '@evals/core'
import { describe, test as vitestTest } from 'vitest'
import { declareEval, type EvalDeclaration } from './declare-eval.ts'
import type { AnyEvalOptions } from './eval-options.ts'
import type { EvalTest } from './eval-test-types.ts'
import type { Branch } from './loaded-eval.ts'
import type { Task } from './task-call.ts'

type Mode = EvalDeclaration['mode']

/** Declares evals: Vitest's `test`, whose tests are the samples of a dataset. */
export const evalTest: EvalTest = createEvalTest([{ variant: {}, test: vitestTest, fixtures: [] }], 'run')

function createEvalTest(branches: readonly Branch[], mode: Mode): EvalTest {
  const declare =
    (dataset: Dataset<unknown>, batch?: object) =>
    (name: string, task: Task, options: AnyEvalOptions = {}): void =>
      declareEval({ name, task, options, dataset, batch, branches, mode })
  const derive = (next: readonly Branch[] | Mode): EvalTest =>
    typeof next === 'string' ? createEvalTest(branches, next) : createEvalTest(next, mode)
  // With several variants no single set of fixtures belongs to a hook.
  const { beforeAll, beforeEach, afterAll, afterEach } = branches.length === 1 ? branches[0]!.test : vitestTest
  const members = {
    each: (dataset: Dataset<unknown>) => declare(dataset),
    batch: (dataset: Dataset<unknown>, sizing: object = {}) => declare(dataset, sizing),
    extend: (...parameters: unknown[]) => derive(branches.map((branch) => extend(branch, parameters))),
    variants: (variants: Variants) => derive(combine(branches, variants)),
    skipIf: (condition: unknown) => derive(condition ? 'skip' : mode),
    runIf: (condition: unknown) => derive(condition ? mode : 'skip'),
    describe,
    beforeAll,
    beforeEach,
    afterAll,
    afterEach,
  }
  const test = Object.assign(declare([{}]), members)
  // Made when asked for: each of them has a `skip` and an `only` of its own.
  Object.defineProperty(test, 'skip', { get: () => derive('skip') })
  Object.defineProperty(test, 'only', { get: () => derive('only') })
  // The implementation knows rows, outputs and fixtures only as unknown.
  return test as unknown as EvalTest
}

function extend({ variant, test, fixtures }: Branch, parameters: readonly unknown[]): Branch {
  const [first] = parameters
  const added = typeof first === 'string' ? [first] : Object.keys(first as object)
  const extended = Reflect.apply(test.extend, test, parameters) as Branch['test']
  return { variant, test: extended, fixtures: [...fixtures, ...added] }
}

type Variants = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Every branch with every combination of values, the last dimension changing fastest. */
function combine(branches: readonly Branch[], variants: Variants): Branch[] {
  let combined = [...branches]
  for (const [dimension, values] of Object.entries(variants)) {
    const named = Object.entries(values)
    if (named.length === 0) {
      throw new EvalsError(
        'EVALS_EVAL_INVALID',
        `The variants of "${dimension}" are empty. Give at least one: { ${dimension}: { name: value } }.`,
      )
    }
    const fixtures = named.map(([name, value]) => ({ name, fixture: once(value) }))
    combined = combined.flatMap((branch) =>
      fixtures.map(({ name, fixture }) => ({
        ...extend(branch, [dimension, fixture]),
        variant: { ...branch.variant, [dimension]: name },
      })),
    )
  }
  return combined
}

/** A fixture that calls a factory when it is first wanted; Vitest's own worker scope is refused in a `describe`. */
function once(value: unknown): () => unknown {
  if (typeof value !== 'function') return () => value
  const factory = value as () => unknown
  let made: { readonly value: unknown } | undefined
  return () => (made ??= { value: factory() }).value
}
