import { createContext, Script } from 'node:vm'

/** A match that was given up: over its time, or refused by the engine. */
export interface FailedMatch {
  readonly timedOut: boolean
  readonly cause: unknown
}

const match = { source: '', flags: '', text: '' }
const context = createContext(match)
const script = new Script('new RegExp(source, flags).test(text)')

/**
 * Whether the expression matches somewhere in the text, from a fresh `lastIndex`. The engine's backtracking cannot be
 * stopped from JavaScript, so the match runs as a `node:vm` script with a time limit; only strings enter that context.
 */
export function testWithTimeout(regexp: RegExp, text: string, timeoutMs: number): boolean | FailedMatch {
  Object.assign(match, { source: regexp.source, flags: regexp.flags, text })
  try {
    return script.runInContext(context, { timeout: timeoutMs }) === true
  } catch (cause) {
    const timedOut =
      typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    return { timedOut, cause }
  }
}
