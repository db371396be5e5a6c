import { beforeAll, describe, expect, it } from 'vitest'
import type { SampleRecord } from '../../packages/core/src/index.ts'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const source = `
import { expect as globalExpect } from 'vitest'
import { evalTest } from 'vitest-plugin-evals'

const right = { name: 'right', kind: 'binary', score: ({ output, expected }) => output === expected }
const one = (id) => [{ id, expected: 'yes' }]

evalTest.each([{ id: 'good', expected: 'yes' }, { id: 'bad', expected: 'no' }])('scored', () => 'yes', { scorers: [right] })
evalTest.each([{ id: 'good', expected: 'yes' }, { id: 'bad', expected: 'no' }])('passWhen', () => 'yes', {
  scorers: [right],
  passWhen: ({ right }) => right === 1,
})
evalTest.each(one('p'))('passWhen throws', () => 'yes', { scorers: [right], passWhen: (scores) => scores.wrong.value > 1 })
evalTest.each([{ id: 'ok' }, { id: 'hard' }, { id: 'soft' }, { id: 'global' }, { id: 'too few' }, { id: 'none' }])('expect', ({ id }, { expect }) => {
  if (id === 'ok') expect(id).toBe('ok')
  if (id === 'hard') expect(id).toBe('another')
  if (id === 'soft') expect.soft(id).toBe('another')
  if (id === 'too few') { expect.assertions(2); expect(id).toBe(id) }
  if (id === 'none') expect.hasAssertions()
  if (id === 'global') globalExpect(id).toBe('another')
  return 'yes'
}, { scorers: [{ name: 'sure', kind: 'binary', score: () => true }] })
evalTest.each(one('s'))('own scores', (row, context) => {
  context.score('length', 3)
  context.score('fine', { value: true, explanation: 'as it should be', metadata: { by: 'task' } })
  context.score('unclear', null)
  context.log('a line', 12n)
  context.setMetadata({ model: 'none' })
  return context.span('thinking', () => undefined)
})
evalTest.each(one('b'))('bad own score', (row, context) => { context.score('length', 'long'); return 'yes' }, { scorers: [right] })
evalTest.each(one('t'))('task fails', () => { throw Object.assign(new TypeError('no model'), { code: 'E_MODEL' }) }, { scorers: [right] })
evalTest.each(one('u'))('task throws undefined', () => { throw undefined }, { scorers: [right] })
evalTest.each(one('t'))('task throws text', async () => { throw 'just text' })
evalTest.each(one('n'))('no output', () => {}, { scorers: [right] })
evalTest.each(one('n'))('no scorers', () => 'yes')
evalTest.each([{ id: 'a', expected: 1 }, { id: 'skipped', expected: 1 }])('skipping', ({ id }, context) => {
  if (id === 'skipped') context.skip('not today')
  return id
}, { scorers: [right], thresholds: { right: { mean: { atMost: 0 } } } })
`

type Row = readonly [outcome: string, passed: boolean | null, scores: Record<string, number | null>, code?: string]

/** What a record says in short. */
function short({ outcome, passed, scores, error }: SampleRecord): Row {
  const values = Object.fromEntries(Object.entries(scores).map(([name, { value }]) => [name, value]))
  return error === undefined ? [outcome, passed, values] : [outcome, passed, values, error.code ?? error.name]
}

