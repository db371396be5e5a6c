import { messageOf } from '../errors.ts'
import type { StoredError } from './record.ts'

/** A thrown value as it is stored; `attempts` are the failures before it. */
export function toStoredError(thrown: unknown, attempts: readonly StoredError[] = []): StoredError {
  const earlier = attempts.length > 0 ? { attempts } : {}
  if (!(thrown instanceof Error)) return { name: 'Error', message: messageOf(thrown), ...earlier }
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {}
  const stack = typeof thrown.stack === 'string' ? { stack: thrown.stack } : {}
  return { name: String(thrown.name), ...code, message: messageOf(thrown), ...stack, ...earlier }
}
