import type { BaselineOptions } from '@evals/core'

/** What the option `baseline` takes. */
export type BaselineOption = string | BaselineOptions

/** For messages. */
export const baselineExpected =
  "the name of an experiment, a glob of names, or { experiment, alpha, margin, gate: 'worse' | 'notWorse' }, where 'notWorse' needs a margin"

const members: readonly string[] = ['experiment', 'alpha', 'margin', 'gate'] satisfies (keyof BaselineOptions)[]

/** Whether a value is what the option takes. */
export function isBaseline(value: unknown): value is BaselineOption {
  if (typeof value === 'string') return value.trim() !== ''
  if (typeof value !== 'object' || value === null || !Object.keys(value).every((name) => members.includes(name))) {
    return false
  }
  const { experiment, alpha = 0.05, margin, gate = 'worse' }: { [Name in keyof BaselineOptions]?: unknown } = value
  return (
    typeof experiment === 'string' &&
    experiment.trim() !== '' &&
    isBetween(alpha, 0, 1) &&
    (margin === undefined || isBetween(margin, 0, Number.POSITIVE_INFINITY)) &&
    (gate === 'worse' || (gate === 'notWorse' && margin !== undefined))
  )
}

function isBetween(value: unknown, least: number, greatest: number): boolean {
  return typeof value === 'number' && value > least && value < greatest
}

/**
 * The baseline that several sources name together, the first one with the least say: a name alone leaves to the others how
 * it is judged.
 */
export function mergeBaselines(...options: readonly (BaselineOption | undefined)[]): BaselineOptions | undefined {
  return options
    .map((option) => (typeof option === 'string' ? { experiment: option } : option))
    .reduce((before, option) =>
      before === undefined || option === undefined ? (option ?? before) : { ...before, ...option },
    )
}
