import { EvalsError } from '@evals/core'
import type { RunContext } from '../protocol.ts'

/**
 * The context of all eval projects of a run, which writes to one experiment.
 * @throws EvalsError `EVALS_OPTION_INVALID` where the projects name different ones
 */
export function commonContext(contexts: readonly RunContext[]): RunContext {
  const [first, ...others] = contexts
  const target = ({ overrides, defaults }: RunContext): string =>
    JSON.stringify([overrides.experiment ?? defaults.experiment, overrides.storage ?? defaults.storage])
  const other = others.find((context) => target(context) !== target(first!))
  if (other === undefined) return first!
  throw new EvalsError(
    'EVALS_OPTION_INVALID',
    `The projects "${first!.project}" and "${other.project}" name different experiments or storages, but one run writes to one experiment. Make them equal, or run one project at a time.`,
  )
}
