import { EvalsError, messageOf } from '../errors.ts'
import type { StoredScore } from '../record/record.ts'

/** Decides from a sample's score values whether it passed; `null` is a score that was not given. */
export type PassWhen = (scores: Readonly<Record<string, number | null>>) => boolean

/** Whether a scored sample passed (`null`: not evaluated), and what its test fails with. */
export interface SampleVerdict {
  readonly passed: boolean | null
  readonly thrown?: unknown
}

/** The verdict on a scored sample. */
export function judgeSample(facts: {
  readonly scores: Readonly<Record<string, StoredScore>>
  /** What scorers threw. */
  readonly errors: readonly unknown[]
  readonly assertionFailure?: unknown
  readonly passWhen?: PassWhen | undefined
}): SampleVerdict {
  if (facts.errors.length > 0) return { passed: null, thrown: scorersFailed(facts) }
  if (facts.assertionFailure !== undefined) return { passed: false, thrown: facts.assertionFailure }
  return judgeValues(Object.fromEntries(Object.entries(facts.scores).map(([name, { value }]) => [name, value])), facts)
}

/** The verdict on scores none of which is an error. */
export function judgeValues(
  values: Readonly<Record<string, number | null>>,
  { passWhen }: { readonly passWhen?: PassWhen | undefined },
): SampleVerdict {
  if (passWhen === undefined) return { passed: true }
  try {
    const passed: unknown = passWhen(values)
    if (passed === true) return { passed }
    if (passed !== false)
      throw new TypeError(`it returned ${passed instanceof Promise ? 'a promise' : typeof passed}, no boolean`)
  } catch (error) {
    const message = `\`passWhen\` failed: ${messageOf(error)}. It is given the scores by name (a missing one is null) and returns true or false.`
    return { passed: null, thrown: new EvalsError('EVALS_PASS_WHEN_FAILED', message, { cause: error }) }
  }
  const shown = Object.entries(values).map(([name, value]) => `${name} ${value ?? '–'}`)
  return {
    passed: false,
    thrown: new EvalsError('EVALS_PASS_WHEN_FALSE', `\`passWhen\` is false for ${shown.join(', ')}.`, {
      details: values,
    }),
  }
}

function scorersFailed({
  scores,
  errors,
}: {
  scores: Readonly<Record<string, StoredScore>>
  errors: readonly unknown[]
}): unknown {
  const lines = Object.entries(scores).flatMap(([name, { error }]) =>
    error === undefined ? [] : `${name}: ${error.message}`,
  )
  const message = `${lines.length} of ${Object.keys(scores).length} scores failed; the output and the other scores are recorded.\n${lines.join('\n')}`
  return new EvalsError('EVALS_SCORER_FAILED', message, { cause: errors[0], details: { scorers: lines } })
}
