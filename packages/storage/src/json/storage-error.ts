import { EvalsError, messageOf } from '@evals/core'

/** An `EVALS_STORAGE_UNWRITABLE` about a file or folder. */
export function unwritable(path: string, error: unknown): EvalsError {
  return new EvalsError(
    'EVALS_STORAGE_UNWRITABLE',
    `${path} cannot be written: ${messageOf(error)}. Free space or change its permissions, or choose another folder with \`storage: 'json://FOLDER'\`.`,
    { cause: error, details: { path } },
  )
}

/** An `EVALS_STORAGE_UNREADABLE` about a file or folder. */
export function unreadable(path: string, error: unknown): EvalsError {
  const message =
    error instanceof SyntaxError
      ? `${path} is no JSON document: ${messageOf(error)}. Restore or remove it; the records beside it are untouched.`
      : `${path} cannot be read: ${messageOf(error)}. Check the folder, or choose another with \`storage: 'json://FOLDER'\`.`
  return new EvalsError('EVALS_STORAGE_UNREADABLE', message, { cause: error, details: { path } })
}
