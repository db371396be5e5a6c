import { EvalsError } from '../errors.ts'
import type { ExperimentDocument } from './experiment-document.ts'
import { experimentUnknown } from './experiment-errors.ts'
import type { ExperimentStore } from './experiment-store.ts'

/**
 * The experiment that a run compares itself with.
 *
 * @param name of an experiment; or a glob, which means the newest of its experiments that has a record of every planned
 *   sample (`completed`, `completed-with-errors`)
 * @param own the experiments that cannot be meant: the run's own, and scratch ones
 * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN` with names that may have been meant, `EVALS_OPTION_INVALID` for a name in
 *   `own`
 */
export async function findBaseline(
  store: Pick<ExperimentStore, 'list' | 'readDocument'>,
  name: string,
  own: readonly string[],
): Promise<ExperimentDocument> {
  if (own.includes(name)) {
    throw new EvalsError(
      'EVALS_OPTION_INVALID',
      `The baseline "${name}" is the experiment that this run writes to. Name an earlier one, or give the run another \`experiment\`.`,
      { details: { baseline: name } },
    )
  }
  const document = await store.readDocument(name)
  if (document !== undefined) return document
  const others = (await store.list()).filter(({ experiment }) => !own.includes(experiment))
  const { default: picomatch } = await import('picomatch')
  if (!picomatch.scan(name).isGlob) {
    throw experimentUnknown(
      name,
      others.map(({ experiment }) => experiment),
    )
  }
  const matches = picomatch(name, { dot: true, bash: true })
  const matching = others.filter(({ experiment }) => matches(experiment))
  const newest = matching.find(({ status }) => status.startsWith('completed'))
  const found = newest && (await store.readDocument(newest.experiment))
  if (found !== undefined) return found
  const why =
    matching.length === 0
      ? `No experiment matches the baseline "${name}"`
      : `Of the ${matching.length} that match the baseline "${name}" no experiment is completed`
  throw new EvalsError('EVALS_EXPERIMENT_UNKNOWN', `${why}. Run one, or name another: \`evals list\` shows all.`, {
    details: { baseline: name, matching: matching.map(({ experiment }) => experiment) },
  })
}
