import type { KeptAnswer } from './kept-answer.ts'

const answers = new WeakMap<Error, KeptAnswer>()

/** Remembers which answer an attempt failed with; gives the error back. */
export function failedWith<Failure extends Error>(error: Failure, answer: KeptAnswer): Failure {
  answers.set(error, answer)
  return error
}

/** The answer that led to the error a call ended with, if any; the path has made errors of its own of it. */
export function failedAnswer(error: unknown): KeptAnswer | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const answer = answers.get(cause)
    if (answer !== undefined) return answer
  }
  return undefined
}
