import { commonDialect, openaiDialect, type ChatDialect } from '../openai/chat-dialect.ts'

/** A server that speaks OpenAI's chat completions. */
export interface Preset {
  /** Absent: it is different for each account. */
  readonly baseURL?: string
  /** The environment variable that holds the key; that of the base URL is named after it. */
  readonly variable: string
  /** Servers of one's own rarely ask for a key. */
  readonly needsKey: boolean
  readonly dialect: ChatDialect
}

const local = { needsKey: false, dialect: commonDialect } as const
const cloud = { needsKey: true, dialect: commonDialect } as const
const files: ChatDialect = { ...commonDialect, takesFiles: true }
const newLimit: ChatDialect = { ...commonDialect, maxTokens: 'max_completion_tokens' }
// It refuses fields that it does not know.
const mistral: ChatDialect = { ...commonDialect, seed: 'random_seed', asksForUsage: false }
const jsonOnly: ChatDialect = { ...commonDialect, schema: 'json_object' }

/** A provider with a preset. */
export type PresetName =
  | 'azure'
  | 'cerebras'
  | 'deepinfra'
  | 'deepseek'
  | 'fireworks'
  | 'groq'
  | 'huggingface'
  | 'llamaCpp'
  | 'lmStudio'
  | 'mistral'
  | 'openrouter'
  | 'perplexity'
  | 'together'
  | 'vllm'
  | 'xai'

/** Servers by the name of their provider. A new one is one more line, and its name. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  azure: { ...cloud, variable: 'AZURE_OPENAI_API_KEY', dialect: openaiDialect },
  cerebras: { ...cloud, baseURL: 'https://api.cerebras.ai/v1', variable: 'CEREBRAS_API_KEY', dialect: newLimit },
  deepinfra: { ...cloud, baseURL: 'https://api.deepinfra.com/v1/openai', variable: 'DEEPINFRA_API_KEY' },
  deepseek: { ...cloud, baseURL: 'https://api.deepseek.com/v1', variable: 'DEEPSEEK_API_KEY', dialect: jsonOnly },
  fireworks: { ...cloud, baseURL: 'https://api.fireworks.ai/inference/v1', variable: 'FIREWORKS_API_KEY' },
  groq: { ...cloud, baseURL: 'https://api.groq.com/openai/v1', variable: 'GROQ_API_KEY', dialect: newLimit },
  huggingface: { ...cloud, baseURL: 'https://router.huggingface.co/v1', variable: 'HF_TOKEN' },
  llamaCpp: { ...local, baseURL: 'http://127.0.0.1:8080/v1', variable: 'LLAMA_API_KEY' },
  lmStudio: { ...local, baseURL: 'http://127.0.0.1:1234/v1', variable: 'LM_API_TOKEN' },
  mistral: { ...cloud, baseURL: 'https://api.mistral.ai/v1', variable: 'MISTRAL_API_KEY', dialect: mistral },
  openrouter: { ...cloud, baseURL: 'https://openrouter.ai/api/v1', variable: 'OPENROUTER_API_KEY', dialect: files },
  perplexity: { ...cloud, baseURL: 'https://api.perplexity.ai', variable: 'PERPLEXITY_API_KEY' },
  together: { ...cloud, baseURL: 'https://api.together.ai/v1', variable: 'TOGETHER_API_KEY' },
  vllm: { ...local, baseURL: 'http://127.0.0.1:8000/v1', variable: 'VLLM_API_KEY' },
  xai: { ...cloud, baseURL: 'https://api.x.ai/v1', variable: 'XAI_API_KEY', dialect: newLimit },
}

/** The preset of a provider, if it has one. */
export function presetOf(provider: string): Preset | undefined {
  return Object.hasOwn(presets, provider) ? presets[provider as PresetName] : undefined
}
