import { sharedStorage } from '../shared-value.ts'
import type { SignalSource } from './late-abort-controller.ts'
import type { SampleScope } from './sample-scope.ts'

const scopes = sharedStorage<SampleScope>('sample-scopes')

/** Runs `work` so that the model calls in it are counted for this sample. */
export function withSampleScope<Result>(scope: SampleScope, work: () => Result): Result {
  return scopes.run(scope, work)
}

/** The sample whose task or scorer is running, if any. */
export function currentSampleScope(): SampleScope | undefined {
  return scopes.getStore()
}

const abortSources = sharedStorage<SignalSource>('aborts')

/** Runs `work`, a part of a sample such as one scorer, so that `aborts` ends the model calls in it. */
export function withAborts<Result>(aborts: SignalSource, work: () => Result): Result {
  return abortSources.run(aborts, work)
}

/** What ends the model calls of the part of a sample that is running, besides the sample itself. */
export function currentAborts(): SignalSource | undefined {
  return abortSources.getStore()
}
