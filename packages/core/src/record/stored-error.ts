import { EvalsError, messageOf } from '../errors.ts'
import type { StoredError } from './record.ts'

const deepestCause = 3

/** A thrown value as it is stored; `attempts` are the failures before it. Default: those that it names itself. */
export function toStoredError(thrown: unknown, attempts: readonly StoredError[] = attemptsOf(thrown)): StoredError {
  return { ...describe(thrown), ...(attempts.length > 0 ? { attempts } : {}) }
}

/** A failed attempt as it is stored: without stacks, since there may be a hundred, all from the same place. */
export function toStoredAttempt(thrown: unknown): StoredError {
  return describe(thrown, { withStack: false })
}

/** The failures before it that an error names itself, as that of a model call does. */
export function attemptsOf(thrown: unknown): readonly StoredError[] {
  // Errors of other libraries have attempts, too, and mean something else by them.
  const isOwn = EvalsError.isInstance(thrown) && 'attempts' in thrown && Array.isArray(thrown.attempts)
  return isOwn ? (thrown.attempts as readonly StoredError[]) : []
}

function describe(thrown: unknown, { depth = 0, withStack = true } = {}): StoredError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: messageOf(thrown) }
  const { name, stack, cause } = thrown
  return {
    name: String(name),
    ...('code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {}),
    message: messageOf(thrown),
    ...(withStack && typeof stack === 'string' ? { stack } : {}),
    // A cause can lead back to its effect.
    ...(cause === undefined || depth === deepestCause
      ? {}
      : { cause: describe(cause, { depth: depth + 1, withStack }) }),
  }
}
