import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, type EvalRun } from './harness/run-evals.ts'
import { readExperiments } from './harness/stored-experiment.ts'
import { statesOf } from './harness/vitest-report.ts'

const evalFile = (name: string, least: string): string => `
import { evalTest } from 'vitest-plugin-evals'

const rows = [1, 0, 1, 1].map((right, index) => ({ id: 'abcd'[index], right }))
const value = { name: 'value', kind: 'binary', score: ({ output }) => output }
evalTest.each(rows)('${name}', ({ right }) => right, { scorers: [value], thresholds: { value: ${least} } })
`

const files = {
  'low.eval.ts': evalFile('low', '0.5'),
  'high.eval.ts': evalFile('high', 'Number(process.env.LEAST)'),
}

/** Runs both shards of a project into the experiment "shared". */
async function runShards(project: EvalProject, least: number): Promise<EvalRun[]> {
  const runs: EvalRun[] = []
  for (const shard of ['1/2', '2/2']) {
    const run = await project.run({
      args: ['--project', 'evals', '--shard', shard],
      options: ['--experiment', 'shared'],
      env: { LEAST: String(least) },
      reporters: ['--reporter=blob'],
    })
    expect(run.experiment.document?.status).toBe('partial')
    expect(run.stdout).toMatch(/Evals {2}shared · 4 samples/)
    runs.push(run)
  }
  return runs
}

const merge = (project: EvalProject): Promise<EvalRun> => project.run({ args: ['--merge-reports'] })

const tests = (name: string, least: string, state: string): Record<string, string> => ({
  ...Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [`${name}.eval.ts > ${name} > ${name} › ${id}`, 'passed'])),
  [`${name}.eval.ts > ${name} > ${name} › value mean ≥ ${least}`]: state,
})

function expectMergedTable({ stderr }: EvalRun): void {
  expect(stderr).toContain(' Evals  merged reports · 8 samples')
  expect(stderr).toMatch(/high\.eval\.ts > high +value +4 +0\.750 +0\.301 to 0\.954 .*[✓✗]\n/)
  expect(stderr).toMatch(/low\.eval\.ts > low +value +4 +0\.750 +0\.301 to 0\.954 .*✓\n/)
}

