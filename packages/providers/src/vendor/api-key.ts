import { EvalsError } from '@evals/core'

/** Where a vendor's API key comes from. */
export interface ApiKeySource {
  /** For example `anthropic`. */
  readonly provider: string
  /** The key of the model's options. */
  readonly apiKey: string | undefined
  /** The environment variable that holds it otherwise. */
  readonly variable: string
}

/**
 * The key of a call; to be asked when the call is made, since `.env` files may be loaded after a model is.
 * @throws EvalsError `EVALS_MODEL_KEY_MISSING`
 */
export function apiKeyOf(source: ApiKeySource): string {
  const key = findApiKey(source)
  if (key !== undefined) return key
  const { provider, variable } = source
  throw new EvalsError(
    'EVALS_MODEL_KEY_MISSING',
    `A model of ${provider} needs an API key, and ${variable} is not set. Set it in the environment or in \`.env.local\`, or give the model \`apiKey\`.`,
    { details: { provider, variable } },
  )
}

/** The key of a call, if there is one. */
export function findApiKey({ apiKey, variable }: Omit<ApiKeySource, 'provider'>): string | undefined {
  const key = (apiKey ?? process.env[variable])?.trim()
  return key === '' ? undefined : key
}
