import type { SampleJob } from './sample-job.ts'
import { SampleScope } from './sample-scope.ts'

/** The scope of a sample that is about to run, or whose stored output is about to be scored. */
export function openScope(job: Pick<SampleJob, 'key' | 'plan' | 'sample' | 'signal' | 'clock'>): SampleScope {
  const { limits, traces } = job.plan
  return new SampleScope({
    aborts: job,
    metadata: job.sample.metadata,
    clock: job.clock,
    group: job.key.eval,
    epoch: job.key.epoch,
    ...(limits === undefined ? {} : { limits }),
    keepsRaw: traces === 'all',
  })
}
