import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals } from './harness/run-evals.ts'

const source = `
import { evalTest } from 'vitest-plugin-evals'
import { mock } from '@evals/providers/mock'

const usage = { inputTokens: 10, outputTokens: 2 }
const answering = mock((prompt) => ({ text: prompt.toUpperCase(), usage }), { modelId: 'loud', costUsd: 0.25 })
const judge = mock(() => ({ text: 'good', usage: { inputTokens: 5 } }), { modelId: 'judge', costUsd: 0.5 })
const priceless = mock(['fine', new Error('overloaded')])

evalTest.each([{ id: 'a', q: 'hi' }, { id: 'b', q: 'yo' }])('judged', ({ q }) => answering.generate(q), {
  scorers: [{ name: 'judge', kind: 'binary', score: async ({ output }) => (await judge.generate(output)).text === 'good' }],
  thresholds: { costUsd: { total: 1.5, mean: 0.7 } },
})
evalTest.each([{ id: 'a' }, { id: 'b' }])('priceless', async () => (await priceless.generate('x')).text, { concurrency: 1 })
`

describe.each(vitestMajors)('model calls on Vitest %i', (vitest) => {
  it('are counted for their sample; an answer is on disk before it is judged', async () => {
    const run = await runEvals({ vitest, files: { 'm.eval.ts': source } })
    const of = (name: string, id: string): unknown[] =>
      run.experiment.records.filter((record) => record.eval === `m.eval.ts > ${name}` && record.id === id)

    const call = { model: 'mock:loud', purpose: 'task', retries: 0, cached: false, costUsd: 0.25 }
    const [answered, scored, ...others] = of('judged', 'a')
    expect(others).toEqual([])
    expect(answered).toMatchObject({ outcome: 'answered', passed: null, output: 'HI', scores: {}, calls: [call] })
    expect(scored).toMatchObject({
      outcome: 'scored',
      output: 'HI',
      model: 'mock:loud',
      usage: { inputTokens: 15, outputTokens: 2 },
      costUsd: 0.75,
      calls: [call, { model: 'mock:judge', purpose: 'score', costUsd: 0.5 }],
      trace: [
        { type: 'model', call: 0 },
        { type: 'model', call: 1 },
      ],
      scores: { judge: { value: 1 } },
    })
    expect(of('priceless', 'a')).toMatchObject([{ outcome: 'scored', output: 'fine', costUsd: null }])
    expect(of('priceless', 'b')).toMatchObject([{ outcome: 'error', error: { message: 'overloaded' } }])

    expect(run.experiment.document?.evals['m.eval.ts > judged']).toMatchObject({
      samples: { total: 2, scored: 2 },
      usage: { inputTokens: 30, outputTokens: 4 },
      costUsd: { total: 1.5, mean: 0.75 },
      thresholds: [
        { threshold: 'costUsd total ≤ 1.5', passed: true },
        { threshold: 'costUsd mean ≤ 0.7', passed: false, value: 0.75 },
      ],
    })
    expect(run.stderr).toMatch(/judged .*30 \+ 4 +\$1\.50 +✓✗/)
  })
})
