import { evalKey, EvalsError } from '@evals/core'
import {
  compare,
  describeVerdict,
  readStoredSide,
  toComparedSide,
  type CompareOptions,
  type ScoreComparison,
  type StoredSide,
} from '@evals/core/stats'
import { adjustments, type CompareFlags } from '../commands/compare.ts'
import { withExperiment } from '../experiment/find-experiment.ts'
import { Problems } from '../experiment/problems.ts'
import { write, writeJson } from '../terminal/output.ts'
import { renderComparison } from './render-comparison.ts'
import { renameIn } from './rename-in.ts'
import { sidesByVariant } from './sides-by-variant.ts'

/** The experiments as they were named. */
export interface NamedExperiments {
  readonly base: string
  readonly other: string | undefined
}

/**
 * Compares two experiments, or the values of a variant in one, and prints the verdicts. The exit code is 1 where something
 * is worse.
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN`, `EVALS_EVAL_UNKNOWN`, `EVALS_USAGE_INVALID`, `EVALS_COMPARISON_INVALID`
 */
export async function runCompare({ base, other }: NamedExperiments, flags: CompareFlags): Promise<void> {
  const { by, rename = [], alpha, margin, adjust, allowMixedJudges = false, json } = flags
  if ((other === undefined) === (by === undefined)) {
    throw new EvalsError(
      'EVALS_USAGE_INVALID',
      'Two experiments are compared, or the values of a variant within one.\nName them: `evals compare BASE OTHER`, or `evals compare EXPERIMENT --by VARIANT`.',
    )
  }
  const problems = new Problems()
  const read = (name: string): Promise<StoredSide> =>
    withExperiment(flags, name, (found) => readStoredSide(found, problems.add))
  const before = renameIn(await read(base), rename)
  const after = other === undefined ? before : await read(other)
  const sides =
    by === undefined ? { base: toComparedSide(before), other: toComparedSide(after) } : sidesByVariant(before, by)
  const adjustment = adjustments[adjust]
  const options: CompareOptions = { alpha, adjustment, allowMixedJudges, ...(margin !== undefined && { margin }) }
  const comparison = await compare(sides.base, sides.other, options)
  if (comparison.scores.length === 0) throw nothingToCompare(before, after)
  const names = { base: before.experiment, other: after.experiment, ...(by !== undefined && { by }) }
  if (json) {
    const scores = comparison.scores.map((score) => ({ ...score, sentence: describeVerdict(score) }))
    writeJson({ ...names, alpha, adjustment, ...(margin !== undefined && { margin }), ...comparison, scores })
  } else write(renderComparison(names, comparison))
  problems.report()
  if (comparison.scores.some(isWorse)) process.exitCode = 1
}

function isWorse({ verdict }: ScoreComparison): boolean {
  return verdict === 'worse'
}

function nothingToCompare(base: StoredSide, other: StoredSide): EvalsError {
  const [before, after] = [base, other].map(({ evals }) => evals.map((one) => evalKey(one.eval, one.variant)))
  const names = [...new Set([base.experiment, other.experiment])].map((name) => `"${name}"`).join(' and ')
  const isShared = before!.some((key) => after!.includes(key))
  return new EvalsError(
    'EVALS_COMPARISON_INVALID',
    isShared
      ? `No sample has a score in the evals of ${names} that are compared.\n\`evals show ${other.experiment} --errors\` tells what failed; evals without scorers have none.`
      : `${names} have no eval and variant in common, so there is nothing to compare.\n\`evals show\` tells what each has; --rename OLD=NEW says what is called otherwise now, --by VARIANT compares variants.`,
  )
}
