import { EvalsError } from '../errors.ts'
import type { LanguageModel } from './language-model.ts'
import type { Endpoint } from './model-provider.ts'
import { pool } from './pool.ts'

/**
 * The one model behind all endpoints of a set-up; several form a {@link pool}.
 * @param connect the model behind one endpoint
 * @throws EvalsError `EVALS_PROVIDER_FAILED` without any endpoint
 */
export async function connectEndpoints(
  endpoints: readonly Endpoint[],
  connect: (endpoint: Endpoint) => LanguageModel | Promise<LanguageModel>,
): Promise<LanguageModel> {
  if (endpoints.length > 0) return pool(await Promise.all(endpoints.map(async (endpoint) => connect(endpoint))))
  throw new EvalsError(
    'EVALS_PROVIDER_FAILED',
    'The model provider set up no endpoint at all; its `setup` must return at least one, or throw.',
  )
}
