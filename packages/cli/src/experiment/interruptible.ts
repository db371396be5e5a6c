import { EvalsError } from '@evals/core'

const signals = ['SIGINT', 'SIGTERM'] as const

/** Does work that Ctrl+C asks to end in order; a second Ctrl+C ends the process. */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort(new EvalsError('EVALS_SAMPLE_CANCELLED', 'Interrupted.'))
  }
  for (const name of signals) process.on(name, stop)
  try {
    return await work(controller.signal)
  } finally {
    for (const name of signals) process.off(name, stop)
  }
}
