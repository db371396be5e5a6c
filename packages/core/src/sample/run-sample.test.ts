import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Scorer } from '../scoring/scorer.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { unlimited } from '../testing/unlimited.ts'
import type { RecordEntry } from '../record/record-entry.ts'
import { runSample } from './run-sample.ts'
import { assertionError, makeJob, makeModel, type JobParts } from './sample-job.test-support.ts'

const run = (parts: JobParts) => runSample(makeJob(parts))
const equal: Scorer = { name: 'equal', kind: 'binary', score: ({ output, expected }) => output === expected }

describe('outcomes', () => {
  test('scored: the record holds all there is to know', async () => {
    const clock = new ManualClock()
    const { record, attachments, thrown } = await run({
      clock,
      row: { question: '2 + 2?', expected: '4', tags: ['easy'], metadata: { source: 'book' } },
      scorers: [equal],
      task: () => {
        clock.advance(12.34)
        return '4'
      },
    })
    expect(thrown).toBeUndefined()
    expect(attachments).toEqual([])
    expect(record).toEqual({
      v: 1,
      run: 'run',
      revision: 0,
      eval: 'sum.eval.ts > sums',
      variant: { model: 'mini' },
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      epoch: 0,
      rowHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      outcome: 'scored',
      passed: true,
      input: { question: '2 + 2?' },
      expected: '4',
      output: '4',
      scores: { equal: { value: 1 } },
      scorers: { equal: expect.stringMatching(/^[0-9a-f]{16}$/) },
      usage: {},
      costUsd: null,
      startedAt: '2026-01-02T03:04:05.000Z',
      durationMs: 12.3,
      queuedMs: 0,
      calls: [],
      trace: [],
      tags: ['easy'],
      metadata: { source: 'book' },
    })
  })

  test('a wrong answer is scored and passes, unless `passWhen` says otherwise', async () => {
    const wrong = { scorers: [equal], task: () => '5' }
    expect(await run(wrong)).toMatchObject({
      record: { outcome: 'scored', passed: true, scores: { equal: { value: 0 } } },
    })
    const { record, thrown } = await run({ ...wrong, plan: { passWhen: ({ equal: score }) => score === 1 } })
    expect(record).toMatchObject({
      outcome: 'scored',
      passed: false,
      failure: { message: '`passWhen` is false for equal 0.' },
    })
    expect(thrown).toMatchObject({ code: 'EVALS_PASS_WHEN_FALSE' })
  })

  test.each([
    ['a promise', async () => false, /it returned a promise, no boolean/],
    ['nothing', () => undefined, /it returned undefined, no boolean/],
  ])('`passWhen` that returns %s leaves the sample not evaluated', async (_what, passWhen, message) => {
    const plan = { passWhen: passWhen as unknown as () => boolean }
    const { record, thrown } = await run({ scorers: [equal], task: () => '4', plan })
    expect(record.passed).toBeNull()
    expect(thrown).toMatchObject({ code: 'EVALS_PASS_WHEN_FAILED', message: expect.stringMatching(message) })
  })

  test('`passWhen` that throws leaves the sample not evaluated', async () => {
    const passWhen = (): boolean => {
      throw new TypeError('no such score')
    }
    const { record, thrown } = await run({ scorers: [equal], task: () => '4', plan: { passWhen } })
    expect(record).toMatchObject({
      outcome: 'scored',
      passed: null,
      failure: { message: expect.stringContaining('no such score') },
    })
    expect(thrown).toMatchObject({ code: 'EVALS_PASS_WHEN_FAILED' })
  })

  test.for([
    [
      'an error',
      new TypeError('fetch failed'),
      { name: 'TypeError', message: 'fetch failed', stack: expect.any(String) },
    ],
    [
      'an error with a code',
      Object.assign(new Error('gone'), { code: 'ENOENT' }),
      expect.objectContaining({ code: 'ENOENT' }),
    ],
    ['a text', 'overloaded', { name: 'Error', message: 'overloaded' }],
    ['nothing', undefined, { name: 'Error', message: 'undefined' }],
    ['a plain object', { status: 429, message: 'slow down' }, { name: 'Error', message: 'slow down' }],
    ['an object without text', Object.create(null) as unknown, { name: 'Error', message: expect.any(String) }],
  ] as const)('error: the task threw %s', async ([, thing, stored]) => {
    const { record, thrown } = await run({
      scorers: [equal],
      task: () => {
        throw thing
      },
    })
    // Never `undefined`, which would let the sample's test pass.
    expect(thrown).toBe(thing ?? 'undefined')
    expect(record).toMatchObject({ outcome: 'error', passed: null, scores: {}, error: stored })
    expect(record).not.toHaveProperty('output')
  })

  test('error: the task returned nothing, or what no record can hold', async () => {
    expect((await run({ scorers: [equal], task: () => undefined })).record).toMatchObject({
      outcome: 'error',
      error: { code: 'EVALS_OUTPUT_MISSING' },
    })
    const { record } = await run({ scorers: [equal], task: () => ({ answer: 4, tools: [{ run() {} }] }) })
    expect(record).toMatchObject({
      outcome: 'error',
      output: { answer: 4, tools: [{ run: { $unserialisable: 'function run' } }] },
      error: { code: 'EVALS_OUTPUT_UNSERIALISABLE', message: expect.stringContaining('`output.tools[0].run`') },
    })
  })

  test('timeout: the signals abort, and what the task does later is dropped', async () => {
    const clock = new ManualClock()
    let late = (_value: unknown): void => {}
    let seen: AbortSignal | undefined
    const running = run({
      clock,
      scorers: [equal],
      plan: { retries: 3 },
      task: (scope, { signal }) => {
        seen = signal
        expect(scope.aborts.signal.aborted).toBe(false)
        return new Promise((_resolve, reject) => (late = reject))
      },
    })
    clock.advance(999)
    expect(seen?.aborted).toBe(false)
    clock.advance(1)
    const { record, thrown } = await running
    expect(seen?.reason).toMatchObject({ name: 'TimeoutError' })
    expect(thrown).toMatchObject({ code: 'EVALS_SAMPLE_TIMEOUT', details: { timeoutMs: 1000 } })
    expect(record).toMatchObject({
      outcome: 'timeout',
      passed: null,
      durationMs: 1000,
      error: { code: 'EVALS_SAMPLE_TIMEOUT' },
    })
    late(new Error('too late'))
    // An unhandled rejection would fail the run.
    await setImmediate()
    expect(clock.waiting).toBe(0)
  })

  test('timeout: a model call of the task is aborted though the task passed no signal on', async () => {
    const clock = new ManualClock()
    const asked = Promise.withResolvers<AbortSignal>()
    const { defineModel } = await import('../model/define-model.ts')
    useRequestEngine({ clock, limiter: unlimited })
    const model = defineModel({
      provider: 'fake',
      modelId: 'm',
      generate: (_prompt, { signal }) => new Promise(() => asked.resolve(signal)),
    })
    const running = run({ clock, task: async () => (await model.generate('?')).text })
    const signal = await asked.promise
    clock.advance(1000)
    await running
    expect(signal.aborted).toBe(true)
  })

  test('no limit of time with 0', async () => {
    const clock = new ManualClock()
    const answer = Promise.withResolvers<string>()
    const running = run({ clock, plan: { sampleTimeoutMs: 0 }, task: () => answer.promise })
    clock.advance(1e9)
    answer.resolve('4')
    expect((await running).record).toMatchObject({ outcome: 'scored', durationMs: 1e9 })
  })

  test('cancelled before it started: the task never runs', async () => {
    let ran = false
    const { record, thrown } = await run({
      signal: AbortSignal.abort('stop'),
      plan: { retries: 1 },
      task: () => (ran = true),
    })
    expect(ran).toBe(false)
    expect(record).toMatchObject({
      outcome: 'cancelled',
      passed: null,
      durationMs: 0,
      error: { code: 'EVALS_SAMPLE_CANCELLED' },
    })
    expect(thrown).toMatchObject({ cause: 'stop' })
  })

  test('cancelled while it ran: its signal aborts with the reason, and it is not tried again', async () => {
    const controller = new AbortController()
    const signals: AbortSignal[] = []
    const clock = new ManualClock()
    const running = run({
      clock,
      signal: controller.signal,
      plan: { retries: 2 },
      task: (_scope, { signal }) => {
        signals.push(signal)
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
      },
    })
    const reason = new Error('Ctrl+C')
    controller.abort(reason)
    expect((await running).record).toMatchObject({ outcome: 'cancelled' })
    expect(signals.map((signal) => signal.reason as unknown)).toEqual([reason])
    expect(clock.waiting).toBe(0)
  })
})

