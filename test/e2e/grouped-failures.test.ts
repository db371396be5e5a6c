import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject } from './harness/run-evals.ts'

const source = `
import { expect } from 'vitest'
import { model, limited } from '@evals/providers'
import { evalTest } from 'vitest-plugin-evals'

model('judge', 'openai:gpt-5')
const rows = Array.from({ length: 30 }, (_, n) => ({ id: 's' + n }))
evalTest.each(rows)('broken', ({ id }) => {
  throw Object.assign(new Error('no answer for ' + id), { code: 'EAPP' })
})
evalTest.each(rows.slice(0, 5))('wrong', ({ id }) => expect(id).toBe('other'))
evalTest.each([{ id: 'once' }])('hidden', async () => {
  await limited(() => { throw new Error('socket hang up') }, { key: 'app:bot' }).catch(() => {})
  throw new Error('the bot is silent')
})
evalTest.each([{ id: 'fine' }])('fine', () => 1, { scorers: [{ name: 's', score: () => 0 }], thresholds: { s: 1 } })
`

const count = (text: string, part: RegExp): number => text.match(part)?.length ?? 0

describe.each(vitestMajors)('many samples that fail for one reason on Vitest %i', (vitest) => {
  it('are shown three times and counted; reporters for machines have them all', async () => {
    using project = new EvalProject({ vitest, files: { 'g.eval.ts': source } })
    const reporters = ['default', 'json', 'junit'].map((name) => `--reporter=${name}`)
    const outputs = ['--outputFile.json=report.json', '--outputFile.junit=junit.xml']
    const run = await project.run({
      reporters: [...reporters, ...outputs],
      options: ['--models', 'judg=openai:gpt-5-mini'],
    })
    expect(run.exitCode).toBe(1)
    const output = run.stdout + run.stderr
    expect(count(output, /^Error: no answer for s\d+$/gm)).toBe(3)
    expect(count(output, / FAIL .*broken › s/g)).toBe(3)
    expect(count(output, / FAIL .*wrong › s/g)).toBe(3)
    expect(count(output, /× broken › s/g)).toBe(3)
    expect(output).toContain('and 29 more samples failed with the same errors, which the report counts\n')
    expect(output).toContain('Failed Tests 37')
    expect(output).toMatch(/Tests +37 failed \| 1 passed \(38\)/)
    expect(output).toMatch(/ FAIL .*fine › s mean ≥ 1/)

    const states = Object.values(run.tests).filter(({ state, failures }) => state === 'failed' && failures.length > 0)
    expect(states).toHaveLength(37)
    expect(count(readFileSync(join(project.folder, 'junit.xml'), 'utf8'), /<failure/g)).toBe(37)

    const lines = run.stderr.split('\n').map((line) => line.trim())
    const start = lines.indexOf('Failed and unscored samples by reason')
    expect(lines.slice(start + 1, lines.indexOf('', start))).toEqual([
      '30 × EAPP  s0: no answer for s0',
      expect.stringMatching(/^5 × AssertionError {2}s0: expected 's0' to be 'other'/),
      '1 × Error  once: the bot is silent',
    ])
    expect(run.stderr).toContain('the role "judg", which no eval of this run declared. Did you mean "judge"?')
  })

  it('a task that hides why its call failed is told of with it', async () => {
    using project = new EvalProject({ vitest, files: { 'g.eval.ts': source } })
    const run = await project.run({ args: ['--project', 'evals', '-t', 'hidden'] })
    expect(run.stderr).toContain('Error: the bot is silent')
    expect(run.stderr).toContain('the model call before it failed: socket hang up')
    const [record] = run.experiment.records
    expect(record?.error).toMatchObject({
      message: 'the bot is silent',
      cause: { message: 'the model call before it failed: socket hang up' },
    })
  })
})
