import { describe, expect, it } from 'vitest'
import type { SampleRecord } from '../../packages/core/src/index.ts'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const usage = `{ inputTokens: 10, outputTokens: 4 }`
const head = `
import { evalTest } from 'vitest-plugin-evals'
import { mock } from '@evals/providers/mock'

const rowsOf = (count, from = 0) => Array.from({ length: count }, (_, index) => ({ id: 's' + (index + from), n: index + from }))
const right = { name: 'right', kind: 'binary', score: ({ input, output }) => output === input.n * 2 }
const model = mock((prompt) => ({ text: JSON.stringify(JSON.parse(prompt).map((n) => n * 2)), usage: ${usage} }), { costUsd: 0.3 })
const double = async (rows) => JSON.parse((await model.generate(JSON.stringify(rows.map(({ n }) => n)))).text)
`

/** The records of an eval by id. */
function recordsOf(run: EvalRun, name: string): Record<string, SampleRecord> {
  const own = run.experiment.records.filter((record) => record.eval === `b.eval.ts > ${name}`)
  return Object.fromEntries(own.map((record) => [record.id, record]))
}

const main = `${head}
const test = evalTest.variants({ factor: { one: 1, two: 2 } })
test.batch(rowsOf(10), { size: 4 })('plain', async (rows, { factor, samples, log, span }) => {
  log(samples.map(({ id }) => id).join())
  const doubled = await span('ask', () => double(rows))
  return doubled.map((n) => n * factor)
}, { scorers: [right], thresholds: { right: 1 }, epochs: 2 })
`

const failing = `${head}
let tries = 0
evalTest.batch(rowsOf(5), { size: 5 })('spoilt', async (rows) => {
  if (rows.some(({ n }) => n === 3)) throw new TypeError('row 3 is bad')
  return double(rows)
}, { scorers: [right] })
evalTest.batch(rowsOf(3), { size: 3 })('miscounted', async (rows) => {
  const outputs = await double(rows)
  return rows.length > 1 ? outputs.slice(1) : outputs
}, { scorers: [right] })
evalTest.batch(rowsOf(2), { size: 2 })('repaired', async (rows) => {
  tries += 1
  if (tries <= 2 || rows.length > 1) throw new Error('overloaded ' + rows.length)
  return double(rows)
}, { scorers: [right], retries: 1 })
evalTest.batch(rowsOf(3), { size: 3 })('hanging', (rows, { signal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))), { sampleTimeout: 100 })
evalTest.batch(rowsOf(3), {})('sizeless', double)
evalTest.batch(rowsOf(3), { size: 3 })('partly', (rows) => rows.map(({ n }) => (n === 1 ? undefined : n * 2)), { scorers: [right] })
`

const narrow = `${head}
const rows = rowsOf(7)
const track = async (rows, { log }) => {
  log(rows.map(({ id }) => id).join())
  await new Promise((resolve) => setTimeout(resolve, 30))
  return double(rows)
}
evalTest.batch(rows, { size: 5 })('narrow', track, { scorers: [right], concurrency: 3 })
evalTest.batch(rowsOf(7, 20), { size: 3 })('wide', track, { scorers: [right] })
evalTest.batch(rowsOf(4, 40), { size: 64 })('judged', track, { scorers: [{ name: 'slow', score: async () => {
  await new Promise((resolve) => setTimeout(resolve, 50))
  return true
} }], concurrency: 2 })
`

/** The groups of ids in the logs of an eval's records. */
function loggedBatches(run: EvalRun, name: string): string[] {
  const logs = Object.values(recordsOf(run, name)).flatMap(({ trace }) =>
    trace.flatMap((entry) => (entry.type === 'log' ? entry.values : [])),
  )
  return [...new Set(logs as string[])]
}

