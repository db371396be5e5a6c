import { EvalsError, messageOf } from '@evals/core'

/**
 * Loads a vendor's SDK, an optional peer dependency.
 * @param load imports it
 * @throws EvalsError `EVALS_MODEL_SDK_MISSING` with the command that installs it; else what `load` throws
 */
export async function loadSdk<Sdk>(name: string, load: () => Promise<Sdk>): Promise<Sdk> {
  try {
    return await load()
  } catch (error) {
    if (!isMissing(error, name)) throw error
    throw new EvalsError(
      'EVALS_MODEL_SDK_MISSING',
      `This model is called through the package ${name}, which is not installed. Install it: npm install --save-dev ${name}`,
      { cause: error, details: { package: name } },
    )
  }
}

/** What an installed SDK fails to find itself is another matter. */
function isMissing(error: unknown, name: string): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') && messageOf(error).includes(`'${name}'`)
}
