import { beforeAll, describe, expect, it } from 'vitest'
import type { SampleRecord } from '../../packages/core/src/index.ts'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const source = `
import { evalTest } from 'vitest-plugin-evals'

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const tries = {}
const ids = (...names) => names.map((id) => ({ id }))
const scorers = [{ name: 'fine', kind: 'binary', score: () => true }]

evalTest.each(ids('listens', 'deaf', 'rejects late', 'busy', 'quick'))('slow', async ({ id }, { signal }) => {
  if (id === 'listens') await new Promise((resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  if (id === 'deaf') await wait(400)
  if (id === 'rejects late') { await wait(300); throw new Error('too late') }
  if (id === 'busy') for (const end = Date.now() + 20; Date.now() < end; );
  return id
}, { scorers, sampleTimeout: 150 })
evalTest('after the slow ones', async () => { await wait(500); return 'quick' }, { scorers, sampleTimeout: 0 })

evalTest.each(ids('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'))('flaky', async ({ id }) => {
  if ('ace'.includes(id)) throw new Error('broke ' + id)
  return id
}, { scorers, maxErrorRate: 0.25, concurrency: 1, thresholds: { fine: 1 } })

evalTest.each(ids('recovers', 'never', 'times out', 'wrong'))('retried', async ({ id }, { expect, score, log }) => {
  tries[id] = (tries[id] ?? 0) + 1
  log('try ' + tries[id])
  if (id === 'recovers') { score('tries', tries[id]); if (tries[id] < 3) throw new Error('try ' + tries[id]) }
  if (id === 'never') throw new Error('try ' + tries[id])
  if (id === 'times out') await wait(400)
  if (id === 'wrong') expect(tries[id]).toBe(2)
  return tries[id]
}, { retries: 2, sampleTimeout: 200, scorers })
`

describe.each(vitestMajors)('errors and timeouts on Vitest %i', (vitest) => {
  let run: EvalRun
  const recordsOf = (name: string): Record<string, SampleRecord> => {
    const own = run.experiment.records.filter((record) => record.eval === `e.eval.ts > ${name}`)
    return Object.fromEntries(own.map((record) => [record.id, record]))
  }
  const outcomesOf = (name: string): Record<string, string> =>
    Object.fromEntries(Object.entries(recordsOf(name)).map(([id, { outcome }]) => [id, outcome]))
  const statesIn = (name: string): Record<string, string> => {
    const prefix = `e.eval.ts > ${name} > ${name} › `
    const own = Object.entries(statesOf(run.tests)).filter(([title]) => title.startsWith(prefix))
    return Object.fromEntries(own.map(([title, state]) => [title.slice(prefix.length), state]))
  }
  beforeAll(async () => {
    run = await runEvals({ vitest, files: { 'e.eval.ts': source } })
  })

  it('a task over its time is a timeout, whether it listens or not, and what it does later is dropped', () => {
    expect(outcomesOf('slow')).toEqual({
      listens: 'timeout',
      deaf: 'timeout',
      'rejects late': 'timeout',
      busy: 'scored',
      quick: 'scored',
    })
    expect(statesIn('slow')).toEqual({
      listens: 'failed',
      deaf: 'failed',
      'rejects late': 'failed',
      busy: 'passed',
      quick: 'passed',
    })
    const { deaf } = recordsOf('slow')
    expect(deaf).toMatchObject({
      passed: null,
      scores: {},
      error: { code: 'EVALS_SAMPLE_TIMEOUT', message: expect.stringContaining('within 150 ms') },
    })
    expect(deaf).not.toHaveProperty('output')
    expect(deaf!.durationMs).toBeGreaterThanOrEqual(145)
    expect(deaf!.durationMs).toBeLessThan(390)
    expect(outcomesOf('after the slow ones')).toEqual({ '44136fa355b3678a': 'scored' })
    expect(`${run.stdout}${run.stderr}`).not.toMatch(/unhandled/i)
    expect(run.experiment.document!.evals['e.eval.ts > slow']).toMatchObject({
      samples: { total: 5, scored: 2, timeout: 3, error: 0 },
      scorers: { fine: { n: 2, mean: 1, unscored: 3, bounds: [0.4, 1] } },
    })
  })

  it('the first errors within `maxErrorRate` are skipped tests, later ones fail', () => {
    expect(outcomesOf('flaky')).toEqual({
      a: 'error',
      b: 'scored',
      c: 'error',
      d: 'scored',
      e: 'error',
      f: 'scored',
      g: 'scored',
      h: 'scored',
    })
    expect(statesIn('flaky')).toEqual({
      a: 'skipped',
      b: 'passed',
      c: 'skipped',
      d: 'passed',
      e: 'failed',
      f: 'passed',
      g: 'passed',
      h: 'passed',
      'fine mean ≥ 1': 'passed',
    })
    expect(run.experiment.document!.evals['e.eval.ts > flaky']?.samples).toMatchObject({
      total: 8,
      scored: 5,
      error: 3,
    })
  })

  it('`retries` try again after an error only, and the record keeps every attempt', () => {
    expect(outcomesOf('retried')).toEqual({
      recovers: 'scored',
      never: 'error',
      'times out': 'timeout',
      wrong: 'scored',
    })
    const { recovers, never, wrong, 'times out': timesOut } = recordsOf('retried')
    expect(recovers).toMatchObject({ output: 3, scores: { tries: { value: 3 }, fine: { value: 1 } } })
    expect(recovers?.trace.map((entry) => entry.type === 'log' && entry.values[0])).toEqual(['try 1', 'try 2', 'try 3'])
    expect(never?.error).toMatchObject({
      message: 'try 3',
      attempts: [{ message: 'try 1' }, { message: 'try 2' }],
    })
    expect(wrong).toMatchObject({ passed: false, scores: { assertions: { value: 0 } } })
    expect(timesOut?.trace).toHaveLength(1)
    expect(statesIn('retried')).toEqual({ recovers: 'passed', never: 'failed', 'times out': 'failed', wrong: 'failed' })
  })
})