describe('assertions', () => {
  test('a failed one is a wrong answer: scored, not judged further', async () => {
    const failure = assertionError('expected 5 to be 4')
    const { record, thrown } = await run({
      scorers: [equal],
      task: (scope) => {
        scope.score('own', 0.5)
        throw failure
      },
    })
    expect(thrown).toBe(failure)
    expect(record).toMatchObject({ outcome: 'scored', passed: false, failure: { message: 'expected 5 to be 4' } })
    expect(record.scores).toEqual({
      assertions: { value: 0, kind: 'binary', explanation: 'expected 5 to be 4' },
      equal: { value: null, absent: true, explanation: 'not judged: an assertion of the task failed' },
      own: { value: 0.5 },
    })
    expect(record).not.toHaveProperty('error')
  })

  test('a soft one that failed is found after the task, and the output is kept', async () => {
    const failure = assertionError('soft')
    const { record } = await run({ scorers: [equal], task: () => '4', assertions: () => ({ made: 2, failure }) })
    expect(record).toMatchObject({
      outcome: 'scored',
      passed: false,
      output: '4',
      scores: { assertions: { value: 0 }, equal: { absent: true } },
    })
  })

  test('those that hold are a score of their own, and enough without an output', async () => {
    const { record } = await run({ scorers: [equal], task: () => undefined, assertions: () => ({ made: 1 }) })
    expect(record).toMatchObject({ outcome: 'scored', passed: true })
    expect(record.scores).toEqual({ assertions: { value: 1, kind: 'binary' }, equal: unjudged })
  })
})

