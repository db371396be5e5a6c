import {
  declareRole,
  EvalsError,
  modelForRole,
  type GenerateOptions,
  type LanguageModel,
  type Prompt,
} from '@evals/core'
import { isModelName, readModelName, splitModelName, type ModelName } from './model-name.ts'
import { providerOf } from './providers.ts'

/**
 * A model by its name, or one that plays a role. Both are resolved when the model is used.
 *
 * The option `models` (`judge=anthropic:claude-sonnet-5,default=openai:gpt-5-mini`) re-points roles by their names; its
 * `default` plays the roles that are declared without a model, as in `model('judge')`. A provider is one of this package,
 * a preset of `openaiCompatible`, or one added by `registerProvider`.
 * @param nameOrRole `provider:model`, or a role's name, which has no colon
 * @param declared the model that plays the role unless it is re-pointed
 * @throws EvalsError (from a call) `EVALS_PROVIDER_UNKNOWN` with the names that may have been meant
 * @example model('openai:gpt-5-mini')
 * @example model('judge', 'openai:gpt-5')
 */
export function model(nameOrRole: string, declared?: string | LanguageModel): LanguageModel {
  if (!isModelName(nameOrRole)) declareRole(nameOrRole)
  const find = (): string | LanguageModel | undefined =>
    isModelName(nameOrRole) ? nameOrRole : modelForRole(nameOrRole, declared)
  const made = new Map<string, Promise<LanguageModel>>()

  /** A run may re-point the role after an earlier one has used it. */
  const resolve = async (): Promise<LanguageModel> => {
    const found = find()
    if (found === undefined) throw unplayed(nameOrRole)
    if (typeof found !== 'string') return found
    let known = made.get(found)
    if (known === undefined) {
      known = makeModel(found)
      made.set(found, known)
      // What was missing, such as a provider, may be there at the next call.
      known.catch(() => made.delete(found))
    }
    return known
  }

  return {
    get provider() {
      return nameOf(find()).provider
    },
    get modelId() {
      return nameOf(find()).modelId
    },
    generate: async (prompt: Prompt, options?: GenerateOptions) => (await resolve()).generate(prompt, options),
    async *stream(prompt: Prompt, options?: GenerateOptions) {
      yield* (await resolve()).stream(prompt, options)
    },
  }

  function nameOf(found: string | LanguageModel | undefined): ModelName {
    if (found === undefined) return { provider: 'role', modelId: nameOrRole }
    // To look at a model is no use of it: a wrong name is an error of the call.
    return typeof found === 'string' ? splitModelName(found) : found
  }
}

async function makeModel(name: string): Promise<LanguageModel> {
  const { provider, modelId } = readModelName(name)
  return providerOf(provider)(modelId)
}

function unplayed(role: string): EvalsError {
  return new EvalsError(
    'EVALS_PROVIDER_UNKNOWN',
    `No model plays the role ${JSON.stringify(role)}. Declare one, as in model('${role}', 'openai:gpt-5'), or set the option \`models\` to "${role}=openai:gpt-5". A model itself is named "provider:model".`,
    { details: { role } },
  )
}
