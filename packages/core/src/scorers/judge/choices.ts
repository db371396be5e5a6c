import type { ScoreScale } from '../../scoring/scorer.ts'
import { isJsonObject } from '../structure/read-json.ts'
import { invalidOption, type OptionRule } from '../scorer-options.ts'

/** What a judge can say, and the score of each; `null`: then the sample is not scored, as for "cannot tell". */
export type Choices = Readonly<Record<string, number | null>>

/** Accepts choices of which at least two are scored, and differently. */
export const choicesRule: OptionRule = {
  expected: 'an object of at least two verdicts with different finite numbers (or null: not scored)',
  accepts: (value) => {
    if (!isJsonObject(value)) return false
    const values = Object.values(value).filter((score) => score !== null)
    return values.every((score) => Number.isFinite(score)) && new Set(values).size > 1
  },
}

/** Accepts the ends of a scale. */
export const scaleRule: OptionRule = {
  expected: 'two whole numbers [least, greatest], at most 100 apart',
  accepts: (value) => {
    if (!Array.isArray(value) || value.length !== 2 || !value.every((end) => Number.isInteger(end))) return false
    const [least, greatest] = value as [number, number]
    return least < greatest && greatest - least <= 100
  },
}

/** A scale as choices: each whole number on it. */
export function choicesOfScale([least, greatest]: readonly [number, number]): Choices {
  const numbers = Array.from({ length: greatest - least + 1 }, (_, index) => least + index)
  return Object.fromEntries(numbers.map((number) => [String(number), number]))
}

/**
 * How the scores of choices are to be read. @throws EvalsError `EVALS_SCORER_OPTION_INVALID` for two that read alike
 */
export function scaleOfChoices(
  scorer: string,
  choices: Choices,
  direction: NonNullable<ScoreScale['direction']>,
): Required<ScoreScale> {
  const names = Object.keys(choices)
  if (new Set(names.map((name) => name.trim().toLowerCase())).size < names.length || names.includes('')) {
    throw invalidOption(scorer, 'two verdicts of `choices` differ only by case or space, or one is empty', {
      details: { choices: names },
    })
  }
  const values = Object.values(choices).filter((value) => value !== null)
  const isBinary = values.every((value) => value === 0 || value === 1)
  const range = [Math.min(...values), Math.max(...values)] as const
  return { kind: isBinary ? 'binary' : 'graded', range, direction }
}
