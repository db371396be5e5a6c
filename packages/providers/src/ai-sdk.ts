import type { LanguageModelV4 } from '@ai-sdk/provider'
import { defineModel, EvalsError, type LanguageModel, type ModelSettings } from '@evals/core'
import { attemptAiSdk } from './ai-sdk/attempt.ts'
import { settingsOf } from './vendor/settings-of.ts'

/** Settings of {@link aiSdk}. */
export interface AiSdkOptions extends ModelSettings {
  /** Default the part before the first dot of the AI SDK's own name: `google` for `google.generative-ai`. */
  readonly provider?: string
  /** Whose limits the calls share, for models of one name behind several accounts. Default the AI SDK's own name. */
  readonly account?: string
}

/**
 * A language model of the AI SDK (version 7, `LanguageModelV4`), of any of its providers. What a model does not support
 * the AI SDK drops; its warnings are in the response's `raw`. `providerOptions` are those of the AI SDK.
 *
 * Its calls go over Node's own `fetch`, unless its provider was given another.
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for a model of another version
 * @example aiSdk(mistral('mistral-small-latest'))
 */
export function aiSdk(sdkModel: LanguageModelV4, options: AiSdkOptions = {}): LanguageModel {
  const { provider: sdkProvider, modelId, specificationVersion } = sdkModel
  if (specificationVersion !== 'v4') throw wrongVersion(sdkModel)
  const { provider = sdkProvider.split('.', 1)[0] ?? sdkProvider, account = sdkProvider } = options
  return defineModel({
    provider,
    modelId,
    ...settingsOf(options),
    account: () => account,
    identity: { aiSdk: sdkProvider, account },
    generate: (prompt, callOptions) =>
      attemptAiSdk({ model: `${provider}:${modelId}`, prompt, options: callOptions }, sdkModel),
  })
}

function wrongVersion({
  provider,
  modelId,
  specificationVersion,
}: { readonly [Name in keyof LanguageModelV4]: unknown }): EvalsError {
  return new EvalsError(
    'EVALS_MODEL_CAPABILITY_MISSING',
    `\`aiSdk\` takes language models of specification v4 (AI SDK 7), and ${String(provider)}:${String(modelId)} is of ${String(specificationVersion)}. Install the provider's package for AI SDK 7.`,
    { details: { provider, modelId, specificationVersion } },
  )
}
