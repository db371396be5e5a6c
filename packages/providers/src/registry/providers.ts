import { didYouMean, EvalsError, nearNames, type LanguageModel } from '@evals/core'
import { presets, type PresetName } from '../openai-compatible/presets.ts'

/** Makes a provider's model of the part of a name after `provider:`. */
export type ProviderFactory = (modelId: string) => LanguageModel | Promise<LanguageModel>

/** Each provider's code is loaded when a model of it is first used. */
const vendors: Readonly<Record<string, ProviderFactory>> = {
  anthropic: async (modelId) => (await import('../anthropic.ts')).anthropic(modelId),
  ollama: async (modelId) => (await import('../ollama.ts')).ollama(modelId),
  openai: async (modelId) => (await import('../openai.ts')).openai(modelId),
}

// Several installed copies of the package must still share what users register.
const key = Symbol.for('@evals/providers/registry')
const shared = globalThis as { [key]?: Map<string, ProviderFactory> }

/**
 * Adds a provider, so that `model('name:…')` finds its models. A name that is known already is replaced.
 * @param name without a colon
 * @throws EvalsError `EVALS_OPTION_INVALID`
 * @example registerProvider('google', (modelId) => aiSdk(google(modelId)))
 */
export function registerProvider(name: string, factory: ProviderFactory): void {
  if (!/^[^:\s]+$/.test(name)) {
    throw new EvalsError(
      'EVALS_OPTION_INVALID',
      `A provider's name is one word without a colon, and ${JSON.stringify(name)} is not. Models are named "provider:model".`,
      { details: { name } },
    )
  }
  ;(shared[key] ??= new Map()).set(name, factory)
}

/** @throws EvalsError `EVALS_PROVIDER_UNKNOWN` with the names that may have been meant */
export function providerOf(name: string): ProviderFactory {
  const registered = shared[key]?.get(name)
  if (registered !== undefined) return registered
  if (Object.hasOwn(vendors, name)) return vendors[name]!
  if (Object.hasOwn(presets, name)) return presetFactory(name as PresetName)
  const known = [
    ...new Set([...Object.keys(vendors), ...Object.keys(presets), ...(shared[key]?.keys() ?? [])]),
  ].toSorted()
  throw new EvalsError(
    'EVALS_PROVIDER_UNKNOWN',
    `No provider is called ${JSON.stringify(name)}.${didYouMean(name, known)} Known are ${known.join(', ')}; \`registerProvider\` adds your own.`,
    { details: { provider: name, near: nearNames(name, known), known } },
  )
}

function presetFactory(provider: PresetName): ProviderFactory {
  return async (modelId) => (await import('../openai-compatible.ts')).openaiCompatible(modelId, { provider })
}
