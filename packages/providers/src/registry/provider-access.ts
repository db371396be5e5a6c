import { presets } from '../openai-compatible/presets.ts'

/** What a provider's models need to be reached. */
export interface ProviderAccess {
  readonly provider: string
  /** The environment variable that holds the key. */
  readonly variable: string
  /** Servers of one's own rarely ask for a key. */
  readonly needsKey: boolean
  /** Absent: it is different for each account. */
  readonly baseURL?: string
}

const vendors: readonly ProviderAccess[] = [
  { provider: 'anthropic', variable: 'ANTHROPIC_API_KEY', needsKey: true, baseURL: 'https://api.anthropic.com' },
  { provider: 'ollama', variable: 'OLLAMA_API_KEY', needsKey: false, baseURL: 'http://127.0.0.1:11434' },
  { provider: 'openai', variable: 'OPENAI_API_KEY', needsKey: true, baseURL: 'https://api.openai.com/v1' },
]

/** How the providers that models can be named with are reached, by name. */
export function providerAccess(): ProviderAccess[] {
  const others = Object.entries(presets).map(([provider, { variable, needsKey, baseURL }]) => ({
    provider,
    variable,
    needsKey,
    ...(baseURL === undefined ? {} : { baseURL }),
  }))
  return [...vendors, ...others].toSorted((a, b) => (a.provider < b.provider ? -1 : 1))
}
