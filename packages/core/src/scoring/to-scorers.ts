import { EvalsError } from '../errors.ts'
import { checkScale } from './check-scale.ts'
import type { Scorer, ScoreFunction, ScoreScale } from './scorer.ts'

const reservedNames = new Set(['costUsd', 'latencyMs', 'assertions', '__proto__'])

/**
 * The scorers of an eval in their full form: a plain function gets its own name, one without a name its place, `scorer2`.
 * @throws EvalsError `EVALS_SCORER_DUPLICATE`, `EVALS_SCORER_OPTION_INVALID`
 */
export function toScorers(scorers: readonly (Scorer | ScoreFunction)[]): Scorer[] {
  const names = new Set<string>()
  return scorers.map((given, index) => {
    const scorer = typeof given === 'function' ? ofFunction(given, `scorer${index + 1}`) : given
    const name: unknown = scorer?.name
    if (typeof name !== 'string' || name === '' || typeof scorer.score !== 'function') {
      throw invalid(`Scorer ${index + 1} of the eval is neither a function nor { name, score }.`)
    }
    if (reservedNames.has(name))
      throw invalid(`A scorer cannot be named "${name}", which has a meaning of its own. Rename it.`)
    if (names.has(name)) {
      throw new EvalsError(
        'EVALS_SCORER_DUPLICATE',
        `Two scorers of the eval are named "${name}". Give one another name, such as exactMatch({ name: 'strict' }).`,
        { details: { name } },
      )
    }
    checkScale(scorer)
    names.add(name)
    return scorer
  })
}

/** Functions with a `range` are the scorers of autoevals that ship. */
function ofFunction(score: ScoreFunction & Pick<ScoreScale, 'range'>, place: string): Scorer {
  const { range } = score
  return { name: score.name || place, ...(range === undefined ? {} : { range }), score }
}

function invalid(message: string): EvalsError {
  return new EvalsError('EVALS_SCORER_OPTION_INVALID', message)
}
