import { expect, test } from 'vitest'
import { makeRecord } from '../testing/make-entry.ts'
import { toSampleResult } from './sample-result.ts'

test('a record becomes what statistics need of it', () => {
  const error = { name: 'Error', message: 'no' }
  const call = { durationMs: 1, queuedMs: 0, retries: 0, cached: false, usage: {} }
  const record = makeRecord({
    epoch: 2,
    passed: false,
    tags: ['a'],
    usage: { inputTokens: 1 },
    costUsd: 0,
    limit: 'turns',
    cluster: 'text 7',
    calls: [
      { ...call, model: 'm:a', purpose: 'task', usage: { inputTokens: 1 }, costUsd: 0 },
      { ...call, model: 'm:b', purpose: 'score' },
    ],
    scores: {
      number: { value: 0.5, explanation: 'half' },
      yes: { value: 1, kind: 'binary' },
      no: { value: 0, kind: 'binary' },
      declared: { value: 1 },
      nothing: { value: null, kind: 'binary' },
      failed: { value: null, error },
      absent: { value: null, absent: true },
      judged: { value: 1, metadata: { judge: 'openai:gpt-5', model: 'other' } },
      odd: { value: 1, metadata: { judge: 7 } },
      named: { value: 1, scorer: 'several' },
    },
  })
  expect(toSampleResult(record)).toEqual({
    id: 'france',
    epoch: 2,
    rowHash: record.rowHash,
    outcome: 'scored',
    passed: false,
    scores: {
      number: 0.5,
      yes: true,
      no: false,
      declared: 1,
      nothing: null,
      failed: 'failed',
      absent: 'absent',
      judged: 1,
      odd: 1,
      named: 1,
    },
    durationMs: 12.5,
    usage: { inputTokens: 1 },
    costUsd: 0,
    models: [
      { model: 'm:a', purpose: 'task', calls: 1, usage: { inputTokens: 1 }, costUsd: 0 },
      { model: 'm:b', purpose: 'score', calls: 1, usage: {} },
    ],
    limit: 'turns',
    tags: ['a'],
    cluster: 'text 7',
    judges: { judged: 'openai:gpt-5' },
    givers: { named: 'several' },
  })
})

test('what is unknown takes no room, and an answered sample that nobody judged counts as cancelled', () => {
  expect(toSampleResult(makeRecord({ outcome: 'answered', passed: null, scores: {} }))).toEqual({
    id: 'france',
    epoch: 0,
    rowHash: '0123456789abcdef',
    outcome: 'cancelled',
    passed: null,
    scores: {},
    durationMs: 12.5,
  })
})

test('why there is no score is told in a line', () => {
  const error = { name: 'TypeError', message: `down\n${'x'.repeat(400)}` }
  const of = (facts: Parameters<typeof makeRecord>[0]) => toSampleResult(makeRecord(facts)).unscored
  expect(of({ outcome: 'error', passed: null, scores: {}, error })).toEqual({ error: 'TypeError', message: 'down' })
  expect(of({ outcome: 'cancelled', passed: null, scores: {}, error: { ...error, code: 'E_KEY' } })).toMatchObject({
    error: 'E_KEY',
  })
  const silent = { value: null, explanation: 'it refused' }
  expect(of({ scores: { first: { value: null }, judge: silent } })).toEqual({
    error: 'not scored',
    message: 'judge: it refused',
  })
  expect(of({ scores: { judge: silent, other: { value: 0 } } })).toBeUndefined()
  expect(of({ scores: { judge: silent, other: { value: null, error } } })).toBeUndefined()
  expect(of({ scores: { first: { value: null } } })).toBeUndefined()
})
