import { EvalsError, type ScoreFunction, type Scorer } from '@evals/core'
import type { Reducer } from '@evals/core/reducers'

/** The options that reducers have to go together with. */
export interface ReducerOptions {
  readonly reducer?: Reducer | readonly Reducer[]
  readonly scorers?: readonly (Scorer | ScoreFunction)[]
}

/** @throws EvalsError `EVALS_OPTION_INVALID` */
export function checkReducers({ reducer = [], scorers = [] }: ReducerOptions): void {
  const reducers: readonly unknown[] = Array.isArray(reducer) ? reducer : [reducer]
  const names = scorers
    .flatMap((scorer) => (typeof scorer === 'object' ? (scorer.metrics ?? []) : []))
    .map(({ name }) => name)
  for (const one of reducers) {
    if (!isReducer(one)) {
      throw invalid(
        `The option "reducer" of an eval must be reducers such as passAt(5) of "vitest-plugin-evals/reducers".`,
      )
    }
    if (names.includes(one.name)) {
      throw invalid(
        `Two reducers, or a reducer and a metric of a scorer, are named "${one.name}". Leave one out, or rename it.`,
      )
    }
    names.push(one.name)
  }
}

/**
 * Fails where a reducer could never have a result, such as `passAt(5)` of three epochs.
 * @throws EvalsError `EVALS_OPTION_INVALID`
 */
export function requireEpochs(reducer: ReducerOptions['reducer'] = [], epochs: number): void {
  const scores = Array.from({ length: epochs }, () => 0)
  const lacking = [reducer].flat().find((one) => one.reduce(scores) === null)
  if (lacking === undefined) return
  throw invalid(`The reducer ${lacking.name} of an eval has no result of ${epochs} epochs. Set \`epochs\` to more.`)
}

function isReducer(value: unknown): value is Reducer {
  if (typeof value !== 'object' || value === null) return false
  const { name, kind, reduce }: { [Name in keyof Reducer]?: unknown } = value
  return typeof name === 'string' && name !== '' && typeof kind === 'function' && typeof reduce === 'function'
}

function invalid(message: string): EvalsError {
  return new EvalsError('EVALS_OPTION_INVALID', message, { details: { option: 'reducer' } })
}
