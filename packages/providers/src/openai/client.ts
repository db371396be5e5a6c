import type { OpenAI } from 'openai'
import { loadTransport, transportFetch } from '../transport/transport-fetch.ts'
import { accountOf } from '../vendor/account.ts'
import { apiKeyOf, findApiKey } from '../vendor/api-key.ts'
import { hidingKey } from '../vendor/hide-key.ts'
import { loadSdk } from '../vendor/load-sdk.ts'
import { suggestingModels } from '../vendor/suggesting-models.ts'
import { checkedAddress } from '../vendor/checked-address.ts'

/** How an API with OpenAI's wire formats is reached. */
export interface OpenAIConnection {
  /** For example `groq`. */
  readonly provider: string
  /** Asked at each call. */
  baseURL(): string
  readonly apiKey: string | undefined
  /** The environment variable that holds the key otherwise; absent: there is none. */
  readonly variable?: string
  /** A call without a key fails. */
  readonly needsKey: boolean
  readonly headers: Readonly<Record<string, string>>
  /** What stands for the base URL in the keys of cached answers. Default: the base URL. */
  readonly cacheIdentity?: string
}

/** A base URL and a key as they were found last. */
interface Address {
  readonly baseURL: string
  readonly key: string | undefined
  /** The base URL without its query, which may hold secrets. */
  readonly shown: string
  readonly account: string
}

/** The vendor's SDK, connected at the first call. */
export class OpenAIClient {
  readonly provider: string
  readonly #connection: OpenAIConnection
  #connected: Promise<OpenAI> | undefined
  #address: Address | undefined

  constructor(connection: OpenAIConnection) {
    this.provider = connection.provider
    this.#connection = connection
  }

  /** Where answers come from, for the keys of cached ones. */
  get cacheIdentity(): string {
    return this.#connection.cacheIdentity ?? this.#findAddress().shown
  }

  /** Whose limits the calls use. @throws EvalsError `EVALS_OPTION_INVALID` for a base URL with a password */
  account(): string {
    return this.#findAddress().account
  }

  /**
   * Makes one call of a model with the SDK.
   * @throws EvalsError `EVALS_MODEL_KEY_MISSING`, `EVALS_MODEL_SDK_MISSING`; what the call throws, without the key
   */
  async callModel<Result>(
    { modelId, signal }: { readonly modelId: string; readonly signal: AbortSignal },
    work: (sdk: OpenAI) => Promise<Result>,
  ): Promise<Result> {
    const sdk = await this.connect()
    const list = async (options: { signal: AbortSignal }): Promise<string[]> =>
      (await sdk.models.list(options)).data.map(({ id }) => id)
    const suggestion = { modelId, account: this.account(), signal, list }
    return hidingKey(this.#key(), () => suggestingModels(suggestion, () => work(sdk)))
  }

  /** Loads the SDK. @throws EvalsError `EVALS_MODEL_KEY_MISSING`, `EVALS_MODEL_SDK_MISSING` */
  async connect(): Promise<OpenAI> {
    const key = this.#key()
    const [sdk] = await Promise.all([(this.#connected ??= connect(this.#connection, key)), loadTransport()])
    return sdk
  }

  #findAddress(): Address {
    const baseURL = this.#connection.baseURL()
    const key = this.#findKey()
    // Asked at each call, and hashing takes its time.
    if (this.#address?.baseURL !== baseURL || this.#address.key !== key) {
      const shown = accountOf(checkedAddress(baseURL, this.provider))
      this.#address = { baseURL, key, shown, account: accountOf(baseURL, key) }
    }
    return this.#address
  }

  #key(): string | undefined {
    const { provider, apiKey, variable, needsKey } = this.#connection
    return needsKey && variable !== undefined ? apiKeyOf({ provider, apiKey, variable }) : this.#findKey()
  }

  #findKey(): string | undefined {
    const { apiKey, variable } = this.#connection
    return variable === undefined ? apiKey : findApiKey({ apiKey, variable })
  }
}

/** An SDK that neither retries nor times out, since the request path does both, and prints nothing. */
async function connect({ provider, baseURL, headers }: OpenAIConnection, key: string | undefined): Promise<OpenAI> {
  const sdk = await loadSdk('openai', () => import('openai'))
  return new sdk.OpenAI({
    // The SDK insists on some key.
    apiKey: key ?? 'none',
    baseURL: baseURL(),
    defaultHeaders: { ...(provider === 'openai' && key !== undefined ? {} : ownHeaders(key)), ...headers },
    fetch: transportFetch,
    maxRetries: 0,
    timeout: longestTimerMs,
    logLevel: 'off',
    // The SDK reads them from variables that are meant for OpenAI alone.
    ...(provider === 'openai' ? {} : { organization: null, project: null }),
  })
}

/** The key alone, without what the SDK adds to each request for OpenAI or a gateway to it. */
function ownHeaders(key: string | undefined): Record<string, string | null> {
  const lines = process.env['OPENAI_CUSTOM_HEADERS']?.split('\n') ?? []
  const names = lines.flatMap((line) => /^\s*([^\s:]+)\s*:/.exec(line)?.[1] ?? [])
  const taken = Object.fromEntries(names.map((name) => [name, null]))
  return { ...taken, Authorization: key === undefined ? null : `Bearer ${key}` }
}

const longestTimerMs = 2 ** 31 - 1
