import { beforeAll, describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, runEvals, type EvalRun } from './harness/run-evals.ts'

const source = `
import { evalTest } from 'vitest-plugin-evals'
import { mock } from '@evals/providers/mock'

const usage = (length) => ({ inputTokens: length, outputTokens: 10 })
const model = mock((prompt) => ({ text: 'x', usage: usage(prompt.length) }), { modelId: 'mini', costUsd: 0.01 })
const judge = mock(() => ({ text: 'good', usage: usage(50) }), { modelId: 'judge', costUsd: 0.02 })
const rows = Array.from({ length: 500 }, (_, index) => ({ id: 's' + index, q: 'x'.repeat(10 + (index % 20)) }))

evalTest.each(rows)('judged', ({ q }) => model.generate(q), {
  scorers: [{ name: 'judge', score: async ({ output }) => (await judge.generate(output)).text === 'good' }],
  thresholds: { judge: 1, costUsd: { total: 0.0001 } },
  passWhen: () => false,
  epochs: 2,
})
evalTest.batch(rows, { size: 4 })('batched', async (rows) => {
  await model.generate('all')
  return rows.map(() => 1)
})
`

const broken = `
import { evalTest } from 'vitest-plugin-evals'
import { fromJson } from 'vitest-plugin-evals/datasets'

const rows = Array.from({ length: 30 }, (_, id) => ({ id }))
evalTest.each(rows)('partly', ({ id }) => {
  if (id % 2) throw new Error('no')
  return id
})
evalTest.each(rows)('broken', () => { throw new Error('no') })
evalTest.each(fromJson('missing.json'))('unknown', () => 'x')
`

describe.each(vitestMajors)('an estimate on Vitest %i', (vitest) => {
  let run: EvalRun
  beforeAll(async () => {
    using project = new EvalProject({ vitest, files: { 'e.eval.ts': source } })
    await project.run({ options: ['--estimate', '5', '--experiment', 'prod'] })
    run = await project.run({ env: { EVALS_ESTIMATE: '10', EVALS_EXPERIMENT: 'prod' } })
  })

  it('runs a few samples of each eval, spread over the dataset, and judges nothing', () => {
    expect(run.exitCode).toBe(0)
    const states = Object.entries(run.tests).map(([name, { state }]) => [name.replace(/ › s\d+$/, ''), state])
    const counts = Map.groupBy(states, (pair) => pair.join(': '))
    expect(Object.fromEntries([...counts].map(([what, all]) => [what, all.length]))).toEqual({
      'e.eval.ts > judged > judged: skipped': 10,
      'e.eval.ts > judged > judged › judge mean ≥ 1: skipped': 1,
      'e.eval.ts > judged > judged › costUsd total ≤ 0.0001: skipped': 1,
      'e.eval.ts > batched > batched: passed': 12,
    })
    // The run before it is gone.
    expect(Object.keys(run.experiments)).toEqual(['estimate'])
    const ids = new Set(run.experiment.records.map(({ id }) => Number(id.slice(1))))
    expect(Math.max(...ids)).toBeGreaterThan(400)
    expect(Math.min(...ids)).toBeLessThan(100)
  })

  it('tells what the whole run would take', () => {
    const lines = run.stderr.split('\n').map((line) => line.trim())
    const of = (name: string): string[] => {
      const start = lines.findIndex((line) => line.startsWith(name))
      return lines.slice(start, lines.indexOf('', start))
    }
    expect(of('e.eval.ts > judged')).toEqual([
      'e.eval.ts > judged  1,000 samples, from a pilot of 10',
      'calls   about 2,000 (the same in each sample)',
      expect.stringMatching(/^input {3}\d{2},\d{3} tokens \(\d{2},\d{3} to \d{2},\d{3}\)$/),
      'output  about 20,000 tokens (the same in each sample)',
      'cost    about $30.00 (the same in each sample)',
      expect.stringMatching(/^time {4}.+ at the pilot's .+ samples\/s$/),
      expect.stringMatching(
        /^mock:mini \(task\): 1,000 calls, \d+,\d{3} \+ 10,000 tokens, about \$10\.00 \(the same in each sample\)$/,
      ),
      'mock:judge (score): 1,000 calls, 50,000 + 10,000 tokens, about $20.00 (the same in each sample)',
    ])
    expect(of('e.eval.ts > batched')).toEqual([
      'e.eval.ts > batched  500 samples, from a pilot of 12',
      'calls   about 125',
      'input   about 375 tokens',
      'output  about 1,250 tokens',
      'cost    about $1.25',
      expect.stringMatching(/^time {4}about .+ at the pilot's [\d.,]+ samples\/s$/),
      'The samples of a batch share its calls and its time, so there are no intervals.',
    ])
    expect(of('All')).toEqual([
      'All  1,500 samples',
      'calls   about 2,125',
      expect.anything(),
      expect.anything(),
      'cost    about $31.25',
    ])
    expect(run.stderr).toContain('Records: .evals/experiments/estimate')
    expect(run.stderr).not.toContain('Evals  ')
  })

  it('says so where samples fail, and fails where nothing can be said', async () => {
    const partly = await runEvals({ vitest, files: { 'e.eval.ts': broken }, env: { EVALS_ESTIMATE: '30' } })
    expect(partly.exitCode).toBe(1)
    expect(partly.stderr).toContain(
      'e.eval.ts > partly  30 samples, from a pilot of 30, without 15 of it that were not scored',
    )
    expect(partly.stderr).toContain(
      '✗ e.eval.ts > broken: none of the 30 samples of the pilot was scored: nothing can be said',
    )
    expect(partly.stderr).toContain('! e.eval.ts > unknown: could not be declared, EVALS_DATASET_')
    const args = ['--project', 'evals', '-t', 'partly']
    const fine = await runEvals({ vitest, files: { 'e.eval.ts': broken }, env: { EVALS_ESTIMATE: '30' }, args })
    expect(fine.exitCode).toBe(0)
    expect(fine.stderr).toContain('from a pilot of 30, without 15 of it')
    expect(fine.stderr).not.toContain('broken')
  })
})
