import { didYouMean, EvalsError, type LanguageModel } from '@evals/core'
import { model, providerAccess } from '@evals/providers'

/**
 * The models that a text such as `openai:gpt-5-mini,ollama:qwen3` names, by these names; each is made when it is first
 * used.
 * @throws EvalsError `EVALS_PROVIDER_UNKNOWN`, `EVALS_USAGE_INVALID`
 */
export function readModels(text: string): Record<string, () => LanguageModel> {
  const names = text.split(',').map((name) => name.trim())
  const known = providerAccess().map(({ provider }) => provider)
  for (const name of names) {
    const [provider = '', ...modelId] = name.split(':')
    if (provider === '' || modelId.join(':').trim() === '') {
      throw new EvalsError(
        'EVALS_USAGE_INVALID',
        `A model is named "provider:model", such as openai:gpt-5-mini, and ${JSON.stringify(name)} is not of this form.\nSeveral are separated by commas.`,
      )
    }
    if (known.includes(provider)) continue
    throw new EvalsError(
      'EVALS_PROVIDER_UNKNOWN',
      `No provider is called "${provider}".${didYouMean(provider, known)}\nKnown are ${known.join(', ')}.`,
      { details: { provider, known } },
    )
  }
  return Object.fromEntries(names.map((name) => [name, () => model(name)]))
}