const unjudged = { value: null, explanation: 'not judged: the task returned no output' }

describe('retries', () => {
  test('an error is tried again; earlier errors, calls and trace stay, scores and metadata begin anew', async () => {
    const clock = new ManualClock()
    const model = makeModel(clock, { text: 'unpriced' }, new Error('overloaded'), { text: '4' })
    let attempt = 0
    const { record, thrown } = await run({
      clock,
      row: { question: '2 + 2?', expected: '4', metadata: { source: 'book' } },
      scorers: [equal],
      plan: { retries: 3 },
      task: async (scope) => {
        attempt += 1
        scope.score(`attempt ${attempt}`, true)
        scope.setMetadata({ [`attempt ${attempt}`]: true })
        scope.log(attempt)
        const { text } = await model.generate('?')
        if (text === 'unpriced') throw new TypeError('cannot parse')
        return text
      },
    })
    expect(thrown).toBeUndefined()
    expect(record).toMatchObject({ outcome: 'scored', passed: true, output: '4', costUsd: null, model: 'fake:m-1' })
    expect(record).not.toHaveProperty('error')
    expect(record.scores).toEqual({ 'attempt 3': { value: 1, kind: 'binary' }, equal: { value: 1 } })
    expect(record.metadata).toEqual({ source: 'book', 'attempt 3': true })
    expect(record.calls.map(({ error, durationMs }) => [error?.message, durationMs])).toEqual([
      [undefined, 100],
      ['overloaded', 100],
      [undefined, 100],
    ])
    expect(record.trace.map((entry) => [entry.type, entry.atMs])).toEqual([
      ['log', 0],
      ['model', 100],
      ['log', 100],
      ['model', 200],
      ['log', 200],
      ['model', 300],
    ])
    expect(record.durationMs).toBe(100)
  })

  test('after the last one the errors before it are kept', async () => {
    let attempt = 0
    const { record } = await run({
      plan: { retries: 2 },
      task: () => {
        attempt += 1
        throw new Error(`failure ${attempt}`)
      },
    })
    expect(record.error).toMatchObject({
      message: 'failure 3',
      attempts: [{ message: 'failure 1' }, { message: 'failure 2' }],
    })
  })

  test("Vitest's skip is not tried again", async () => {
    let attempts = 0
    const skip = Object.assign(new Error('test is skipped'), { code: 'VITEST_PENDING' })
    const { thrown } = await run({
      plan: { retries: 2 },
      task: () => {
        attempts += 1
        throw skip
      },
    })
    expect(thrown).toBe(skip)
    expect(attempts).toBe(1)
  })

  test('neither a wrong answer nor a timeout is tried again', async () => {
    const clock = new ManualClock()
    let attempts = 0
    await run({
      plan: { retries: 2, passWhen: () => false },
      task: () => {
        attempts += 1
        return '5'
      },
    })
    expect(attempts).toBe(1)
    const running = run({ clock, plan: { retries: 2 }, task: () => new Promise(() => (attempts += 1)) })
    clock.advance(1000)
    await running
    expect(attempts).toBe(2)
  })
})

