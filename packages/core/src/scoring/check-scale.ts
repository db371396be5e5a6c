import { EvalsError } from '../errors.ts'
import { rangeOf } from './read-scorer-result.ts'
import type { Scorer } from './scorer.ts'

/**
 * Refuses a range that no score could keep to, before any task is run for it.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`
 */
export function checkScale(scorer: Scorer): void {
  const { name, kind, range } = scorer
  if (range === undefined) return
  const given: unknown = range
  const isPair = Array.isArray(given) && given.length === 2 && given.every((end) => end === null || isEnd(end))
  if (!isPair) throw invalid(scorer, 'it must be two numbers, such as [0, 1]')
  const [least, greatest] = rangeOf(scorer)
  if (least > greatest) {
    throw invalid(
      scorer,
      `the least value comes first: [${greatest}, ${least}]. Where less is better, add direction: 'lower'`,
    )
  }
  if (kind === 'binary' && (least > 0 || greatest < 1)) {
    throw invalid(scorer, `a binary score is 0 or 1. Leave the range of "${name}" out, or write kind: 'graded'`)
  }
}

function isEnd(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(value)
}

function invalid({ name, range }: Scorer, expected: string): EvalsError {
  const shown = Array.isArray(range) ? `[${range.join(', ')}]` : String(range)
  return new EvalsError('EVALS_SCORER_OPTION_INVALID', `The scorer "${name}" has the range ${shown}; ${expected}.`, {
    details: { scorer: name, range },
  })
}
