import { createEvalContext, type ContextParts } from './eval-context.ts'

/** The user's task; the second parameter is an `EvalContext` (a `BatchContext`) with the fixtures it names. */
export type Task = (row: never, context: never) => unknown

/** One attempt at a sample. */
export type TaskCall = Omit<ContextParts, 'unnamed'>

/** How the tests of one eval and variant get the outputs of their samples. */
export interface TaskCaller {
  /** Gives the output of one attempt at a sample. */
  call(call: TaskCall): unknown
  /** Runs all there is to do for one sample, of which `call` is a part. */
  track<Result>(work: () => Promise<Result>): Promise<Result>
}

/** Calls the task once for each sample. */
export function callSingly(task: Task, unnamed: readonly string[]): TaskCaller {
  return {
    call: (call) => task(call.sample.row as never, createEvalContext({ ...call, unnamed }) as never),
    track: (work) => work(),
  }
}
