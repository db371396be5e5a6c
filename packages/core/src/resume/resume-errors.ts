import { EvalsError } from '../errors.ts'

/** An `EVALS_EXPERIMENT_DRIFTED` that says what changed since the eval's answers were recorded. */
export function experimentDrifted(evalKey: string, changes: readonly string[], recorded: number): EvalsError {
  const count = recorded === 1 ? 'the 1 answer' : `the ${recorded} answers`
  return new EvalsError(
    'EVALS_EXPERIMENT_DRIFTED',
    `"${evalKey}" is not what ${count} of the experiment were recorded with: ${changes.join('; ')}. If they are still good, go on with them by \`resume: 'force'\`, on a command line \`--resume force\` (changed scorers and labels are noticed then too); else run everything anew by \`resume: 'restart'\`, which keeps them in the history, or name another experiment.`,
    { details: { eval: evalKey, changes, recorded } },
  )
}
