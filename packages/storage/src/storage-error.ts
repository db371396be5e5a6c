import { EvalsError, messageOf } from '@evals/core'

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'Free space, then run again',
  EDQUOT: 'Free space or raise your quota, then run again',
  EROFS: 'It is on a disk that can only be read: choose another place with the option `storage`',
}

/** An `EVALS_STORAGE_UNWRITABLE` about a file or folder. */
export function unwritable(path: string, error: unknown): EvalsError {
  if (EvalsError.isInstance(error)) return error
  const remedy =
    remedies[systemCode(error) ?? ''] ??
    'Free space or change its permissions, or choose another place with the option `storage`'
  return new EvalsError(
    'EVALS_STORAGE_UNWRITABLE',
    `${path} cannot be written: ${messageOf(error)}. ${remedy}; what is recorded so far is kept.`,
    { cause: error, details: { path } },
  )
}

/** An `EVALS_STORAGE_UNREADABLE` about a file or folder. */
export function unreadable(path: string, error: unknown): EvalsError {
  if (EvalsError.isInstance(error)) return error
  return new EvalsError(
    'EVALS_STORAGE_UNREADABLE',
    `${path} cannot be read: ${messageOf(error)}. Check it, or choose another place with the option \`storage\`.`,
    { cause: error, details: { path } },
  )
}

/** Whether a file or folder does not exist. */
export function isMissing(error: unknown): boolean {
  return systemCode(error) === 'ENOENT'
}

/** The code that an error of the operating system has, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
