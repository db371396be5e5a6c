import { EvalsError } from '@evals/core'

/** A model's name in its parts. */
export interface ModelName {
  readonly provider: string
  readonly modelId: string
}

/** Whether a text names a model; else it names a role. */
export function isModelName(text: string): boolean {
  return text.includes(':')
}

/** Splits `provider:model`; the model's own name may have colons. A part that is missing is empty. */
export function splitModelName(text: string): ModelName {
  const [, provider = '', modelId = ''] = /^([^:]*):(.*)$/s.exec(text.trim()) ?? []
  return { provider, modelId }
}

/**
 * Reads `provider:model`.
 * @throws EvalsError `EVALS_PROVIDER_UNKNOWN` for what is not of this form
 */
export function readModelName(text: string): ModelName {
  const name = splitModelName(text)
  if (name.provider !== '' && name.modelId !== '') return name
  throw new EvalsError(
    'EVALS_PROVIDER_UNKNOWN',
    `A model is named "provider:model", such as "openai:gpt-5-mini", and ${JSON.stringify(text)} is not of this form.`,
    { details: { model: text } },
  )
}
