import type { ModelCall, SampleScope } from '@evals/core'

/** A cause can lead back to its effect. */
const deepestCause = 8

/** Errors made here: an application may throw one error of its own again and again. */
const named = new WeakSet<Error>()

/**
 * Runs a task. What it throws after its last model call has failed gets that call's error as its cause, since an
 * application often throws an error of its own, such as "no answer", in the place of its client's.
 */
export async function nameFailedCall(scope: Pick<SampleScope, 'calls'>, task: () => unknown): Promise<unknown> {
  const before = scope.calls.length
  try {
    return await task()
  } catch (error) {
    const last = scope.calls.slice(before).at(-1)
    if (last?.error !== undefined && error instanceof Error) addCause(error, last.error)
    throw error
  }
}

function addCause(error: Error, failure: NonNullable<ModelCall['error']>): void {
  const chain = causesOf(error)
  const isNamed = chain.some((one) => named.has(one) || isOwn(one) || one.message.includes(failure.message))
  const deepest = chain.at(-1)!
  if (isNamed || deepest.cause !== undefined || !Object.isExtensible(deepest)) return
  const cause = new Error(`the model call before it failed: ${failure.message}`)
  // It is told of, not thrown: it must not look like the call's own error, which decides how a sample ends.
  deepest.cause = Object.assign(cause, { name: failure.name, stack: `${failure.name}: ${cause.message}` })
  named.add(cause)
}

/** An error of the request path, or that by which `context.skip()` leaves a test. */
function isOwn(error: Error): boolean {
  return 'code' in error && /^(?:EVALS|VITEST)_/.test(String(error.code))
}

function causesOf(error: Error): Error[] {
  const chain = [error]
  for (let { cause } = error; cause instanceof Error && chain.length < deepestCause; { cause } = cause)
    chain.push(cause)
  return chain
}