describe('values', () => {
  test("a model's response: its text, or its object, is the output", async () => {
    const clock = new ManualClock()
    const model = makeModel(clock, { text: '{"n":4}', usage: { inputTokens: 7, outputTokens: 1 }, requestId: 'r-1' })
    const { record } = await run({ clock, task: () => model.generate('?') })
    expect(record).toMatchObject({ output: '{"n":4}', usage: { inputTokens: 7, outputTokens: 1 }, costUsd: 0.25 })
    expect(record.calls).toEqual([
      {
        model: 'fake:m-1',
        purpose: 'task',
        durationMs: 100,
        queuedMs: 0,
        retries: 0,
        cached: false,
        usage: { inputTokens: 7, outputTokens: 1 },
        costUsd: 0.25,
        requestId: 'r-1',
      },
    ])
    const structured = makeModel(clock, { text: '{"n":4}', object: { n: 4 } })
    expect((await run({ clock, task: () => structured.generate('?') })).record.output).toEqual({ n: 4 })
  })

  test('input and expected are recorded as the task got them, whatever it does to its row', async () => {
    const row = { messages: ['hello'], expected: ['4'] }
    let judged: unknown
    const { record } = await run({
      row,
      scorers: [{ name: 'seen', score: ({ input, expected }) => ((judged = { input, expected }), 1) }],
      task: () => {
        row.messages.push('answer')
        row.expected.length = 0
        return '4'
      },
    })
    expect(record).toMatchObject({ input: { messages: ['hello'] }, expected: ['4'] })
    expect(judged).toEqual({ input: { messages: ['hello'] }, expected: ['4'] })
  })

  test('a scorer sees what a reader of the record would: rich values, bytes, metadata, costs', async () => {
    const clock = new ManualClock()
    const model = makeModel(clock, { text: '4', usage: { inputTokens: 3 } })
    let seen: unknown
    const { record, attachments } = await run({
      clock,
      row: { input: new Date(0), expected: new Map([['a', 1n]]), tags: ['x'] },
      epoch: 2,
      scorers: [{ name: 'seen', score: (input) => ((seen = input), 1) }],
      task: async (scope) => {
        scope.setMetadata({ when: new Date(5) })
        await model.generate('?')
        return { image: new Uint8Array([1, 2]), left: undefined }
      },
    })
    expect(seen).toEqual({
      input: new Date(0),
      output: { image: new Uint8Array([1, 2]), left: undefined },
      expected: new Map([['a', 1n]]),
      metadata: { when: new Date(5) },
      tags: ['x'],
      calls: record.calls,
      trace: record.trace,
      usage: { inputTokens: 3 },
      costUsd: 0.25,
      durationMs: 100,
      epoch: 2,
      variant: { model: 'mini' },
      signal: expect.any(AbortSignal),
    })
    expect(attachments).toHaveLength(1)
    expect(record.output).toMatchObject({ image: { $blob: attachments[0]?.sha256, bytes: 2 } })
    expect(record.metadata).toEqual({ when: { $date: '1970-01-01T00:00:00.005Z' } })
  })
})

describe("the task's own scores", () => {
  test("stand beside the scorers', and are enough without an output", async () => {
    const task: JobParts['task'] = (scope) => {
      scope.score('steps', { value: 3, explanation: 'three' })
      scope.score('good', true)
    }
    const { record } = await run({ scorers: [equal], task })
    expect(record).toMatchObject({ outcome: 'scored', passed: true })
    const good = { value: 1, kind: 'binary' }
    expect(record.scores).toEqual({ steps: { value: 3, explanation: 'three' }, good, equal: unjudged })
  })

  test('an impossible one costs only itself', async () => {
    const task: JobParts['task'] = (scope) => {
      scope.score('bad', Number.NaN)
      return '4'
    }
    const { record, thrown } = await run({ scorers: [equal], task })
    expect(record).toMatchObject({ outcome: 'scored', passed: null, output: '4' })
    expect(record.scores).toMatchObject({
      bad: { value: null, error: { code: 'EVALS_SCORE_INVALID' } },
      equal: { value: 1 },
    })
    expect(thrown).toMatchObject({
      code: 'EVALS_SCORER_FAILED',
      message: expect.stringMatching(/^1 of 2 scores failed/),
    })
  })

  test("the same name twice is the task's error", async () => {
    const task: JobParts['task'] = (scope) => {
      scope.score('a', 1)
      scope.score('a', 1)
    }
    expect((await run({ task })).record).toMatchObject({ outcome: 'error', error: { code: 'EVALS_SCORER_DUPLICATE' } })
  })
})

