import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const source = `
import { evalTest } from 'vitest-plugin-evals'
import { mock } from '@evals/providers/mock'

const usage = { inputTokens: 60, outputTokens: 40 }
const judge = mock(() => ({ text: 'good', usage }), { modelId: 'judge', costUsd: 1 })
const options = { scorers: [{ name: 'long', score: async ({ output }) => (await judge.generate(output)).text.length }] }

function agent(options) {
  const model = mock(({ length }) => ({ text: 'after ' + length, usage }), options)
  return async ({ turns }) => {
    const messages = [{ role: 'user', content: 'begin' }]
    let response
    for (let turn = 0; turn < turns; turn += 1) messages.push((response = await model.generate(messages)).message)
    return response.text
  }
}
const rows = [{ id: 'short', turns: 2 }, { id: 'endless', turns: 1000 }]

evalTest.each(rows)('tokens', agent({ costUsd: 0.1 }), { ...options, limits: { tokens: 350 } })
evalTest.each(rows)('turns', agent(), { ...options, limits: { turns: 5 } })
evalTest.each(rows)('cost', agent({ costUsd: 0.1 }), { ...options, limits: { tokens: 5000, costUsd: 0.65 } })
evalTest.each(rows)('priceless', agent(), { ...options, limits: { costUsd: 1 } })
evalTest.each(rows)('wrong', agent(), { ...options, limits: { time: 1 } })
`

describe.each(vitestMajors)('limits of a sample on Vitest %i', (vitest) => {
  it('stop the calls of its task; it is scored on what it has, and marked', async () => {
    const run = await runEvals({ vitest, files: { 'l.eval.ts': source } })
    const of = (name: string): Record<string, unknown> =>
      Object.fromEntries(
        run.experiment.records
          .filter((record) => record.eval === `l.eval.ts > ${name}` && record.outcome !== 'answered')
          .map(({ id, outcome, output, limit, calls, error }) => [
            id,
            {
              outcome,
              output,
              limit,
              task: calls.filter(({ purpose }) => purpose === 'task').length,
              code: error?.code,
            },
          ]),
      )
    const within = { outcome: 'scored', output: 'after 2', task: 2 }
    expect(of('tokens')).toEqual({
      short: within,
      endless: { outcome: 'scored', output: 'after 4', limit: 'tokens', task: 4 },
    })
    expect(of('turns')).toEqual({
      short: within,
      endless: { outcome: 'scored', output: 'after 5', limit: 'turns', task: 5 },
    })
    expect(of('cost')).toEqual({
      short: within,
      endless: { outcome: 'scored', output: 'after 7', limit: 'costUsd', task: 7 },
    })
    const unpriced = { outcome: 'error', task: 0, code: 'EVALS_PRICE_UNKNOWN' }
    expect(of('priceless')).toEqual({ short: unpriced, endless: unpriced })
    expect(of('wrong')).toEqual({})

    expect(statesOf(run.tests)).toEqual({
      ...Object.fromEntries(
        ['tokens', 'turns', 'cost'].flatMap((name) =>
          ['short', 'endless'].map((id) => [`l.eval.ts > ${name} > ${name} › ${id}`, 'passed']),
        ),
      ),
      'l.eval.ts > priceless > priceless › short': 'failed',
      'l.eval.ts > priceless > priceless › endless': 'failed',
      'l.eval.ts > wrong > wrong › declaration': 'failed',
    })
    expect(run.tests['l.eval.ts > wrong > wrong › declaration']?.failures[0]).toContain(
      'Unknown limit "time" of an eval. The limits are tokens, turns, costUsd.',
    )

    const task = { model: 'mock:mock', purpose: 'task', usage: { inputTokens: 360, outputTokens: 240 } }
    const score = { model: 'mock:judge', purpose: 'score', usage: { inputTokens: 120, outputTokens: 80 }, costUsd: 2 }
    expect(run.experiment.document?.evals['l.eval.ts > tokens']).toMatchObject({
      limited: { tokens: 1 },
      models: [
        { ...task, calls: 6, costUsd: expect.closeTo(0.6, 9) },
        { ...score, calls: 2 },
      ],
    })
    expect(run.stderr).toContain('! l.eval.ts > turns: of 2 samples 1 was stopped at the limit of model calls')
    expect(run.stderr).toMatch(/ Models {2}mock:judge \(score\) 360 \+ 240 tokens, \$6\.00 · mock:mock \(task\) /)
  })
})
