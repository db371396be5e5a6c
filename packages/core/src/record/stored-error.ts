import { messageOf } from '../errors.ts'
import { ModelCallError } from '../request/call-error.ts'
import type { StoredError } from './record.ts'

const deepestCause = 3

/** A thrown value as it is stored; `attempts` are the failures before it. Default: those a model call names itself. */
export function toStoredError(thrown: unknown, attempts: readonly StoredError[] = attemptsOf(thrown)): StoredError {
  return { ...describe(thrown, 0), ...(attempts.length > 0 ? { attempts } : {}) }
}

function attemptsOf(thrown: unknown): readonly StoredError[] {
  return thrown instanceof ModelCallError ? thrown.attempts : []
}

function describe(thrown: unknown, depth: number): StoredError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: messageOf(thrown) }
  const { name, stack, cause } = thrown
  return {
    name: String(name),
    ...('code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {}),
    message: messageOf(thrown),
    ...(typeof stack === 'string' ? { stack } : {}),
    // A cause can lead back to its effect.
    ...(cause === undefined || depth === deepestCause ? {} : { cause: describe(cause, depth + 1) }),
  }
}
