import { inspect } from 'node:util'
import { EvalsError } from '@evals/core/errors'

/**
 * Runs work of which the user's mistakes are the only errors to expect: Vitest prints what it throws as its code and
 * message alone, since a stack, fields and causes tell the user nothing.
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
  if (EvalsError.isInstance(error)) hideFields(error)
  throw error
}

/** Vite and Vitest show the stack, the cause and all own properties of what a config and a reporter throw. */
function hideFields(error: EvalsError): void {
  const { code, details, message } = error
  const text = `${code}: ${message}`
  const hidden = { code: { value: code }, details: { value: details }, [inspect.custom]: { value: () => text } }
  const prototype = Object.create(EvalsError.prototype, hidden) as object
  for (const name of ['code', 'details', 'cause']) Reflect.deleteProperty(error, name)
  Object.setPrototypeOf(error, prototype)
  Object.assign(error, { name: code, stack: text })
}