describe.each(vitestMajors)('outcomes on Vitest %i', (vitest) => {
  let run: EvalRun
  let records: Record<string, SampleRecord>
  beforeAll(async () => {
    run = await runEvals({ vitest, files: { 'o.eval.ts': source } })
    const named = run.experiment.records.map((record) => [`${record.eval.split(' > ')[1]} › ${record.id}`, record])
    records = Object.fromEntries(named) as typeof records
  })

  it('are recorded, each with what was scored', () => {
    expect(Object.fromEntries(Object.entries(records).map(([name, record]) => [name, short(record)]))).toEqual({
      'scored › good': ['scored', true, { right: 1 }],
      'scored › bad': ['scored', true, { right: 0 }],
      'passWhen › good': ['scored', true, { right: 1 }],
      'passWhen › bad': ['scored', false, { right: 0 }],
      'passWhen throws › p': ['scored', null, { right: 1 }],
      'expect › ok': ['scored', true, { assertions: 1, sure: 1 }],
      'expect › hard': ['scored', false, { assertions: 0, sure: null }],
      'expect › soft': ['scored', false, { assertions: 0, sure: null }],
      'expect › global': ['scored', false, { assertions: 0, sure: null }],
      'expect › too few': ['scored', false, { assertions: 0, sure: null }],
      'expect › none': ['scored', false, { assertions: 0, sure: null }],
      'own scores › s': ['scored', true, { length: 3, fine: 1, unclear: null }],
      'bad own score › b': ['scored', null, { length: null, right: 1 }],
      'task fails › t': ['error', null, {}, 'E_MODEL'],
      'task throws text › t': ['error', null, {}, 'Error'],
      'task throws undefined › u': ['error', null, {}, 'Error'],
      'no output › n': ['error', null, {}, 'EVALS_OUTPUT_MISSING'],
      'no scorers › n': ['scored', true, {}],
      'skipping › a': ['scored', true, { right: 0 }],
    })
  })

  it("are the tests' states", () => {
    const states = Object.entries(statesOf(run.tests)).map(([name, state]) => [name.split(' > ').at(-1), state])
    expect(Object.fromEntries(states)).toEqual({
      'scored › good': 'passed',
      'scored › bad': 'passed',
      'passWhen › good': 'passed',
      'passWhen › bad': 'failed',
      'passWhen throws › p': 'failed',
      'expect › ok': 'passed',
      'expect › hard': 'failed',
      'expect › soft': 'failed',
      'expect › global': 'failed',
      'expect › too few': 'failed',
      'expect › none': 'failed',
      'own scores › s': 'passed',
      'bad own score › b': 'failed',
      'task fails › t': 'failed',
      'task throws text › t': 'failed',
      'task throws undefined › u': 'failed',
      'no output › n': 'failed',
      'no scorers › n': 'passed',
      'skipping › a': 'passed',
      'skipping › skipped': 'skipped',
      'skipping › right mean ≤ 0': 'passed',
    })
    expect(run.exitCode).toBe(1)
  })

  it('keep why', () => {
    expect(records['passWhen › bad']?.failure).toEqual({ message: '`passWhen` is false for right 0.' })
    expect(records['passWhen throws › p']?.failure?.message).toContain('`passWhen` failed: Cannot read properties')
    expect(records['expect › hard']?.scores).toMatchObject({
      assertions: { value: 0, explanation: expect.stringContaining("expected 'hard' to be 'another'") },
      sure: { value: null, absent: true, explanation: expect.stringContaining('assertion') },
    })
    expect(records['expect › soft']?.output).toBe('yes')
    expect(records['expect › soft']?.failure?.message).toContain("expected 'soft' to be 'another'")
    expect(records['task fails › t']?.error).toEqual({
      name: 'TypeError',
      code: 'E_MODEL',
      message: 'no model',
      stack: expect.stringContaining('o.eval.ts'),
    })
    expect(records['task throws text › t']?.error).toMatchObject({ name: 'Error', message: 'just text' })
    expect(run.tests['o.eval.ts > task fails > task fails › t']?.failures[0]).toContain('TypeError: no model')
  })

  it('keep what the context was given', () => {
    expect(records['own scores › s']).toMatchObject({
      scores: {
        length: { value: 3 },
        fine: { value: 1, explanation: 'as it should be', metadata: { by: 'task' } },
        unclear: { value: null },
      },
      trace: [
        { type: 'log', values: ['a line', { $bigint: '12' }] },
        { type: 'span', name: 'thinking', durationMs: expect.any(Number) },
      ],
      metadata: { model: 'none' },
    })
    expect(records['own scores › s']).not.toHaveProperty('output')
  })

  it('count errors apart and never as 0', () => {
    const { evals, status } = run.experiment.document!
    expect(status).toBe('completed-with-errors')
    expect(evals['o.eval.ts > expect']).toMatchObject({
      samples: { total: 6, scored: 6 },
      scorers: {
        assertions: { n: 6, mean: expect.closeTo(1 / 6, 12) },
        sure: { n: 1, mean: 1, absent: 5, unscored: 5, bounds: [1 / 6, 1] },
      },
    })
    expect(evals['o.eval.ts > task fails']).toMatchObject({
      samples: { total: 1, scored: 0, error: 1 },
      scorers: { right: { n: 0, mean: null, unscored: 1, bounds: [0, 1] } },
      latencyMs: null,
    })
    expect(evals['o.eval.ts > skipping']?.samples).toMatchObject({ total: 1, scored: 1, missing: 0 })
    expect(run.stderr).toContain('✗ o.eval.ts > task fails: of 1 sample 1 ended in an error')
    expect(run.stderr).toContain(
      '! o.eval.ts > expect: of 6 samples 5 were not judged by sure after a failed assertion',
    )
  })
})
