import { basename } from 'node:path'
import type { LocalServerSpec } from './local-server-spec.ts'

/** What a preset leaves to the user; `args` come after its own. */
export type PresetOptions = Partial<Omit<LocalServerSpec, 'modelId' | 'provider' | 'api' | 'basePath' | 'warmUp'>>

/**
 * vLLM: `vllm serve MODEL`.
 * @param model as on the Hugging Face Hub, or a path
 * @example modelFixture(localServer, vllm('Qwen/Qwen3-8B', { args: ['--max-model-len', '8192'] }))
 */
export function vllm(model: string, { args = [], ...options }: PresetOptions = {}): LocalServerSpec {
  return {
    command: 'vllm',
    args: ['serve', model, '--host', '127.0.0.1', '--port', '{port}', ...args],
    readiness: { path: '/health' },
    modelId: model,
    provider: 'vllm',
    ...options,
  }
}

/**
 * llama.cpp: `llama-server --model FILE`.
 * @param modelPath a GGUF file; the model is called as the file without `.gguf`
 * @example modelFixture(localServer, llamaCpp('models/qwen3-8b-q4.gguf', { args: ['--parallel', '8'] }))
 */
export function llamaCpp(modelPath: string, { args = [], ...options }: PresetOptions = {}): LocalServerSpec {
  const modelId = basename(modelPath, '.gguf')
  const own = ['--model', modelPath, '--alias', modelId, '--host', '127.0.0.1', '--port', '{port}']
  return {
    command: 'llama-server',
    args: [...own, ...args],
    readiness: { path: '/health' },
    modelId,
    provider: 'llamaCpp',
    ...options,
  }
}

/**
 * Ollama: `ollama serve` on a port of its own, beside the service that may be running. The model must have been pulled;
 * it is loaded before the first call.
 * @example modelFixture(localServer, ollamaServe('qwen3:8b'))
 */
export function ollamaServe(model: string, { args = [], env = {}, ...options }: PresetOptions = {}): LocalServerSpec {
  return {
    command: 'ollama',
    args: ['serve', ...args],
    env: { OLLAMA_HOST: '127.0.0.1:{port}', ...env },
    readiness: { path: '/api/tags' },
    // Without a prompt it only loads the model.
    warmUp: { path: '/api/generate', body: { model, keep_alive: -1, stream: false } },
    modelId: model,
    api: 'ollama',
    ...options,
  }
}
