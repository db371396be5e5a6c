import type { Sample } from '../dataset/sample.ts'
import type { Variant } from '../record/record.ts'
import type { SignalSource } from '../sample/late-abort-controller.ts'
import type { SampleScope } from '../sample/sample-scope.ts'
import type { TaskContext } from './evaluate-options.ts'

/** What one attempt at a sample is. */
export interface ContextParts {
  readonly sample: Sample
  readonly epoch: number
  readonly variant: Variant
  /** Values of the variant by dimension; may be getters. */
  readonly values: object
  readonly scope: SampleScope
  readonly aborts: SignalSource
}

/** The second parameter of a task. */
export function createTaskContext({ sample, epoch, variant, values, scope, aborts }: ContextParts): TaskContext {
  const context: TaskContext = {
    sample,
    epoch,
    variant,
    get signal() {
      return aborts.signal
    },
    score: (name, value) => scope.score(name, value),
    log: (...logged) => scope.log(...logged),
    span: (name, work) => scope.span(name, work),
    setMetadata: (metadata) => scope.setMetadata(metadata),
  }
  return Object.defineProperties<TaskContext>(context, Object.getOwnPropertyDescriptors(values))
}
