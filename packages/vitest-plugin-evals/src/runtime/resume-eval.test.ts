import { EvalHistory, MemoryStore } from '@evals/core'
import { makeRecord } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { resumeEval } from './resume-eval.ts'
import type { WorkerRun } from './worker-state.ts'

test.for([
  {
    sharded: false,
    drift: ['experiment.json does not tell what task gave the recorded answers, so a change is not noticed'],
  },
  { sharded: true, drift: [] },
])('an unknown task is told, unless the answers may be of a shard that began as late: %j', ({ sharded, drift }) => {
  const record = makeRecord({ eval: 'e', variant: {}, id: 'a' })
  const history = new EvalHistory()
  history.add(record)
  const run = { store: new MemoryStore(), experiment: 'x', histories: new Map([['e', history]]) }
  const planned = ['a', 'b'].map((id) => ({ sample: { id, rowHash: record.rowHash }, epoch: 0 }))
  const facts = { eval: 'e', variant: {}, planned, scorers: [], passWhen: undefined, task: {}, sharded }
  const resumed = resumeEval(run as unknown as WorkerRun, facts as unknown as Parameters<typeof resumeEval>[1])
  const known = resumed.drift?.filter((line) => !line.startsWith('1 without a record') && !line.startsWith('scorer '))
  expect(known).toEqual(drift)
})
