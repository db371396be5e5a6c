import { EvalsError, isModelProvider, messageOf, type ModelProvider } from '@evals/core'
import { fileURLToPath } from 'node:url'
import type { EndpointsMessage } from '../channel/endpoints-message.ts'

/** Imports a file in Vitest's main process; Vitest transforms it as it does an eval file. */
export type ImportFile = (path: string) => Promise<object>

/**
 * The provider that a worker means, in this process.
 * @throws EvalsError `EVALS_PROVIDER_FAILED` if its module cannot be imported here or does not export it
 */
export async function loadProvider(
  { provider: name, module }: Pick<EndpointsMessage, 'provider' | 'module'>,
  importFile: ImportFile,
): Promise<ModelProvider> {
  let exported: object
  try {
    exported = await importFile(fileURLToPath(module))
  } catch (error) {
    throw failure(name, module, {
      what: `cannot be imported by Vitest's main process, which sets the provider up: ${messageOf(error)}`,
      cause: error,
    })
  }
  const values: readonly unknown[] = Object.values(exported)
  const found = values.filter(isModelProvider).find((value) => value.name === name)
  if (found !== undefined) return found
  throw failure(name, module, { what: 'exports no provider of that name' })
}

function failure(
  provider: string,
  module: string,
  { what, cause }: { readonly what: string; readonly cause?: unknown },
): EvalsError {
  return new EvalsError(
    'EVALS_PROVIDER_FAILED',
    `The model provider "${provider}" has the module ${module}, which ${what}. Export it from a file of its own that imports nothing from Vitest, with \`module: import.meta.url\`.`,
    { ...(cause === undefined ? {} : { cause }), details: { provider, module } },
  )
}
