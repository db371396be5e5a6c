import { describe, expect, expectTypeOf, test } from 'vitest'
import { readStoredSide } from '../comparison/stored-side.ts'
import { defineModel } from '../model/define-model.ts'
import { createModelResponse } from '../model/language-model.ts'
import type { RecordEntry } from '../record/record-entry.ts'
import type { SampleRecord } from '../record/record.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { thisProcess } from '../store/lease-holder.ts'
import { MemoryStore } from '../store/memory-store.ts'
import type { SampleResult } from '../summary/sample-result.ts'
import { evaluate } from './evaluate.ts'
import type { EvaluationEvent } from './evaluation-event.ts'

const rows = [
  { id: 'one', question: '1 + 1?', expected: '2' },
  { id: 'two', question: '2 + 2?', expected: '4' },
  { id: 'three', question: '3 + 3?', expected: '6' },
]
const equal: Scorer = { name: 'equal', version: '1', score: ({ output, expected }) => output === expected }

/** A task that answers every question with "4", and remembers which it was asked. */
function makeTask() {
  const asked: string[] = []
  const task = ({ id }: { id: string }): string => {
    asked.push(id)
    return '4'
  }
  return { asked, task }
}

async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = []
  for await (const value of values) all.push(value)
  return all
}

function completed(events: readonly EvaluationEvent[]): [action: string, result: SampleResult][] {
  return events.flatMap((event) => (event.type === 'sample.completed' ? [[event.action, event.result]] : []))
}

