import { EvalsError } from '../errors.ts'
import { canonicalHash } from '../stored-value/canonical-hash.ts'
import type { LanguageModel } from './language-model.ts'

/** Where one replica of a model answers. Workers get it from Vitest's main process, so it is plain data. */
export interface Endpoint {
  /** For example `http://127.0.0.1:8000/v1`. */
  readonly baseURL: string
  /** As the server calls it. */
  readonly modelId?: string
  /** Never shown, stored or logged. */
  readonly apiKey?: string
  /**
   * What stands for the address in the keys of cached answers, so that the next run finds them on another port or machine.
   * Default, as `connect` gets it: the provider's name and a hash of the spec.
   */
  readonly cacheIdentity?: string
}

/** What a set-up is given besides its spec. */
export interface SetupContext {
  /** Aborts when the run is cancelled: clean up what was started, and throw its reason. */
  readonly signal: AbortSignal
  /** Shows the user a line: a crash, a restart, a slow start. */
  log(line: string): void
}

/** Compute that is running. */
export interface ModelCompute {
  /** At least one, each ready to answer. */
  readonly endpoints: readonly Endpoint[]
  /** Ends everything that the set-up started, whatever its state; called once. */
  dispose(): void | Promise<void>
}

/** What {@link defineModelProvider} is given. */
export interface ModelProviderDefinition<Spec> {
  /** Unique in its module, for example `local-server`. */
  readonly name: string
  /** `import.meta.url` of the module that exports the provider. */
  readonly module: string
  /**
   * Starts, rents or finds compute, and waits until it answers. Runs once per run and spec, in Vitest's main process.
   * @param spec plain data: what is to run
   */
  setup(spec: Spec, context: SetupContext): Promise<ModelCompute>
  /** The model behind an endpoint. Runs in each worker. */
  connect(endpoint: Endpoint, spec: Spec): LanguageModel | Promise<LanguageModel>
}

const modelProvider: unique symbol = Symbol.for('@evals/core/model-provider')

/** Owns compute that models run on: a local process, machines of a cloud. */
export interface ModelProvider<Spec = unknown> extends ModelProviderDefinition<Spec> {
  readonly [modelProvider]: true
}

/**
 * Makes a provider that `modelFixture(provider, spec)` can use.
 *
 * Eval files run in workers, and compute belongs to the whole run. So Vitest's main process imports `module` and finds
 * the provider there: it must be exported, under any name, by a module that an eval file imports and that imports
 * nothing from Vitest.
 * @throws EvalsError `EVALS_OPTION_INVALID` if `module` is no file's URL
 * @example export const cloud = defineModelProvider<{ gpus: number }>({ name: 'cloud', module: import.meta.url, setup, connect })
 */
export function defineModelProvider<Spec>(definition: ModelProviderDefinition<Spec>): ModelProvider<Spec> {
  const { name, module } = definition
  if (!URL.canParse(module)) {
    throw new EvalsError(
      'EVALS_OPTION_INVALID',
      `The model provider "${name}" has the module ${JSON.stringify(module)}; it must be \`import.meta.url\` of the module that exports it.`,
      { details: { provider: name, module } },
    )
  }
  return {
    ...definition,
    connect: (endpoint, spec) => {
      const cacheIdentity = endpoint.cacheIdentity ?? `${name} ${canonicalHash(spec)}`
      return definition.connect({ ...endpoint, cacheIdentity }, spec)
    },
    [modelProvider]: true,
  }
}

/** True for what {@link defineModelProvider} made, also that of another installed copy of the package. */
export function isModelProvider(value: unknown): value is ModelProvider {
  return typeof value === 'object' && value !== null && modelProvider in value
}