describe.each(vitestMajors)('batches on Vitest %i', (vitest) => {
  it('answer many samples in one call; each has its own test, record and scores, and its part of the calls', async () => {
    const run = await runEvals({ vitest, files: { 'b.eval.ts': main } })
    expect(run.exitCode).toBe(1)
    const states = Object.entries(statesOf(run.tests))
    expect(states.filter(([, state]) => state !== 'passed')).toEqual([
      ['b.eval.ts > plain > factor=two > plain › right mean ≥ 1', 'failed'],
    ])
    expect(states).toHaveLength(42)
    const records = run.experiment.records.filter(({ variant }) => variant['factor'] === 'one')
    expect(records).toHaveLength(20)
    for (const record of records) {
      const batch = Number(record.id.slice(1)) < 8 ? 4 : 2
      expect(record).toMatchObject({
        outcome: 'scored',
        output: 2 * (record.input as { n: number }).n,
        scores: { right: { value: 1 } },
        model: 'mock:mock',
        calls: [{ purpose: 'task', batch, costUsd: 0.3 / batch }],
        trace: [
          { type: 'log' },
          { type: 'model' },
          { type: 'span', name: 'ask' },
          { type: 'span', name: `batch of ${batch}` },
        ],
      })
    }
    const logs = records.map(({ epoch, trace }) => `${epoch} ${String(trace[0]?.type === 'log' && trace[0].values[0])}`)
    expect([...new Set(logs)].toSorted()).toEqual([
      '0 s0,s1,s2,s3',
      '0 s4,s5,s6,s7',
      '0 s8,s9',
      '1 s0,s1,s2,s3',
      '1 s4,s5,s6,s7',
      '1 s8,s9',
    ])
    expect(run.experiment.document?.evals['b.eval.ts > plain [factor=one]']).toMatchObject({
      samples: { total: 20, scored: 20 },
      usage: { inputTokens: 60, outputTokens: 24 },
      costUsd: { total: expect.closeTo(1.8, 9) },
      models: [{ model: 'mock:mock', purpose: 'task', calls: 6, usage: { inputTokens: 60, outputTokens: 24 } }],
    })
  })

  it('that fail cost only the rows that spoil them: each is tried once more alone', async () => {
    const run = await runEvals({ vitest, files: { 'b.eval.ts': failing } })
    const spoilt = recordsOf(run, 'spoilt')
    expect(Object.values(spoilt).map(({ id, outcome }) => [id, outcome])).toEqual(
      expect.arrayContaining([
        ['s0', 'scored'],
        ['s1', 'scored'],
        ['s2', 'scored'],
        ['s3', 'error'],
        ['s4', 'scored'],
      ]),
    )
    expect(spoilt['s0']).toMatchObject({
      output: 0,
      trace: [{ type: 'span', name: 'batch of 5', error: 'row 3 is bad' }, { type: 'model' }],
    })
    expect(spoilt['s0']?.calls[0]).not.toHaveProperty('batch')
    expect(spoilt['s3']?.error).toMatchObject({ message: 'row 3 is bad', attempts: [{ message: 'row 3 is bad' }] })

    for (const record of Object.values(recordsOf(run, 'miscounted'))) {
      expect(record).toMatchObject({
        outcome: 'scored',
        scores: { right: { value: 1 } },
        calls: [{ batch: 3 }, { costUsd: 0.3 }],
        trace: [
          { type: 'model' },
          { name: 'batch of 3', error: expect.stringContaining('a list of 2 outputs for 3 rows') },
          { type: 'model' },
        ],
      })
    }
    expect(Object.values(recordsOf(run, 'repaired')).map(({ outcome }) => outcome)).toEqual(['scored', 'scored'])
    for (const record of Object.values(recordsOf(run, 'hanging'))) {
      expect(record).toMatchObject({ outcome: 'timeout', error: { code: 'EVALS_SAMPLE_TIMEOUT' } })
    }
    expect(Object.keys(recordsOf(run, 'hanging'))).toHaveLength(3)
    expect(recordsOf(run, 'partly')).toMatchObject({
      s0: { outcome: 'scored', output: 0 },
      s1: { outcome: 'error', error: { code: 'EVALS_OUTPUT_MISSING' } },
      s2: { outcome: 'scored', output: 4 },
    })
    expect(run.tests['b.eval.ts > sizeless > sizeless › declaration']).toMatchObject({
      state: 'failed',
      failures: [expect.stringContaining('The option "size" of a batch is undefined')],
    })
  })

  it('do not wait for samples that cannot come: fewer in progress, filters, the last ones', async () => {
    const run = await runEvals({ vitest, files: { 'b.eval.ts': narrow } })
    expect(run.exitCode).toBe(0)
    expect(Object.keys(recordsOf(run, 'narrow'))).toHaveLength(7)
    expect(loggedBatches(run, 'narrow')[0]).toBe('s0,s1,s2')
    for (const batch of loggedBatches(run, 'narrow')) expect(batch.split(',').length).toBeLessThanOrEqual(3)
    expect(loggedBatches(run, 'wide').toSorted()).toEqual(['s20,s21,s22', 's23,s24,s25', 's26'])
    expect(Object.keys(recordsOf(run, 'judged'))).toHaveLength(4)
    expect(run.stdout + run.stderr).toContain(
      'The eval "narrow" wants batches of 5 samples, but its `concurrency` is 3. Raise it.',
    )

    const one = await runEvals({
      vitest,
      files: { 'b.eval.ts': narrow },
      args: ['--project', 'evals', '-t', 's2[0-3]'],
    })
    expect(one.exitCode).toBe(0)
    expect(loggedBatches(one, 'wide').toSorted()).toEqual(['s20,s21,s22', 's23'])
  })
})