describe('one evaluation', () => {
  test('gives figures, verdict and records', async () => {
    const { task } = makeTask()
    const evaluation = await evaluate({
      name: 'sums',
      data: rows,
      task,
      scorers: [equal],
      thresholds: { equal: 0.3, latencyMs: { p50: -1 } },
      epochs: 2,
    })
    expect(evaluation).toMatchObject({
      experiment: expect.stringMatching(/^\d{8}_\d{6}_[0-9a-f]{8}$/),
      status: 'completed',
      drift: [undefined],
      failures: [],
      problems: [],
      summary: {
        eval: 'sums',
        samples: { total: 6, scored: 6, missing: 0 },
        scorers: { equal: { n: 3, mean: 1 / 3, kind: 'binary' } },
        thresholds: [{ threshold: 'equal mean ≥ 0.3', passed: true }, { passed: false }],
        verdict: false,
        dataset: { revision: expect.stringMatching(/^[0-9a-f]{16}$/), samples: 3 },
        fingerprint: { revision: 0, task: expect.any(String), scorers: { equal: expect.any(String) } },
      },
    })
    expect(evaluation.summaries).toEqual([evaluation.summary])
    const records = await collect(evaluation.records())
    expect(records.map(({ id, epoch, run }) => [id, epoch, run])).toEqual(
      rows.flatMap(({ id }) => [0, 1].map((epoch) => [id, epoch, evaluation.run])),
    )
  })

  test('runs every combination of variants, whose values are made once and given to the task', async () => {
    let made = 0
    const evaluation = await evaluate({
      name: 'sums',
      data: ['2 + 2?'],
      variants: {
        model: { mini: () => ({ name: `mini ${(made += 1)}` }), big: { name: 'big' } },
        shots: { none: 0, one: 1 },
      },
      task(row, { model, shots, variant, epoch, sample }) {
        expectTypeOf(model.name).toEqualTypeOf<string>()
        expectTypeOf(shots).toEqualTypeOf<number>()
        return `${row} ${model.name} ${shots} ${JSON.stringify(variant)} ${epoch} ${sample.id.length}`
      },
      scorers: [({ output }) => output.length > 0],
    })
    expect(made).toBe(1)
    expect(evaluation.summaries.map(({ variant }) => variant)).toEqual([
      { model: 'mini', shots: 'none' },
      { model: 'mini', shots: 'one' },
      { model: 'big', shots: 'none' },
      { model: 'big', shots: 'one' },
    ])
    expect((await collect(evaluation.records())).map(({ output }) => output)).toEqual([
      '2 + 2? mini 1 0 {"model":"mini","shots":"none"} 0 16',
      '2 + 2? mini 1 1 {"model":"mini","shots":"one"} 0 16',
      '2 + 2? big 0 {"model":"big","shots":"none"} 0 16',
      '2 + 2? big 1 {"model":"big","shots":"one"} 0 16',
    ])
  })

  test('parts of a row are picked as the options say', async () => {
    const evaluation = await evaluate({
      name: 'sums',
      data: [{ key: 'k', q: '2 + 2?', a: '4', about: 'sums', source: { page: 3 }, kinds: ['easy'] }],
      id: 'key',
      input: 'q',
      expected: 'a',
      cluster: 'about',
      tags: 'kinds',
      metadata: ({ source }) => source,
      task: ({ q }) => q,
    })
    expect(await collect(evaluation.records())).toMatchObject([
      { id: 'k', input: '2 + 2?', expected: '4', cluster: 'sums', tags: ['easy'], metadata: { page: 3 } },
    ])
  })

  test('a task can score, log and add metadata', async () => {
    const evaluation = await evaluate({
      name: 'sums',
      data: rows.slice(0, 1),
      async task(_row, { score, log, span, setMetadata, signal }) {
        score('own', 0.5)
        log('note')
        setMetadata({ seed: 7 })
        await span('work', () => {})
        expect(signal.aborted).toBe(false)
      },
    })
    const [record] = await collect(evaluation.records())
    expect(record).toMatchObject({
      scores: { own: { value: 0.5 } },
      metadata: { seed: 7 },
      trace: [{ type: 'log' }, { type: 'span', name: 'work' }],
    })
  })

  test('a score may have any name', async () => {
    const name = '__proto__'
    const named: Scorer = {
      name: 'named',
      score: () => [
        { name: 'named', value: 1 },
        { name, value: 0.5 },
      ],
    }
    const byScorer = await evaluate({ name: 'sums', data: rows, task: () => '4', scorers: [named] })
    const byTask = await evaluate({
      name: 'sums',
      data: rows,
      task: (_row, context) => context.score(name, 0.5),
    })
    for (const { summary, records } of [byScorer, byTask]) {
      expect(Object.hasOwn(summary.scorers, name) && summary.scorers[name]).toMatchObject({ n: 3, mean: 0.5 })
      const [record] = await collect(records())
      expect(Object.keys(record!.scores)).toContain(name)
    }
  })

  test('never has more samples in progress than `concurrency`, and reads a dataset no further than `limit`', async () => {
    let [running, most, read] = [0, 0, 0]
    function* endless(): Generator<string> {
      for (;;) yield `row ${(read += 1)}`
    }
    const { summary } = await evaluate({
      name: 'sums',
      data: endless(),
      selection: { limit: 20 },
      concurrency: 3,
      async task(row) {
        most = Math.max(most, (running += 1))
        await Promise.resolve()
        running -= 1
        return row
      },
    })
    expect({ most, read, total: summary.samples.total }).toEqual({ most: 3, read: 20, total: 20 })
  })

  test('a metric that fails costs only itself and thresholds on it', async () => {
    const failing: Scorer = {
      ...equal,
      metrics: [
        { name: 'count', compute: (records) => records.length },
        { name: 'broken', compute: () => Number.NaN },
      ],
    }
    const { task } = makeTask()
    const { summary, failures } = await evaluate({
      name: 'sums',
      data: rows,
      task,
      scorers: [failing],
      thresholds: { equal: { count: 3, broken: 1, unknown: 1 } },
    })
    expect(summary.scorers['equal']?.metrics).toEqual({ count: { value: 3, n: 3 } })
    expect(summary.thresholds.map(({ passed, message }) => [passed, message])).toEqual([
      [true, expect.any(String)],
      [false, expect.stringContaining('The metric "broken" of the scorer "equal" failed')],
      [false, expect.stringContaining('"equal" has no "unknown"')],
    ])
    expect(failures).toMatchObject([{ code: 'EVALS_METRIC_FAILED' }])
  })

  test('a metric of nothing is absent, and a threshold on it is not passed', async () => {
    const measuring: Scorer = {
      ...equal,
      score: () => null,
      metrics: [
        { name: 'none', compute: () => null },
        { name: 'empty', compute: () => ({ value: 0, n: 0 }) },
      ],
    }
    const { task } = makeTask()
    const { summary, failures } = await evaluate({
      name: 'sums',
      data: rows,
      task,
      scorers: [measuring],
      thresholds: { equal: { none: { atMost: 1 }, empty: { atMost: 1 } } },
    })
    expect(summary.scorers['equal']?.metrics).toEqual({})
    expect(summary.thresholds.map(({ passed, message }) => [passed, message])).toEqual([
      [false, expect.stringContaining('A metric is absent where there was nothing to compute it from')],
      [false, expect.any(String)],
    ])
    expect(failures).toEqual([])
  })

  test.for<[string, object, string]>([
    ['no name', { name: ' ' }, 'EVALS_EVAL_INVALID'],
    ['no task', { task: 'model' }, 'EVALS_EVAL_INVALID'],
    ['no rows', { data: [] }, 'EVALS_DATASET_EMPTY'],
    ['no dataset', { data: 'rows' }, 'EVALS_EVAL_INVALID'],
    ['a dataset that fails', { data: () => Promise.reject(new Error('gone')) }, 'EVALS_DATASET_UNREADABLE'],
    ['an unknown mode', { resume: 'restrat' }, 'EVALS_OPTION_INVALID'],
    ['half an epoch', { epochs: 0.5 }, 'EVALS_OPTION_INVALID'],
    ['no concurrency', { concurrency: 0 }, 'EVALS_OPTION_INVALID'],
    ['less than no retries', { retries: -1 }, 'EVALS_OPTION_INVALID'],
    ['a time no timer takes', { sampleTimeout: 2 ** 31 }, 'EVALS_OPTION_INVALID'],
    ['variants without values', { variants: { model: {} } }, 'EVALS_EVAL_INVALID'],
    ['two scorers of a name', { scorers: [equal, equal] }, 'EVALS_SCORER_DUPLICATE'],
    ['`last` of nothing', { experiment: 'last' }, 'EVALS_EXPERIMENT_UNKNOWN'],
  ])('%s is refused', async ([, parts, code]) => {
    await expect(evaluate({ name: 'sums', data: rows, task: () => '4', ...parts })).rejects.toMatchObject({ code })
  })
})

