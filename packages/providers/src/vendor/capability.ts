import { EvalsError } from '@evals/core'

/**
 * A call asks for what this model or its API does not have; to be thrown before anything is sent.
 * @param model for example `ollama:llama3.2`
 * @param what what it was asked for, as the object of "cannot take"
 */
export function missingCapability(
  model: string,
  what: string,
  next = 'Leave it out, or use another model.',
): EvalsError {
  return new EvalsError('EVALS_MODEL_CAPABILITY_MISSING', `${model} cannot take ${what}. ${next}`, {
    details: { model, capability: what },
  })
}
