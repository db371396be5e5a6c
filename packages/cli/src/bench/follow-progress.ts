import { systemClock, type EventSink } from '@evals/core'
import { note } from '../terminal/output.ts'

/** What shows how far an evaluation is: a live line on a terminal, a plain line every 10 s elsewhere. */
export interface FollowedProgress {
  readonly onEvent: EventSink
  stop(): void
}

/** Shows it on standard error; what there is to do is known with the first event. */
export async function followProgress(): Promise<FollowedProgress> {
  const { outputTo, Progress } = await import('vitest-plugin-evals/cli')
  const progress = new Progress(outputTo(process.stderr), systemClock)
  return {
    onEvent(event) {
      if (event.type === 'sample.completed') progress.add(event.result)
      if (event.type !== 'run.started') return
      const todo = event.evals.reduce((sum, { counts }) => sum + counts.score + counts.run, 0)
      if (todo === 0) note('All of it is recorded already: no model is called.')
      progress.plan(todo)
    },
    stop: () => progress.stop(),
  }
}
