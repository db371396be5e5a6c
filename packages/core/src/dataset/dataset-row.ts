import { EvalsError } from '../errors.ts'
import { isObject } from '../is-object.ts'

/** An `EVALS_DATASET_ROW_INVALID` at `path:line` or `path: rows[3]`; `message` says what is wrong and what to do. */
export function rowInvalid(place: string, message: string, cause?: unknown): EvalsError {
  return new EvalsError('EVALS_DATASET_ROW_INVALID', `${place}: ${message}`, { cause, details: { place } })
}

/** Gives a row back if it is an object or a string; else throws `EVALS_DATASET_ROW_INVALID`. Fields are not checked. */
export function checkRow<Row>(row: unknown, place: string): Row {
  if (typeof row === 'string' || isObject(row)) return row as Row
  const advice = 'Wrap the value in an object, for example { "input": … }, or remove it.'
  throw rowInvalid(place, `expected a row that is an object or a string, got ${kindOf(row)}. ${advice}`)
}

/** What a parsed value is, in the words of a message. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing (null)'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
