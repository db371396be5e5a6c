import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { EvalsError, messageOf } from '@evals/core'

/**
 * Imports a module of the user by its path. Node itself loads it, TypeScript too: types are stripped, imports need their
 * file extension, and what a bundler adds, such as path aliases, is not there.
 * @throws EvalsError `EVALS_MODULE_UNREADABLE`
 */
export async function loadModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(resolve(file)).href)) as Readonly<Record<string, unknown>>
  } catch (error) {
    throw new EvalsError(
      'EVALS_MODULE_UNREADABLE',
      `The module ${file} cannot be loaded: ${messageOf(error)}.\nNode loads it without a bundler: its imports need file extensions and no path aliases, and its TypeScript only types that can be stripped.`,
      { cause: error, details: { file } },
    )
  }
}
