import { EvalsError } from '../errors.ts'
import type { StoredScore } from '../record/record.ts'
import type { ScoreDetails, ScoreScale } from './scorer.ts'

/** Who returned a result, and on what scale. */
export interface ScoreSource extends ScoreScale {
  readonly name: string
}

/**
 * The named scores in what a scorer returned.
 * @throws EvalsError `EVALS_SCORE_INVALID` where a value is no finite number, boolean or `null`, or outside the range
 */
export function readScorerResult(result: unknown, source: ScoreSource): [name: string, score: StoredScore][] {
  const results: readonly unknown[] = Array.isArray(result) ? result : [result]
  return results.map((entry) => {
    if (!isDetails(entry)) return [source.name, { ...readValue(entry, source) }]
    const { explanation, metadata } = checkDetails(entry, source)
    const name = entry.name ?? source.name
    const value = 'value' in entry ? entry.value : entry.score
    return [
      name,
      {
        ...readValue(value, { ...source, name }),
        ...(explanation === undefined || explanation === null ? {} : { explanation }),
        ...(metadata === undefined || metadata === null ? {} : { metadata }),
      },
    ]
  })
}

/** Plain JavaScript and model output keep to no type; what the record could not hold would lose the whole of it. */
function checkDetails(details: ScoreDetails, source: ScoreSource): ScoreDetails {
  const wrong = (field: keyof ScoreDetails, expected: string): EvalsError =>
    new EvalsError(
      'EVALS_SCORE_INVALID',
      `The scorer "${source.name}" returned a score whose \`${field}\` is a ${typeof details[field]}; it must be ${expected}.`,
      { details: { scorer: source.name } },
    )
  const { name, explanation, metadata } = details
  if (name !== undefined && name !== null && (typeof name !== 'string' || name === '')) throw wrong('name', 'a text')
  if (explanation !== undefined && explanation !== null && typeof explanation !== 'string') {
    throw wrong('explanation', 'a text')
  }
  const isObject = typeof metadata === 'object' && !Array.isArray(metadata)
  if (metadata !== undefined && !isObject) throw wrong('metadata', 'an object')
  return details
}

function readValue(given: unknown, source: ScoreSource): StoredScore {
  if (given === null) return { value: given }
  const value = typeof given === 'boolean' ? Number(given) : given
  const [least, greatest] = rangeOf(source)
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw invalid(source, given, 'a finite number, a boolean or null')
  if (value < least || value > greatest)
    throw invalid(source, given, `a number from ${least} to ${greatest}, its range`)
  if (source.kind === 'binary' && value !== 0 && value !== 1) throw invalid(source, given, '0 or 1, since it is binary')
  return { value, ...(typeof given === 'boolean' && source.kind === undefined ? { kind: 'binary' } : {}) }
}

/** Least and greatest value a scorer may give; declarations are stored and sent as JSON, see {@link storedRange}. */
export function rangeOf(scale: ScoreScale): readonly [number, number] {
  if (scale.range !== undefined) {
    const [least, greatest]: readonly [number | null, number | null] = scale.range
    return [least ?? Number.NEGATIVE_INFINITY, greatest ?? Number.POSITIVE_INFINITY]
  }
  return scale.kind === 'binary' ? [0, 1] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
}

/** A range as JSON holds it, with `null` for infinity. */
export function storedRange([least, greatest]: readonly [number, number]): readonly [number | null, number | null] {
  return [Number.isFinite(least) ? least : null, Number.isFinite(greatest) ? greatest : null]
}

function isDetails(value: unknown): value is ScoreDetails {
  return typeof value === 'object' && value !== null && ('value' in value || 'score' in value)
}

function invalid(source: ScoreSource, value: unknown, expected: string): EvalsError {
  const got = typeof value === 'string' ? JSON.stringify(value) : value === undefined ? 'nothing' : describe(value)
  return new EvalsError(
    'EVALS_SCORE_INVALID',
    `The scorer "${source.name}" returned ${got}; a score is ${expected}. Return null where there is nothing to score.`,
    { details: { scorer: source.name, value } },
  )
}

function describe(value: unknown): string {
  return typeof value === 'object'
    ? `an object without \`value\` or \`score\` (${Object.keys(value ?? {}).join(', ')})`
    : String(value)
}
