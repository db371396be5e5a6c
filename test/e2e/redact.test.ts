import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals } from './harness/run-evals.ts'

const secret = 'hunter2-secret'

const source = `
import { evalTest } from 'vitest-plugin-evals'

const secret = '${secret}'
const rows = ['fine', 'throws', 'nothing', 'error', 'binary'].map((id) => ({
  id, password: secret, expected: secret, tags: ['t'], metadata: { secret },
}))
evalTest.each(rows)('secrets', ({ id, password }, { log }) => {
  log(password)
  if (id === 'error') throw new Error('wrong password ' + password)
  return id === 'binary' ? Buffer.from(password) : { id, password }
}, { scorers: [{ name: 'fine', kind: 'binary', score: ({ output }) => ({ value: true, explanation: 'saw ' + secret }) }] })
evalTest.each(() => { throw new Error('no rows for ' + secret) })('unreadable', ({ id }) => id)
`

const config = (redact: string): string => `
import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'
export default defineConfig({ plugins: [evals({ redact: ${redact} })] })
`

describe.each(vitestMajors)('redact on Vitest %i', (vitest) => {
  it('changes every record before it is written, and keeps no bytes that the record no longer names', async () => {
    const redact = `(record) => JSON.parse(JSON.stringify({ ...record, output: record.id === 'binary' ? null : record.output }).replaceAll(/hunter2-\\w+/g, '***'))`
    const run = await runEvals({ vitest, files: { 'r.eval.ts': source }, config: config(redact) })
    expect(JSON.stringify(run.experiment)).not.toContain(secret)
    expect(run.experiment.attachments).toEqual({})
    expect(run.experiment.records).toHaveLength(5)
    expect(run.experiment.document?.undeclared).toEqual([
      {
        eval: 'r.eval.ts > unreadable',
        variant: {},
        error: {
          name: 'EvalsError',
          code: 'EVALS_DATASET_UNREADABLE',
          message: expect.stringContaining('no rows for ***'),
        },
      },
    ])
    const fine = run.experiment.records.find(({ id }) => id === 'fine')
    expect(fine).toMatchObject({
      outcome: 'scored',
      input: { password: '***' },
      expected: '***',
      output: { id: 'fine', password: '***' },
      scores: { fine: { value: 1, explanation: 'saw ***' } },
      trace: [{ type: 'log', values: ['***'] }],
      metadata: { secret: '***' },
    })
    const error = run.experiment.records.find(({ id }) => id === 'error')
    expect(error?.error?.message).toBe('wrong password ***')
    expect(run.experiment.document?.evals['r.eval.ts > secrets']).toMatchObject({
      samples: { total: 5, scored: 4, error: 1 },
      scorers: { fine: { n: 4, mean: 1 } },
    })
  })

  it('that fails leaks nothing: the record keeps its key and says so', async () => {
    const redact = `function (record) {
      if (record.id === 'throws') throw new Error('cannot redact')
      if (record.id === 'nothing') return undefined
      return { ...record, input: null, expected: null, output: null, scores: {}, trace: [], metadata: {}, ...(record.error ? { error: { name: 'Error', message: '***' } } : {}) }
    }`
    const run = await runEvals({ vitest, files: { 'r.eval.ts': source }, config: config(redact) })
    expect(JSON.stringify(run.experiment)).not.toContain(secret)
    const failed = run.experiment.records.filter(({ error }) => error?.code === 'EVALS_REDACT_FAILED')
    expect(
      failed.map(({ id, outcome, input, scores, trace, metadata }) => ({
        id,
        outcome,
        input,
        scores,
        trace,
        metadata,
      })),
    ).toEqual([
      { id: 'throws', outcome: 'error', input: null, scores: {}, trace: [], metadata: {} },
      { id: 'nothing', outcome: 'error', input: null, scores: {}, trace: [], metadata: {} },
    ])
    expect(failed[0]?.error?.message).toContain('`redact` failed: cannot redact')
    expect(run.tests['r.eval.ts > secrets > secrets › throws']?.failures[0]).toContain('`redact` failed: cannot redact')
    expect(run.tests['r.eval.ts > secrets > secrets › fine']?.state).toBe('passed')
    expect(run.exitCode).toBe(1)
  })

  it('works as a method, and must be a function that stands on its own', async () => {
    const files = { 'a.eval.ts': `import { evalTest } from 'vitest-plugin-evals'; evalTest('a', () => '${secret}')` }
    const outside = await runEvals({ vitest, files, config: config('(record) => ({ ...record, output: outside })') })
    expect(outside.experiment.records[0]).toMatchObject({ outcome: 'error', error: { code: 'EVALS_REDACT_FAILED' } })
    expect(outside.experiment.records[0]?.error?.message).toContain('outside is not defined')
    const wrong = await runEvals({ vitest, files, config: config(`'output'`) })
    expect(wrong.stderr).toContain('The option "redact" in evals() cannot be sent to the workers: it is a string')
    expect([wrong.exitCode, wrong.experiments]).toEqual([1, {}])
    const method = config('0').replace('redact: 0', 'redact(record) { return { ...record, output: 1 } }')
    const run = await runEvals({ vitest, files, config: method })
    expect(run.experiment.records[0]?.output).toBe(1)
  })
})
