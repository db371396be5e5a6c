import { defineModelProvider, type ModelProvider } from '@evals/core'
import { connectServer } from './local-server/connect-server.ts'
import type { LocalServerSpec } from './local-server/local-server-spec.ts'
import { setUpServers } from './local-server/set-up-servers.ts'

export type { LocalServerSpec, Readiness, RestartPolicy } from './local-server/local-server-spec.ts'
export { llamaCpp, ollamaServe, vllm, type PresetOptions } from './local-server/presets.ts'

/**
 * Starts a command that serves a model on this machine: on a free port, in a process group of its own, ready when its
 * probe says so. Its last lines are in the error when it dies or does not become ready; when it dies during the run it is
 * started again. It ends with the run, however that ends.
 * @example modelFixture(localServer, vllm('Qwen/Qwen3-8B'))
 * @example
 * modelFixture(localServer, {
 *   command: 'python',
 *   args: ['serve.py', '--port', '{port}'],
 *   readiness: { path: '/health' },
 *   modelId: 'mine',
 * })
 */
export const localServer: ModelProvider<LocalServerSpec> = defineModelProvider({
  name: 'local-server',
  module: import.meta.url,
  setup: setUpServers,
  connect: connectServer,
})
