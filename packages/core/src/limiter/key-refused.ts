import { EvalsError } from '../errors.ts'

/** A call that is not made, or whose failure says nothing new, since the account's key has been refused before. */
export function keyRefused(): EvalsError {
  return new EvalsError(
    'EVALS_MODEL_KEY_REFUSED',
    'The account of this model has been refused in this run (see the first error), so its calls are not made. Set a valid key, and run again.',
  )
}
