import type { Evaluation, EvaluateOptions, EvaluateVariants } from './evaluate-options.ts'

/**
 * Runs an eval without Vitest, in a script, a notebook or a service: the same engine, records and resuming. Model calls go
 * through the engine of this thread (see `useRequestEngine`). A wrong answer, a failed sample and a missed threshold are
 * in what it returns; it rejects where the evaluation itself could not be done.
 * @example
 * const { summary } = await evaluate({
 *   name: 'capitals',
 *   data: [{ question: 'Capital of France?', expected: 'Paris' }],
 *   task: async ({ question }) => (await openai('gpt-5-mini').generate(question)).text,
 *   scorers: [exactMatch()],
 * })
 * @throws EvalsError `EVALS_EXPERIMENT_DRIFTED`, `EVALS_EXPERIMENT_EXISTS`, `EVALS_EXPERIMENT_IN_USE`,
 * `EVALS_OPTION_INVALID`, and those of the dataset, the scorers, the thresholds and the store
 */
export async function evaluate<Row, Result, Variants extends EvaluateVariants = Record<never, never>>(
  options: EvaluateOptions<Row, Result, Variants>,
): Promise<Evaluation> {
  // Loaded when it is needed: workers of a test run load this package too, and have an engine of their own.
  const { runEvaluation } = await import('./run-evaluation.ts')
  // The engine knows rows, outputs and variants only as unknown.
  return runEvaluation(options as unknown as EvaluateOptions)
}
