import { url } from 'node:inspector'

/** A debugger is attached: whoever steps through a task must not run out of time. */
export function isDebugging(): boolean {
  return url() !== undefined
}
