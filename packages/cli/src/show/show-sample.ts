import { didYouMean, EvalsError, RecordPlaces, removedSamples, type SampleRecord } from '@evals/core'
import type { ShowFlags } from '../commands/show.ts'
import type { FoundExperiment } from '../experiment/find-experiment.ts'
import { Problems } from '../experiment/problems.ts'
import { write, writeJson } from '../terminal/output.ts'
import { isSelected } from './select-evals.ts'

/** A record of a sample, and whether it is the one that counts. */
interface SampleAttempt {
  readonly counts: boolean
  readonly record: SampleRecord
}

/**
 * Prints all that is recorded of a sample, in every eval, variant, epoch and run.
 * @throws EvalsError `EVALS_SAMPLE_UNKNOWN`
 */
export async function showSample({ store, document }: FoundExperiment, id: string, flags: ShowFlags): Promise<void> {
  const problems = new Problems()
  const places = new RecordPlaces(removedSamples(document))
  const others = new Set<string>()
  for await (const record of store.scan(document.experiment, { onProblem: problems.add })) {
    if (!isSelected(flags.eval, record)) continue
    places.add(record)
    if (record.id !== id) others.add(record.id)
  }
  const attempts: SampleAttempt[] = []
  const isCounting = places.secondReading()
  for await (const record of store.scan(document.experiment)) {
    if (!isSelected(flags.eval, record)) continue
    const attempt = { counts: isCounting(record), record }
    if (record.id === id) attempts.push(attempt)
  }
  if (attempts.length === 0) {
    const inEval = flags.eval === undefined ? '' : ` in evals whose name contains ${JSON.stringify(flags.eval)}`
    throw new EvalsError(
      'EVALS_SAMPLE_UNKNOWN',
      `No sample ${JSON.stringify(id)} is recorded${inEval}.${didYouMean(id, [...others])}\n\`evals export EXPERIMENT --format csv\` lists all.`,
      { details: { sample: id } },
    )
  }
  if (flags.json) {
    writeJson({ experiment: document.experiment, sample: id, records: attempts, problems: problems.found })
    return
  }
  const { renderSample } = await import('./render-sample.ts')
  write(attempts.map(({ record, counts }) => renderSample(record, counts)).join('\n'))
  problems.report()
}