describe.each(vitestMajors)('merged shards on Vitest %i', (vitest) => {
  it('are green when all are, and complete their experiment', async () => {
    using project = new EvalProject({ vitest, files })
    const shards = await runShards(project, 0.6)
    expect(shards.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    const merged = await merge(project)
    expect(merged.exitCode).toBe(0)
    expectMergedTable(merged)
    expect(statesOf(merged.tests)).toEqual({ ...tests('low', '0.5', 'passed'), ...tests('high', '0.6', 'passed') })
    const figures = { samples: { total: 4, scored: 4 }, scorers: { value: { n: 4, mean: 0.75 } }, verdict: true }
    expect(merged.experiments).toMatchObject({
      shared: {
        document: {
          status: 'completed',
          runs: [{ ended: 'finished' }, { ended: 'finished' }],
          evals: { 'high.eval.ts > high': figures, 'low.eval.ts > low': figures },
        },
      },
    })
    expect(Object.keys(merged.experiments)).toEqual(['shared'])
    expect(merged.experiment.records).toHaveLength(8)
  })

  it('are red when one missed its threshold, also where the experiment is not', async () => {
    using project = new EvalProject({ vitest, files })
    const shards = await runShards(project, 0.9)
    expect(new Set(shards.map(({ exitCode }) => exitCode))).toEqual(new Set([0, 1]))
    const merged = await merge(project)
    expect(merged.exitCode).toBe(1)
    expectMergedTable(merged)
    expect(merged.stderr).toContain('✗ high.eval.ts > high: value mean ≥ 0.9: missed, found 0.75')
    expect(statesOf(merged.tests)).toEqual({ ...tests('low', '0.5', 'passed'), ...tests('high', '0.9', 'failed') })
    expect(merged.experiment.document).toMatchObject({
      status: 'completed',
      evals: {
        'high.eval.ts > high': { verdict: false, thresholds: [{ threshold: 'value mean ≥ 0.9', passed: false }] },
        'low.eval.ts > low': { verdict: true },
      },
    })

    rmSync(join(project.folder, '.evals'), { recursive: true })
    const elsewhere = await merge(project)
    expect(elsewhere.exitCode).toBe(1)
    expectMergedTable(elsewhere)
    expect(existsSync(join(project.folder, '.evals'))).toBe(false)
  })

  it('shards by sample run every sample once; the merge judges what none of them could', async () => {
    const file = files['high.eval.ts']
    using project = new EvalProject({ vitest, files: { 'high.eval.ts': file } })
    for (const shard of ['1/2', '2/2']) {
      const run = await project.run({
        options: ['--experiment', `part-${shard[0]}`, '--shard', shard],
        env: { LEAST: '0.9' },
        reporters: ['--reporter=blob', `--outputFile.blob=.vitest/blob/blob-${shard[0]}.json`],
      })
      expect(run.exitCode).toBe(0)
      expect(run.experiments[`part-${shard[0]}`]?.records.map(({ id }) => id)).toEqual(
        shard === '1/2' ? ['a', 'c'] : ['b', 'd'],
      )
      expect(run.experiments[`part-${shard[0]}`]?.document?.status).toBe('partial')
    }
    const merged = await project.run({ args: ['--merge-reports=.vitest/blob'] })
    expect(merged.exitCode).toBe(1)
    expect(merged.stderr).toContain(' Evals  merged reports · 4 samples')
    expect(merged.stderr).toMatch(/high +value +4 +0\.750/)
    expect(merged.stderr).toContain('✗ high.eval.ts > high: value mean ≥ 0.9: missed, found 0.75')
  })

  it('the last shard by sample of one experiment judges its thresholds', async () => {
    using project = new EvalProject({ vitest, files: { 'low.eval.ts': files['low.eval.ts'] } })
    const options = (shard: string): string[] => ['--experiment', 'one', '--shard', shard]
    const first = await project.run({ options: options('1/2') })
    expect(first.exitCode).toBe(0)
    expect(statesOf(first.tests)['low.eval.ts > low > low › value mean ≥ 0.5']).toBe('skipped')
    const second = await project.run({ options: options('2/2') })
    expect(second.exitCode).toBe(0)
    expect(statesOf(second.tests)['low.eval.ts > low > low › value mean ≥ 0.5']).toBe('passed')
    expect(second.experiment.records).toHaveLength(4)
  })

  it('a shard by sample without any is no failure, whether or not others have recorded theirs', async () => {
    using project = new EvalProject({ vitest, files: { 'low.eval.ts': files['low.eval.ts'] } })
    const options = (experiment: string, shard: string): string[] => ['--experiment', experiment, '--shard', shard]
    expect((await project.run({ options: options('empty', '5/5') })).exitCode).toBe(0)
    expect((await project.run({ options: options('some', '1/5') })).exitCode).toBe(0)
    const none = await project.run({ options: options('some', '5/5') })
    expect(none.exitCode).toBe(0)
    expect(none.experiments['some']?.records).toHaveLength(1)
  })

  it('of shards by sample that run at the same time, the later one judges the thresholds', async () => {
    // Each sample waits for the other shard, so that both have read the experiment before anything is recorded.
    const source = `
import { existsSync, writeFileSync } from 'node:fs'
import { evalTest } from 'vitest-plugin-evals'

const rows = [1, 0].map((right, index) => ({ id: 'ab'[index], right }))
const value = { name: 'value', kind: 'binary', score: ({ output }) => output, metrics: [{ name: 'seen', compute: (all) => all.length }] }
evalTest.each(rows)('both', async ({ id, right }) => {
  writeFileSync('started-' + id, '')
  while (!existsSync('started-a') || !existsSync('started-b')) await new Promise((go) => setTimeout(go, 20))
  return right
}, { scorers: [value], thresholds: { value: { mean: 0.9, seen: 2 } } })
`
    using project = new EvalProject({ vitest, files: { 'both.eval.ts': source } })
    const run = async (shard: string): Promise<EvalRun> => {
      const options = ['--experiment', 'both', '--shard', shard]
      return project.resultOf(project.start({ options, reporters: ['--reporter=default'] }))
    }
    const shards = await Promise.all([run('1/2'), run('2/2')])
    const judging = shards.filter(({ exitCode }) => exitCode === 1)
    expect(judging.length).toBeGreaterThan(0)
    for (const { stdout } of judging) {
      expect(stdout).toContain('✗ both.eval.ts > both: value mean ≥ 0.9: missed, found 0.5')
      expect(stdout).not.toContain('value seen ≥ 2: missed')
    }
    // Whichever of them ended last.
    const { both } = await readExperiments(join(project.folder, '.evals'))
    expect(both?.document).toMatchObject({ status: 'completed', evals: { 'both.eval.ts > both': { verdict: false } } })
  })

  const unmergeable = `
import { evalTest } from 'vitest-plugin-evals'

const rows = [1, 0, 1, 1].map((right, index) => ({ id: 'abcd'[index], right }))
const value = { name: 'value', score: ({ output }) => output, metrics: [{ name: 'top', compute: () => 1 }] }
evalTest.each(rows)('own', ({ right }) => right, { scorers: [value], thresholds: { value: { top: 0.5, mean: 0.5 } } })
`

  it('a threshold that the merge cannot judge is told, with what to do, and ends with 1', async () => {
    using project = new EvalProject({ vitest, files: { 'own.eval.ts': unmergeable } })
    const shard = (index: number): Promise<EvalRun> =>
      project.run({
        options: ['--experiment', `part-${index}`, '--shard', `${index}/2`],
        reporters: ['--reporter=blob', `--outputFile.blob=.vitest/blob/blob-${index}.json`],
      })
    const title = 'own.eval.ts > own: value'
    expect((await shard(1)).exitCode).toBe(0)
    const half = await project.run({ args: ['--merge-reports=.vitest/blob'] })
    expect(half.exitCode).toBe(1)
    expect(half.stderr).toContain(`? ${title} top ≥ 0.5: not judged, 2 of 4 planned samples have no result here. `)
    expect(half.stderr).toContain('No verdict: 2 thresholds or baselines were not judged, as told above.')

    expect((await shard(2)).exitCode).toBe(0)
    const merged = await project.run({ args: ['--merge-reports=.vitest/blob'] })
    expect(merged.exitCode).toBe(1)
    expect(merged.stderr).toMatch(/own +value +4 +0\.750/)
    expect(merged.stderr).toContain(
      'No verdict: value top ≥ 0.5: not judged, only a run of the eval can: "value" has no "top". It has mean, ciLower, ciUpper.',
    )
    expect(merged.stderr).not.toContain('value mean ≥ 0.5')
  })

  it('more errors in all shards than the eval may have end with 1 where all are known', async () => {
    const source = `
import { evalTest } from 'vitest-plugin-evals'
evalTest.each(['a', 'b', 'c', 'd'].map((id) => ({ id })))('down', ({ id }) => {
  if (id === 'a' || id === 'b') throw new Error('no answer')
  return id
}, { scorers: [], maxErrorRate: 0.25 })
`
    using project = new EvalProject({ vitest, files: { 'down.eval.ts': source } })
    const shard = (index: number, experiment: string): Promise<EvalRun> =>
      project.run({
        options: ['--experiment', experiment, '--shard', `${index}/2`],
        reporters: ['--reporter=blob', `--outputFile.blob=.vitest/${experiment}/blob-${index}.json`],
      })
    const found = '2 of 4 samples ended in an error or a timeout, more than maxErrorRate 0.25 allows (1)'
    expect((await shard(1, 'one')).exitCode).toBe(0)
    const last = await shard(2, 'one')
    expect(last.exitCode).toBe(1)
    expect(last.stdout).toContain(`✗ down.eval.ts > down: ${found}`)

    rmSync(join(project.folder, '.evals'), { recursive: true })
    for (const index of [1, 2]) {
      expect((await shard(index, 'two')).exitCode).toBe(0)
      rmSync(join(project.folder, '.evals'), { recursive: true })
    }
    const merged = await project.run({ args: ['--merge-reports=.vitest/two'] })
    expect(merged.exitCode).toBe(1)
    expect(merged.stderr).toContain(`✗ down.eval.ts > down: ${found}`)
  })
})
