import {
  connectEndpoints,
  EvalsError,
  isModelProvider,
  messageOf,
  type Endpoint,
  type LanguageModel,
  type ModelProvider,
} from '@evals/core'
import { endpointsMethod, type EndpointsMessage } from '../channel/endpoints-message.ts'
import { runContext, workerRun } from './worker-state.ts'

/**
 * A fixture whose value is a model on compute that a model provider sets up: once for each provider and spec in the whole
 * run, whatever the number of files and workers, and disposed of at its end. Several endpoints form one model that sends
 * each call to the least busy one.
 * @param spec plain data; equal specs share one set-up
 * @param connect the model behind an endpoint. Default: as the provider connects
 * @throws EvalsError `EVALS_OPTION_INVALID`; from the fixture `EVALS_PROVIDER_FAILED` and what the set-up throws
 * @example evalTest.extend('model', { scope: 'worker' }, modelFixture(localServer, vllm('Qwen/Qwen3-8B')))
 */
export function modelFixture<Spec>(
  provider: ModelProvider<Spec>,
  spec: NoInfer<Spec>,
  connect: (endpoint: Endpoint) => LanguageModel | Promise<LanguageModel> = (endpoint) =>
    provider.connect(endpoint, spec),
): () => Promise<LanguageModel> {
  const endpoints = endpointsFixture(provider, spec)
  return async () => connectEndpoints(await endpoints(), connect)
}

/**
 * As {@link modelFixture}, but its value are the endpoints' addresses, for an application that brings its own client.
 * @throws EvalsError `EVALS_OPTION_INVALID`; from the fixture `EVALS_PROVIDER_FAILED` and what the set-up throws
 * @example evalTest.extend('endpoints', { scope: 'worker' }, endpointsFixture(localServer, vllm('Qwen/Qwen3-8B')))
 */
export function endpointsFixture<Spec>(
  provider: ModelProvider<Spec>,
  spec: NoInfer<Spec>,
): () => Promise<readonly Endpoint[]> {
  const message = toMessage(provider, spec)
  return async () => {
    const run = await workerRun(runContext())
    if (run === undefined) {
      throw new EvalsError('EVALS_RUNTIME_MISSING', 'Tests are only listed, so no model server is started.')
    }
    return run.main.ask<readonly Endpoint[]>(endpointsMethod, message, { signal: run.signal })
  }
}

function toMessage<Spec>(provider: ModelProvider<Spec>, spec: Spec): EndpointsMessage {
  if (!isModelProvider(provider)) {
    throw new EvalsError(
      'EVALS_OPTION_INVALID',
      'The first argument of modelFixture() is no model provider. Make one with `defineModelProvider()`, or use `localServer` of "@evals/providers/local-server".',
    )
  }
  const { name, module } = provider
  try {
    // A later change of the object must not make another spec of it.
    return { provider: name, module, spec: structuredClone(spec) }
  } catch (error) {
    throw new EvalsError(
      'EVALS_OPTION_INVALID',
      `The spec for the model provider "${name}" cannot be sent to Vitest's main process: ${messageOf(error)}. It must be plain data; what is code belongs into the provider.`,
      { cause: error, details: { provider: name } },
    )
  }
}
