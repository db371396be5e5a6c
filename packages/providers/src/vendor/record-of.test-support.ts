import { runSample, systemClock, type SampleJob, type SampleRecord } from '@evals/core'

/** The record of a sample with this task. */
export async function recordOf(task: SampleJob['task']): Promise<SampleRecord> {
  const sample = {
    row: 'q',
    id: 'a',
    rowHash: '',
    input: 'q',
    expected: undefined,
    tags: [],
    metadata: {},
    columns: [],
    skip: false,
    only: false,
  }
  const { record } = await runSample({
    key: { eval: 'e', variant: {}, id: 'a', epoch: 0 },
    run: 'r',
    revision: 0,
    sample,
    plan: { scorers: [], retries: 0, sampleTimeoutMs: 0 },
    task,
    onAnswered: () => {},
    signal: new AbortController().signal,
    clock: systemClock,
  })
  return record
}
