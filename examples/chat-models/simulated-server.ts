import type { LocalServerSpec } from '@evals/providers/local-server'
import { join } from 'node:path'

const program = join(import.meta.dirname, '../../fixtures/model-server/src/main.ts')
const options = process.env['SIMULATED_SERVER'] ?? '{"latencyMs":100,"accuracy":{"gpt-5":0.95}}'

/** The command that stands in for the APIs: it speaks their wire formats and takes any model's name. */
export const simulatedServer: LocalServerSpec = {
  command: process.execPath,
  args: [program, '--port', '{port}', '--options', options],
  readiness: { path: '/health' },
  modelId: 'any',
  basePath: '',
  // The cache knows an answer by its server's address, too: at a new port each run would ask again.
  port: Number(process.env['SIMULATED_PORT'] ?? 47_811),
}