describe('going on', () => {
  const { task } = makeTask()
  const base = { name: 'sums', data: rows, task, scorers: [equal], experiment: 'exp', version: '1' }

  test('what is complete is told and runs nothing', async () => {
    const store = new MemoryStore()
    const { asked, task: counting } = makeTask()
    const first = await evaluate({ ...base, store, task: counting })
    const events: EvaluationEvent[] = []
    const again = await evaluate({ ...base, store, task: counting, onEvent: (event) => events.push(event) })
    expect(asked).toHaveLength(3)
    expect(again.summary).toEqual(first.summary)
    expect(events).toEqual([
      {
        type: 'run.started',
        experiment: 'exp',
        run: again.run,
        evals: [
          {
            eval: 'sums',
            variant: {},
            planned: 3,
            counts: { keep: 3, score: 0, run: 0 },
            drift: { added: [], removed: [], relabelled: [], scorers: [], task: [] },
          },
        ],
      },
      { type: 'run.progress', planned: 3, done: 3, errors: 0 },
      { type: 'metric.updated', eval: 'sums', variant: {}, scorer: 'equal', n: 3, mean: expect.closeTo(1 / 3) },
      { type: 'run.completed', experiment: 'exp', run: again.run, status: 'completed', summaries: [again.summary] },
    ])
    const document = await store.readDocument('exp')
    expect(document?.runs.map(({ id, ended }) => [id, ended])).toEqual([
      [first.run, 'finished'],
      [again.run, 'finished'],
    ])
    const newest = await evaluate({ ...base, store, experiment: 'last' })
    expect(newest.experiment).toBe('exp')
  })

  test('errors are done again by `auto` and left by `missing`; their earlier attempts stay', async () => {
    const store = new MemoryStore()
    const asked: string[] = []
    let works = false
    const flaky = ({ id }: { id: string }): string => {
      asked.push(id)
      if (id === 'two' && !works) throw new Error('not yet')
      return '4'
    }
    const options = { ...base, store, task: flaky }
    expect(await evaluate(options)).toMatchObject({
      status: 'completed-with-errors',
      summary: { samples: { error: 1 } },
    })
    works = true
    asked.length = 0
    expect(await evaluate({ ...options, resume: 'missing' })).toMatchObject({ status: 'completed-with-errors' })
    expect(asked).toEqual([])
    expect(await evaluate(options)).toMatchObject({
      status: 'completed',
      summary: { samples: { scored: 3, error: 0 } },
    })
    expect(asked).toEqual(['two'])
    const history = (await collect(store.scan('exp'))).filter(({ id }) => id === 'two')
    expect(history.map(({ outcome }) => outcome)).toEqual(['error', 'scored'])
  })

  test('rows may be added, removed and corrected, and scorers changed: no answer is asked for again', async () => {
    const store = new MemoryStore()
    const { asked, task: counting } = makeTask()
    await evaluate({ ...base, store, task: counting })
    asked.length = 0
    const strict: Scorer = { ...equal, version: '2', score: ({ output, expected }) => (output === expected ? 1 : 0.25) }
    const { drift, summary, records } = await evaluate({
      ...base,
      store,
      task: counting,
      scorers: [strict],
      data: [{ ...rows[0]!, expected: '4' }, rows[1]!, { id: 'four', question: '4 + 4?', expected: '8' }],
    })
    expect(asked).toEqual(['four'])
    expect(drift).toEqual([
      {
        added: ['four'],
        removed: ['three'],
        relabelled: ['one'],
        scorers: [{ name: 'equal', change: 'changed' }],
        task: [],
      },
    ])
    expect(summary).toMatchObject({
      samples: { total: 3, scored: 3, missing: 0 },
      scorers: { equal: { n: 3, mean: 0.75 } },
    })
    const values = (await collect(records())).map(({ id, scores }) => [id, scores['equal']?.value])
    expect(Object.fromEntries(values)).toEqual({ one: 1, two: 1, four: 0.25 })
  })

  test('of a row that was removed no record counts for readers, until it is back', async () => {
    const store = new MemoryStore()
    const { asked, task: counting } = makeTask()
    const options = { ...base, store, task: counting }
    const counted = async (): Promise<string[]> => {
      const document = (await store.readDocument(base.experiment))!
      const { evals } = await readStoredSide({ store, document }, () => {})
      return evals.flatMap(({ results }) => [...results.values()].map(({ id }) => id))
    }
    await evaluate(options)
    expect(await counted()).toEqual(['one', 'two', 'three'])
    const { summary } = await evaluate({ ...options, data: rows.slice(0, 2) })
    expect(summary.removed).toEqual(['three'])
    expect(await counted()).toEqual(['one', 'two'])
    await evaluate({ ...options, selection: { limit: 1 } })
    expect(await counted()).toEqual(['one', 'two'])
    expect((await evaluate(options)).summary.removed).toEqual([])
    expect(await counted()).toEqual(['one', 'two', 'three'])
    expect(asked).toHaveLength(3)
  })

  test('`passWhen` is asked again, and an evaluation in which it fails is flawed until it is mended', async () => {
    const store = new MemoryStore()
    const { asked, task: counting } = makeTask()
    const options = { ...base, store, task: counting }
    const passWhen = (): boolean => {
      throw new Error('no such score')
    }
    const flawed = { status: 'completed-with-errors', summary: { samples: { scored: 3, failed: 0, unjudged: 3 } } }
    expect(await evaluate({ ...options, passWhen })).toMatchObject(flawed)
    expect(await evaluate({ ...options, passWhen })).toMatchObject(flawed)
    const events: EvaluationEvent[] = []
    const mended = await evaluate({
      ...options,
      passWhen: ({ equal: value }) => value === 1,
      onEvent: (event) => events.push(event),
    })
    expect(mended).toMatchObject({ status: 'completed', summary: { samples: { scored: 3, failed: 2 } } })
    expect(mended.summary.samples).not.toHaveProperty('unjudged')
    expect(completed(events)).toMatchObject([
      ['score', { passed: false }],
      ['score', { passed: true }],
      ['score', { passed: false }],
    ])
    const before = await collect(store.scan('exp'))
    expect((await evaluate(options)).summary.samples).toMatchObject({ failed: 0 })
    expect(await collect(store.scan('exp'))).toHaveLength(before.length + 2)
    expect(asked).toHaveLength(3)
  })

  test('a task that scores itself is not run again for another verdict', async () => {
    const store = new MemoryStore()
    const asked: string[] = []
    const options = {
      ...base,
      store,
      scorers: [],
      task({ id }: { id: string }, context: { score(name: string, value: number): void }): void {
        asked.push(id)
        context.score('own', 1)
      },
    }
    await evaluate({ ...options, passWhen: ({ own }) => own === 0 })
    const again = await evaluate({ ...options, passWhen: ({ own }) => own === 1 })
    expect({ asked: asked.length, failed: again.summary.samples.failed }).toEqual({ asked: 3, failed: 0 })
  })

  test('a row whose id stays and whose question changes is asked again', async () => {
    const store = new MemoryStore()
    const { asked, task: counting } = makeTask()
    await evaluate({ ...base, store, task: counting })
    asked.length = 0
    const events: EvaluationEvent[] = []
    const data = [{ ...rows[0]!, question: '0 + 4?' }, ...rows.slice(1)]
    await evaluate({ ...base, store, task: counting, data, onEvent: (event) => events.push(event) })
    expect(asked).toEqual(['one'])
    expect(completed(events)).toMatchObject([['run', { id: 'one' }]])
  })

  test('a changed task is refused, forced, or begun anew', async () => {
    const store = new MemoryStore()
    const { asked, task: counting } = makeTask()
    await evaluate({ ...base, store, task: counting })
    const changed = { ...base, store, task: counting, version: '2' }
    await expect(evaluate(changed)).rejects.toMatchObject({
      code: 'EVALS_EXPERIMENT_DRIFTED',
      message: expect.stringContaining('the task (1 → 2)'),
    })
    await expect(evaluate({ ...changed, resume: 'never' })).rejects.toMatchObject({ code: 'EVALS_EXPERIMENT_EXISTS' })
    expect(asked).toHaveLength(3)
    const restarted = await evaluate({ ...changed, resume: 'restart', selection: { limit: 2 } })
    expect(asked).toHaveLength(5)
    expect(restarted.summary).toMatchObject({
      samples: { total: 2, scored: 2 },
      fingerprint: { revision: 1, task: '2' },
    })
    const rest = await evaluate(changed)
    expect(asked).toHaveLength(6)
    expect(rest.summary).toMatchObject({ samples: { total: 3, scored: 3 }, fingerprint: { revision: 1 } })
    expect((await collect(rest.records())).map(({ revision }) => revision)).toEqual([1, 1, 1])
    expect(await collect(store.scan('exp'))).toHaveLength(6)
    const forced = await evaluate({ ...changed, version: '3', resume: 'force' })
    expect(asked).toHaveLength(6)
    expect(forced.summary.fingerprint?.task).toBe('3')
  })

  test('an evaluation that is cancelled ends in order, and another one does the rest', async () => {
    const store = new MemoryStore()
    const controller = new AbortController()
    const asked: string[] = []
    const data = Array.from({ length: 30 }, (_, index) => ({ id: `row ${index}`, expected: '4' }))
    const stopping = async ({ id }: { id: string }, { signal }: { signal: AbortSignal }): Promise<string> => {
      asked.push(id)
      if (asked.length === 10) controller.abort(new Error('Ctrl+C'))
      await new Promise((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
      return '4'
    }
    const options = { ...base, store, data, task: stopping, concurrency: 4, thresholds: { equal: 1 } }
    const first = await evaluate({ ...options, signal: controller.signal })
    const { samples } = first.summary
    expect(first.status).toBe('interrupted')
    expect(samples.scored + samples.cancelled + samples.missing).toBe(30)
    expect(samples.missing).toBe(20)
    expect(first.summary).toMatchObject({ verdict: null, thresholds: [{ passed: null }] })
    const scoredBefore = await scoredIds(store)
    asked.length = 0
    const second = await evaluate(options)
    expect(second).toMatchObject({ status: 'completed', summary: { samples: { scored: 30 }, verdict: true } })
    expect(asked.toSorted()).toEqual(
      data
        .map(({ id }) => id)
        .filter((id) => !scoredBefore.includes(id))
        .toSorted(),
    )
  })

  test('an answer whose scoring never came to an end is scored, not asked for again', async () => {
    const store = new TornStore()
    const { asked, task: counting } = makeTask()
    const judge = makeJudge()
    const options = { ...base, store, task: counting, scorers: [judge] }
    store.refuses = ({ outcome }) => outcome === 'scored'
    await expect(evaluate(options)).rejects.toThrow('disk full')
    expect((await collect(store.scan('exp'))).map(({ outcome }) => outcome)).toContain('answered')
    const answered = (await collect(store.scan('exp'))).map(({ id }) => id)
    asked.length = 0
    store.refuses = () => false
    const { status, summary } = await evaluate(options)
    expect({ status, scored: summary.samples.scored }).toEqual({ status: 'completed', scored: 3 })
    expect(asked).toEqual(rows.map(({ id }) => id).filter((id) => !answered.includes(id)))
  })

  test('one process at a time; the experiment is free again afterwards, also after a failure', async () => {
    const store = new MemoryStore()
    const lease = await store.lease('exp', { ...thisProcess(), host: 'elsewhere' })
    await expect(evaluate({ ...base, store })).rejects.toMatchObject({
      code: 'EVALS_EXPERIMENT_IN_USE',
      details: { host: 'elsewhere' },
    })
    await lease.release()
    await evaluate({ ...base, store })
    await expect(evaluate({ ...base, store, version: '2' })).rejects.toMatchObject({ code: 'EVALS_EXPERIMENT_DRIFTED' })
    await (await store.lease('exp')).release()
  })

  test('what the sink throws ends the evaluation; what is recorded stays', async () => {
    const store = new MemoryStore()
    const failing = evaluate({
      ...base,
      store,
      concurrency: 1,
      onEvent: ({ type }) => {
        if (type === 'sample.completed') throw new Error('no screen')
      },
    })
    await expect(failing).rejects.toThrow('no screen')
    expect(await scoredIds(store)).toEqual(['one'])
    expect(await store.readDocument('exp')).toMatchObject({ status: 'interrupted' })
  })
})

async function scoredIds(store: MemoryStore): Promise<string[]> {
  const records = await collect(store.scan('exp'))
  return records.filter(({ outcome }) => outcome === 'scored').map(({ id }) => id)
}

/** A store that refuses records, as a full disk does. */
class TornStore extends MemoryStore {
  refuses: (record: SampleRecord) => boolean = () => false

  override append(experiment: string, entry: RecordEntry): void {
    if (this.refuses(entry.record)) throw new TypeError('disk full')
    super.append(experiment, entry)
  }
}

/** A scorer that asks a model. */
function makeJudge(): Scorer {
  const model = defineModel({
    provider: 'fake',
    modelId: 'judge',
    generate: async () => createModelResponse({ text: 'yes', model: 'fake:judge' }),
  })
  return { name: 'judge', version: '1', score: async () => (await model.generate('good?')).text === 'yes' }
}

test('a changed row whose run fails is an error: the score of the old row counts no more', async () => {
  const store = new MemoryStore()
  const run = (question: string, task: () => string): ReturnType<typeof evaluate> =>
    evaluate({ name: 'qa', data: [{ id: 'a', question }], task, scorers: [], store, experiment: 'exp', version: '1' })
  await run('Capital of France?', () => 'Paris')
  const { summary } = await run('Capital of Spain?', () => {
    throw new Error('no answer')
  })
  expect(summary.samples).toMatchObject({ total: 1, scored: 0, error: 1 })
  expect((await store.readDocument('exp'))?.evals['qa']?.samples).toMatchObject({ scored: 0, error: 1 })
})
