import { inspect } from 'node:util'
import { EvalsError } from '@evals/core'

/**
 * Runs work of which the user's mistakes are the only errors to expect: Vitest prints what it throws as its code and
 * message alone, since a stack and fields tell the user nothing.
 */
export function plainly<Result>(work: () => Result): Result {
  try {
    const result = work()
    return result instanceof Promise ? (result.catch(throwPlain) as Result) : result
  } catch (error) {
    throwPlain(error)
  }
}

function throwPlain(error: unknown): never {
  if (EvalsError.isInstance(error)) {
    const text = `${error.code}: ${error.message}`
    Object.defineProperty(error, inspect.custom, { value: () => text })
    // Vite and Vitest show the stack and all fields of what a config and a reporter throw.
    error.stack = text
    Object.defineProperty(error, 'details', { enumerable: false })
  }
  throw error
}
