import { messageOf } from '../errors.ts'

/** What an unstorable value is: `function foo`, `Symbol(x)`, `Promise`, `WeakMap`. Never throws. */
export function describeValue(value: unknown): string {
  try {
    if (typeof value === 'function') return value.name === '' ? 'anonymous function' : `function ${value.name}`
    return typeof value === 'symbol' ? String(value) : builtInName(value)
  } catch {
    return typeof value
  }
}

/** The name a platform class gives its instances: `Promise`, `Blob`; `Object` for everything else. */
export function builtInName(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1)
}

/** What became of a value that could not be read. Never throws. */
export function describeThrown(thrown: unknown): string {
  return `a value that threw when read: ${messageOf(thrown)}`
}
