import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readJunit, type JunitFile } from '../../fixtures/junit/read-junit.ts'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject } from './harness/run-evals.ts'

const files = {
  'r.eval.ts': `
import { evalTest } from 'vitest-plugin-evals'

const rows = ['good', 'bad', 'down', 'wrong'].map((id) => ({ id }))
const right = { name: 'right', kind: 'binary', score: ({ output }) => output === 'good' }
const broken = { name: 'broken', score: ({ output }) => { if (output === 'bad') throw new Error('no <score>'); return null } }
evalTest.variants({ model: { mini: () => 'm' } }).each(rows)('words', ({ id }, { expect }) => {
  if (id === 'down') throw new Error('no answer ]]> \\u001B[31mred\\u001B[0m \\u0000')
  expect(id).not.toBe('wrong')
  return id
}, { scorers: [right, broken], maxErrorRate: 0.25, thresholds: { right: { mean: { atLeast: 0.1 }, ciLower: 0.9 } } })
`,
  'plain.eval.ts': `
import { test } from 'vitest'
test('no eval', async ({ annotate }) => { await annotate('own', 'note') })
`,
}

const passed = 'true'
const failed = 'false'
const sample = { epoch: '0', 'variant.model': 'mini' }
const scored = { ...sample, outcome: 'scored', 'score.assertions': '1' }
const name = (title: string): string => `words > model=mini > words › ${title}`

const expected = {
  'no eval': { note: 'own' },
  [name('good')]: { ...scored, id: 'good', passed, 'score.right': '1', 'score.broken': 'not scored' },
  [name('bad')]: { ...scored, id: 'bad', 'score.right': '0', 'score.broken': 'scorer failed' },
  [name('down')]: { ...sample, id: 'down', outcome: 'error' },
  [name('wrong')]: {
    ...scored,
    id: 'wrong',
    passed: failed,
    'score.assertions': '0',
    'score.right': 'not judged',
    'score.broken': 'not judged',
  },
  [name('right mean ≥ 0.1')]: {
    threshold: 'right mean ≥ 0.1: holds, found 0.5 (n 2, 95 % interval 0.09453 to 0.9055)',
    passed,
  },
  [name('right ciLower ≥ 0.9')]: {
    threshold: 'right ciLower ≥ 0.9: missed, found 0.09453 (n 2, mean 0.5, 95 % interval 0.09453 to 0.9055)',
    passed: failed,
  },
}

const propertiesOf = ({ cases }: JunitFile): Record<string, unknown> =>
  Object.fromEntries(cases.map((each) => [each.name, each.properties]))

describe.each(vitestMajors)('--reporter=junit on Vitest %i', (vitest) => {
  it('has what was found as properties, and other reporters print none of it', async () => {
    using project = new EvalProject({ vitest, files })
    const reporters = ['--reporter=default', '--reporter=verbose', '--reporter=github-actions', '--reporter=junit']
    const run = await project.run({ reporters: [...reporters, '--outputFile.junit=report.xml'] })
    expect(run.exitCode).toBe(1)
    const file = readJunit(readFileSync(join(project.folder, 'report.xml'), 'utf8'))
    expect(propertiesOf(file)).toEqual(expected)
    expect(file.cases.filter(({ problem }) => problem !== undefined)).toMatchObject([
      { name: name('bad'), problem: { kind: 'failure' } },
      { name: name('down'), problem: { kind: 'skipped' } },
      { name: name('wrong'), problem: { kind: 'failure' } },
      { name: name('right ciLower ≥ 0.9'), problem: { kind: 'failure' } },
    ])
    const log = run.stdout + run.stderr
    expect(log).toContain('::notice file=')
    expect(log.match(/::notice /g)).toHaveLength(1)
    expect(log).not.toMatch(/score\.right|variant\.model/)
  })

  it('tells once that an eval had more errors than it allows, as the report and experiment.json do', async () => {
    const source = `
import { evalTest } from 'vitest-plugin-evals'
evalTest.each(['a', 'b', 'c', 'd'])('words', () => { throw new Error('down') }, { maxErrorRate: 0.25 })
`
    using project = new EvalProject({ vitest, files: { 'e.eval.ts': source } })
    const reporters = ['--reporter=default', '--reporter=junit', '--outputFile.junit=report.xml']
    const run = await project.run({ reporters })
    const found = '4 of 4 samples ended in an error or a timeout, more than maxErrorRate 0.25 allows (1)'
    const { cases } = readJunit(readFileSync(join(project.folder, 'report.xml'), 'utf8'))
    const told = cases.flatMap(({ properties, problem }) =>
      'maxErrorRate' in properties ? [[problem, properties]] : [],
    )
    expect(told).toMatchObject([[{ kind: 'failure' }, { maxErrorRate: found }]])
    expect(run.stderr).toContain(` ✗ e.eval.ts > words: ${found}\n`)
    expect(run.experiment.document?.evals['e.eval.ts > words']).toMatchObject({ maxErrorRate: 0.25 })
  })

  it('has them once after a merge, whether the shards wrote a JUnit file of their own or not', async () => {
    using project = new EvalProject({ vitest, files })
    const blob = ['--reporter=blob', '--outputFile.blob=.vitest/blob/blob.json']
    const junit = ['--reporter=junit', '--outputFile.junit=report.xml']
    const read = (): JunitFile => readJunit(readFileSync(join(project.folder, 'report.xml'), 'utf8'))
    for (const shard of [blob, [...blob, ...junit]]) {
      await project.run({ reporters: shard })
      await project.run({ args: ['--merge-reports=.vitest/blob'], reporters: junit })
      expect(propertiesOf(read())).toEqual(expected)
    }
  })
})
