import { EvalsError } from '@evals/core'
import getPort from 'get-port'
import { createServer } from 'node:net'
import { hideSecrets, secretsOf } from './hide-secrets.ts'
import type { LocalServerSpec } from './local-server-spec.ts'

/** One server that is to run: a spec with all its values. */
export interface ServerPlan {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Without a slash at the end. */
  readonly url: string
  readonly readiness: { readonly path: string; readonly status?: number; timeoutMs: number; intervalMs: number }
  readonly warmUp: LocalServerSpec['warmUp']
  readonly restart: { readonly times: number; readonly backoffMs: number }
  readonly graceMs: number
  /** A text as it may be shown. */
  hide(text: string): string
}

/**
 * What is to run for a spec, one plan per replica.
 * @throws EvalsError `EVALS_OPTION_INVALID`; `EVALS_PROVIDER_FAILED` if a port that the spec names is taken
 */
export async function planServers(spec: LocalServerSpec): Promise<readonly ServerPlan[]> {
  checkSpec(spec)
  const plans: ServerPlan[] = []
  // One after the other, so that no port is given twice.
  for (let replica = 0; replica < (spec.replicas ?? 1); replica += 1) plans.push(await planServer(spec, replica))
  return plans
}

async function planServer(spec: LocalServerSpec, replica: number): Promise<ServerPlan> {
  const { command, args = [], env = {}, cwd = process.cwd(), readiness, restart = {}, graceMs = 10_000 } = spec
  const port = await portOf(spec, replica)
  const fill = (text: string): string =>
    text.replaceAll('{port}', String(port)).replaceAll('{replica}', String(replica))
  const own = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]))
  const filled = { args: args.map(fill), env: own }
  const secrets = secretsOf(filled, process.env)
  return {
    command,
    args: filled.args,
    env: { ...process.env, ...own },
    cwd,
    url: `http://127.0.0.1:${port}`,
    readiness: { timeoutMs: 300_000, intervalMs: 250, ...readiness },
    warmUp: spec.warmUp,
    restart: { times: 3, backoffMs: 1000, ...restart },
    graceMs,
    hide: (text) => hideSecrets(text, secrets),
  }
}

async function portOf({ command, port }: LocalServerSpec, replica: number): Promise<number> {
  if (port === undefined) return getPort({ host: '127.0.0.1' })
  const wanted = port + replica
  if (await isFree(wanted)) return wanted
  // Whoever has it might even answer the readiness probe.
  throw new EvalsError(
    'EVALS_PROVIDER_FAILED',
    `The model server \`${command}\` is to listen on port ${wanted}, which another process uses. End that process, or leave \`port\` out to get a free one.`,
    { details: { command, port: wanted } },
  )
}

/** Not asked of get-port, which takes a port for used that it has given before. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)))
  })
}

function checkSpec(spec: LocalServerSpec): void {
  const { command, args = [], env = {}, readiness, replicas = 1, port, modelId } = spec
  const isCount = Number.isSafeInteger(replicas) && replicas >= 1
  const isPort = port === undefined || (Number.isInteger(port) && port >= 1 && port + replicas - 1 <= 65_535)
  if (typeof command !== 'string' || command.trim() === '') throw invalid('command', command, 'the name of a program')
  if (typeof modelId !== 'string' || modelId === '') throw invalid('modelId', modelId, "the model's name on the server")
  if (typeof readiness?.path !== 'string') throw invalid('readiness.path', readiness?.path, 'a path such as /health')
  if (!isCount) throw invalid('replicas', replicas, 'a whole number from 1')
  if (!isPort) throw invalid('port', port, 'a port from 1 to 65535, and so must be those of the replicas')
  const isTold = port !== undefined || [...args, ...Object.values(env)].some((text) => text.includes('{port}'))
  if (!isTold) throw invalid('port', port, 'given, unless `{port}` in `args` or `env` tells the server a free one')
}

function invalid(option: string, value: unknown, expected: string): EvalsError {
  return new EvalsError(
    'EVALS_OPTION_INVALID',
    `The option "${option}" of a local server is ${JSON.stringify(value)}; it must be ${expected}.`,
    { details: { option, value } },
  )
}
