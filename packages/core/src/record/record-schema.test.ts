import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import schema from '../../schema/record.json' with { type: 'json' }
import { runSample } from '../sample/run-sample.ts'
import type { RecordEntry } from './record-entry.ts'
import { assertionError, makeJob, makeModel, type JobParts } from '../sample/sample-job.test-support.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { makeRecord } from '../testing/make-entry.ts'

const validate: ValidateFunction = new Ajv2020({
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allErrors: true,
}).compile(schema)

/** What is wrong with a record as a reader of its line would see it. */
function problemsOf(record: unknown): string[] {
  validate(JSON.parse(JSON.stringify(record)))
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

const clock = new ManualClock()
const equal = {
  name: 'equal',
  score: ({ output, expected }: { output: unknown; expected: unknown }) => output === expected,
}
const fail = (error: unknown): never => {
  throw error
}

const jobs: Readonly<Record<string, Partial<JobParts>>> = {
  scored: {
    row: { input: 1, expected: 4, tags: ['a'], metadata: { at: new Date(0) } },
    scorers: [equal],
    task: () => 4,
  },
  'scored in a cluster': { picks: { cluster: () => 'text 7' }, task: () => 4 },
  'scored without expected, of a text': {
    row: 'hello',
    task: (scope) => scope.score('own', { value: 1, metadata: { n: 1n } }),
  },
  'scored, not passed': { plan: { passWhen: () => false }, task: () => 4 },
  'scored, with a failed assertion': { scorers: [equal], task: () => fail(assertionError('no')) },
  'scored, with a failed scorer': { scorers: [{ name: 'broken', score: () => Number.NaN }, equal], task: () => 4 },
  'scored by a judge, with trace, bytes and priced calls': {
    clock,
    scorers: [
      { name: 'judge', score: async () => (await makeModel(clock, { text: 'yes' }).generate('?')).text === 'yes' },
    ],
    async task(scope) {
      scope.log('note', { n: 1 }, new Map())
      await scope.span('span', () => {})
      await scope.span('failing', () => fail(new Error('no'))).catch(() => {})
      await makeModel(clock, new Error('overloaded'))
        .generate('?')
        .catch(() => {})
      await makeModel(clock, {
        text: 'unpriced',
        requestId: 'r',
        usage: { inputTokens: 1, reasoningTokens: 2 },
      }).generate('?')
      return { bytes: new Uint8Array([1]) }
    },
  },
  'scored, at a limit': {
    clock,
    plan: { limits: { turns: 1 } },
    async task() {
      const model = makeModel(clock, { text: 'half' })
      await model.generate('?')
      await model.generate('?')
    },
  },
  'scored, with all traces': {
    clock,
    plan: { traces: 'all' },
    task: () => makeModel(clock, { text: '4', raw: { id: 'r' } }).generate('?'),
  },
  'scored, with a shared call': {
    task(scope) {
      const call = { model: 'm', purpose: 'task', durationMs: 1, queuedMs: 0, retries: 0, cached: false } as const
      scope.addCall({ ...call, usage: { inputTokens: 3 }, batch: 2 })
      return 4
    },
  },
  error: { plan: { retries: 2 }, task: () => fail(Object.assign(new Error('no'), { code: 'ECONNRESET' })) },
  'error, of a text': { task: () => fail('no') },
  'error, unserialisable': { task: () => ({ run() {} }) },
  timeout: { clock, task: () => new Promise(() => clock.advance(1000)) },
  cancelled: { signal: AbortSignal.abort(), task: () => 4 },
}

describe('records the engine makes are valid', () => {
  test.for(Object.entries(jobs))('%s', async ([name, job]) => {
    const entries: RecordEntry[] = []
    const { record } = await runSample(
      makeJob({ onAnswered: (entry) => void entries.push(entry), ...(job as JobParts) }),
    )
    expect(record.outcome).toBe(/^\w+/.exec(name)?.[0])
    expect(problemsOf(record)).toEqual([])
    for (const entry of entries) expect(problemsOf(entry.record)).toEqual([])
    expect(entries.map((entry) => entry.record.outcome)).toEqual(name.includes('judge') ? ['answered'] : [])
  })
})

describe('what is no record is not', () => {
  const valid = makeRecord()
  const error = { name: 'Error', message: 'no' }
  const sharedCall = { model: 'm', purpose: 'task', durationMs: 1, queuedMs: 0, retries: 0, cached: false, usage: {} }

  test('one left as it is, for comparison', () => {
    expect(problemsOf(valid)).toEqual([])
  })

  test.for(schema.required)('without %s', (field) => {
    const { [field as 'v']: _left, ...rest } = valid
    expect(problemsOf(rest)).not.toEqual([])
  })

  test.for<[string, object]>([
    ['an unknown field', { notes: '' }],
    ['another version', { v: 2 }],
    ['an unknown outcome', { outcome: 'failed' }],
    ['a negative epoch', { epoch: -1 }],
    ['half an epoch', { epoch: 0.5 }],
    ['an empty id', { id: '' }],
    ['a variant that is no name', { variant: { model: { name: 'mini' } } }],
    ['a score without a value', { scores: { a: {} } }],
    ['a score that is a boolean', { scores: { a: { value: true } } }],
    ['a bare number as a score', { scores: { a: 1 } }],
    ['a failed score with a value', { scores: { a: { value: 1, error } } }],
    ['an absent score with a value', { scores: { a: { value: 0, absent: true } } }],
    ['an error and a score', { outcome: 'error', passed: null, error }],
    ['an error that passed', { outcome: 'error', passed: true, scores: {}, error }],
    ['an error without its reason', { outcome: 'error', passed: null, scores: {} }],
    ['a scored sample with an error', { error }],
    ['not passed without a reason', { passed: false }],
    ['a cancelled answer with scores but no output', { outcome: 'cancelled', passed: null, error, output: undefined }],
    ['an interim record that passed', { outcome: 'answered', passed: true }],
    ['a scorer without its fingerprint', { scorers: { a: null } }],
    ['a time that is none', { startedAt: 'yesterday' }],
    ['a negative cost', { costUsd: -1 }],
    ['an unknown limit', { limit: 'time' }],
    ['a batch of one', { calls: [{ ...sharedCall, batch: 1 }] }],
    ['a call without its model', { calls: [{ purpose: 'task' }] }],
    ['an unknown trace entry', { trace: [{ type: 'jump', atMs: 0 }] }],
    ['a log without values', { trace: [{ type: 'log', atMs: 0 }] }],
    ['tags that are no texts', { tags: [1] }],
  ])('%s', ([, parts]) => {
    expect(problemsOf({ ...valid, ...parts })).not.toEqual([])
  })
})

test('every field is described', () => {
  const undescribed = Object.entries(schema.properties).flatMap(([name, field]) =>
    'description' in field ? [] : [name],
  )
  expect(undescribed).toEqual([])
})
