import { createContext, Script, type Context } from 'node:vm'

interface Sandbox {
  readonly global: { run: (() => unknown) | undefined }
  readonly context: Context
  readonly script: Script
}

/** Made when first used, since it takes 2 ms. */
let sandbox: Sandbox | undefined

/**
 * The result of a function that is broken off when it takes longer. An expression that backtracks cannot be stopped from
 * JavaScript, so the function is called from a `node:vm` script with a time limit, which costs some tenths of
 * a millisecond.
 *
 * @returns `undefined` if it was broken off
 */
export function withinTime<Result>(timeoutMs: number, run: () => Result): { readonly result: Result } | undefined {
  const { global, context, script } = (sandbox ??= createSandbox())
  global.run = run
  try {
    return { result: script.runInContext(context, { timeout: timeoutMs }) as Result }
  } catch (error) {
    // The error is one of the context's, no `Error` of ours.
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined
    throw error
  } finally {
    global.run = undefined
  }
}

function createSandbox(): Sandbox {
  const global = { run: undefined }
  return { global, context: createContext(global), script: new Script('run()') }
}
