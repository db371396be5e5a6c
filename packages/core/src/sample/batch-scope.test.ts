import { expect, test } from 'vitest'
import type { ModelCall } from '../record/record.ts'
import { toStoredError } from '../record/stored-error.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { BatchScope } from './batch-scope.ts'
import { makeMembers } from './batch.test-support.ts'

test('a sample that leaves its batch has the call as it stood; the others share what came of it', () => {
  const clock = new ManualClock()
  const scopes = makeMembers(['a', 'b', 'c'], { clock }).map(({ scope }) => scope)
  const [a, b, c] = scopes
  const present = new Set(scopes)
  const { signal } = new AbortController()
  const batch = new BatchScope(present, { aborts: { signal }, metadata: {}, clock })
  const call: ModelCall = {
    model: 'fake:m',
    purpose: 'task',
    durationMs: 0,
    queuedMs: 9,
    retries: 1,
    cached: false,
    usage: {},
  }
  const failed = [toStoredError(new Error('429'))]
  const end = batch.openCall({
    question: 'all',
    signal,
    failed,
    endedBy: (error) => ({ ...call, error: toStoredError(error, failed) }),
  })
  expect(a!.openFailures).toEqual(failed)
  present.delete(a!)
  a!.leaveCalls(new Error('waited too long'))
  end({ ...call, usage: { inputTokens: 4 }, costUsd: 2 }, { question: 'all' })
  expect(a!.calls).toEqual([
    { ...call, batch: 3, error: expect.objectContaining({ message: 'waited too long', attempts: failed }) },
  ])
  const share = { ...call, batch: 2, usage: { inputTokens: 2 }, costUsd: 1 }
  expect([b!.calls, c!.calls]).toEqual([[share], [share]])
  expect(b!.openFailures).toEqual([])
})