describe('the answered record', () => {
  test('is written once, before the first model call of a scorer', async () => {
    const clock = new ManualClock()
    const model = makeModel(clock, { text: 'yes' })
    const events: string[] = []
    const answered: RecordEntry[] = []
    const judge = (name: string): Scorer => ({
      name,
      async score() {
        events.push(`${name} begins`)
        await model.generate('good?')
        events.push(`${name} has its answer`)
        await model.generate('sure?')
        return 1
      },
    })
    const { record } = await run({
      clock,
      scorers: [judge('one'), judge('two')],
      async onAnswered(entry) {
        events.push('writing')
        await setImmediate()
        events.push('written')
        answered.push(entry)
      },
      task(scope) {
        scope.score('own', 0.5)
        return { answer: '4', bytes: new Uint8Array([1]) }
      },
    })
    expect(events).toEqual([
      'one begins',
      'writing',
      'two begins',
      'written',
      'one has its answer',
      'two has its answer',
    ])
    expect(answered).toHaveLength(1)
    expect(answered[0]).toMatchObject({
      record: { outcome: 'answered', passed: null, scores: { own: { value: 0.5 } }, scorers: {}, calls: [] },
      attachments: [{}],
    })
    expect(answered[0]?.record.output).toEqual(record.output)
    expect(record.calls.map(({ purpose }) => purpose)).toEqual(['score', 'score', 'score', 'score'])
    expect(record).not.toHaveProperty('model')
    expect(record.costUsd).toBe(1)
  })

  test('is not written where no scorer calls a model, or where nothing was answered', async () => {
    let written = 0
    const onAnswered = (): void => void (written += 1)
    const model = makeModel(new ManualClock(), new Error('overloaded'))
    await run({ onAnswered, scorers: [equal], task: () => '4' })
    await run({ onAnswered, scorers: [equal], task: () => model.generate('?') })
    expect(written).toBe(0)
  })

  test('if it cannot be written, the judge is not asked', async () => {
    const clock = new ManualClock()
    const model = makeModel(clock, { text: 'yes' })
    const judge: Scorer = { name: 'judge', score: async () => (await model.generate('?')).text === 'yes' }
    const onAnswered = (): void => {
      throw new Error('disk full')
    }
    const { record } = await run({ clock, onAnswered, scorers: [judge], task: () => '4' })
    expect(record.scores).toMatchObject({ judge: { value: null, error: { message: 'disk full' } } })
    expect(record.calls).toEqual([])
  })
})

describe('scorers', () => {
  test('one that fails costs neither the output nor the other scores', async () => {
    const clock = new ManualClock()
    const slow: Scorer = { name: 'slow', score: () => new Promise(() => {}) }
    const broken: Scorer = {
      name: 'broken',
      score() {
        throw new TypeError('no such field')
      },
    }
    const running = run({ clock, scorers: [equal, broken, slow], task: () => '4' })
    await setImmediate()
    clock.advance(1000)
    const { record, thrown } = await running
    expect(record).toMatchObject({
      outcome: 'scored',
      passed: null,
      output: '4',
      scores: {
        equal: { value: 1 },
        broken: { value: null, error: { name: 'TypeError', message: 'no such field' } },
        slow: { value: null, error: { code: 'EVALS_SCORER_TIMEOUT' } },
      },
    })
    expect(thrown).toMatchObject({ code: 'EVALS_SCORER_FAILED', cause: { message: 'no such field' } })
    expect(record.failure?.message).toBe((thrown as Error).message)
  })

  test.for([
    ['metadata that is null', { value: 1, metadata: null }],
    ['metadata that is a text', { value: 1, metadata: 'because' }],
    ['an explanation that is no text', { value: 1, explanation: 12n }],
    ['a name that is no text', { value: 1, name: 7 }],
  ] as const)('%s does not lose the record', async ([, result]) => {
    const { record } = await run({ scorers: [equal, { name: 'odd', score: () => result as never }], task: () => '4' })
    expect(record).toMatchObject({ outcome: 'scored', scores: { equal: { value: 1 }, odd: {} } })
    expect(JSON.parse(JSON.stringify(record))).toEqual(record)
  })
})
