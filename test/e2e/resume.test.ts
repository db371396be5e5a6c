import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

/** A task that notes each call in a file, and fails on the rows that the environment names. */
const task = `
import { appendFileSync } from 'node:fs'

export async function answer(id) {
  appendFileSync('calls.txt', id + '\\n')
  if ((process.env.BROKEN ?? '').split(',').includes(id)) throw new Error('no model for ' + id)
  if (process.env.HANGS === id) await new Promise(() => {})
  return 'answer to ' + id
}
`

const evals = `
import { evalTest } from 'vitest-plugin-evals'
import { answer } from './task.js'
import { rows } from './rows.js'
import { scorers } from './scorers.js'

evalTest.each(rows)('qa', ({ id }) => answer(id), { scorers, passWhen: ({ right }) => right !== 0 })
`

const rows = `export const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id, input: id, expected: 'answer to ' + id }))`
const scorers = `export const scorers = [{ name: 'right', kind: 'binary', score: ({ output, expected }) => output === expected }]`
const files = { 'qa.eval.ts': evals, 'task.js': task, 'rows.js': rows, 'scorers.js': scorers }

/** Runs the experiment `x`; returns also which samples the task was called for. */
async function go(
  project: EvalProject,
  {
    env = {},
    options = [],
    args = ['--project', 'evals'],
  }: { env?: Record<string, string>; options?: string[]; args?: string[] } = {},
): Promise<EvalRun & { calls: string[] }> {
  project.write({ 'calls.txt': '' })
  const run = await project.run({ args, env, options: ['--experiment', 'x', ...options] })
  const calls = readFileSync(join(project.folder, 'calls.txt'), 'utf8').split('\n').filter(Boolean).toSorted()
  return { ...run, calls }
}

function samples({ experiment }: EvalRun): unknown {
  return experiment.document?.evals['qa.eval.ts > qa']?.samples
}

/** Of which no record counts. */
function removed({ experiment }: EvalRun): unknown {
  return experiment.document?.evals['qa.eval.ts > qa']?.removed
}

const all = { total: 4, scored: 4, error: 0, timeout: 0, cancelled: 0, failed: 0, missing: 0 }

describe.each(vitestMajors)('resuming an experiment on Vitest %i', (vitest) => {
  it('what is scored is kept and shown, errors are run again, and then nothing is left to do', async () => {
    using project = new EvalProject({ vitest, files })
    const first = await go(project, { env: { BROKEN: 'b,c' } })
    expect(first).toMatchObject({ exitCode: 1, calls: ['a', 'b', 'c', 'd'] })
    const second = await go(project, { env: { BROKEN: 'c' } })
    expect(second.calls).toEqual(['b', 'c'])
    expect(second.stderr).toContain('resumed, 2 kept, 2 run')
    expect(Object.values(statesOf(second.tests)).toSorted()).toEqual(['failed', 'passed', 'passed', 'passed'])
    const third = await go(project)
    expect(third).toMatchObject({ exitCode: 0, calls: ['c'] })
    const fourth = await go(project)
    expect(fourth).toMatchObject({ exitCode: 0, calls: [] })
    expect(fourth.stderr).toContain('qa.eval.ts > qa: complete, all 4 kept')
    expect(samples(fourth)).toEqual(all)
    expect(fourth.experiment.document).toMatchObject({ status: 'completed', runs: { length: 4 } })
    expect(fourth.experiment.records).toHaveLength(4 + 2 + 1)
  })

  it('`missing` leaves errors as they are, and says what they were', async () => {
    using project = new EvalProject({ vitest, files })
    await go(project, { env: { BROKEN: 'b' }, options: ['--ids', 'a,b'] })
    const second = await go(project, { options: ['--resume', 'missing'] })
    expect(second).toMatchObject({ exitCode: 1, calls: ['c', 'd'] })
    expect(second.stderr).toContain('Recorded by an earlier run, and not run again: Error: no model for b')
    expect(samples(second)).toEqual({ ...all, scored: 3, error: 1 })
    expect(second.experiment.records).toHaveLength(2 + 2)
  })

  it('`never` wants a new name, `restart` begins anew', async () => {
    using project = new EvalProject({ vitest, files })
    await go(project)
    const refused = await go(project, { options: ['--resume', 'never'] })
    expect(refused).toMatchObject({ exitCode: 1, calls: [] })
    expect(refused.stderr).toContain('EVALS_EXPERIMENT_EXISTS')
    const anew = await go(project, { options: ['--resume', 'restart'], env: { BROKEN: 'd' } })
    expect(anew.calls).toEqual(['a', 'b', 'c', 'd'])
    expect(samples(anew)).toEqual({ ...all, scored: 3, error: 1 })
    const { records } = anew.experiment
    expect(records.map(({ revision }) => revision)).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
    const resumed = await go(project)
    expect(resumed).toMatchObject({ exitCode: 0, calls: ['d'] })
    expect(samples(resumed)).toEqual(all)
  })

  it('labels and scorers that changed judge the stored answers again, without the task', async () => {
    using project = new EvalProject({ vitest, files })
    await go(project)
    project.write({ 'rows.js': rows.replace(`'answer to ' + id`, `id === 'a' ? 'nothing' : 'answer to ' + id`) })
    const relabelled = await go(project)
    expect(relabelled).toMatchObject({ exitCode: 1, calls: [] })
    expect(relabelled.stderr).toContain('resumed, 3 kept, 1 scored again')
    expect(relabelled.experiment.document?.evals['qa.eval.ts > qa']?.scorers['right']?.mean).toBe(0.75)
    project.write({ 'scorers.js': scorers.replace('output === expected', 'output !== expected') })
    const rescored = await go(project)
    expect(rescored.calls).toEqual([])
    expect(rescored.experiment.document?.evals['qa.eval.ts > qa']?.scorers['right']?.mean).toBe(0.25)
  })

  it('`passWhen` judges what is kept: one that fails stays a failure, a changed one counts', async () => {
    using project = new EvalProject({ vitest, files })
    const withPassWhen = (text: string): string => evals.replace('({ right }) => right !== 0', text)
    project.write({ 'qa.eval.ts': withPassWhen('(scores) => scores.wrong.value > 1') })
    await go(project)
    const again = await go(project)
    expect(again).toMatchObject({ exitCode: 1, calls: [] })
    expect(again.stderr).toContain('`passWhen` failed')
    expect(samples(again)).toEqual({ ...all, unjudged: 4 })
    expect(again.experiment.document).toMatchObject({ status: 'completed-with-errors' })
    project.write({ 'qa.eval.ts': withPassWhen('({ right }) => right === 0') })
    const changed = await go(project)
    expect(changed).toMatchObject({ exitCode: 1, calls: [] })
    expect(samples(changed)).toEqual({ ...all, failed: 4 })
    project.write({ 'qa.eval.ts': evals })
    const mended = await go(project)
    expect(mended).toMatchObject({ exitCode: 0, calls: [] })
    expect(samples(mended)).toEqual(all)
  })

  it('the worst samples are those of all runs, and no removed scorer has any', async () => {
    const judged = scorers.replace(' }]', " }, { name: 'judge', score: () => 0.5 }]")
    const wrong = rows.replace("'answer to ' + id", "id === 'c' ? 'another' : 'answer to ' + id")
    using project = new EvalProject({ vitest, files: { ...files, 'rows.js': wrong, 'scorers.js': judged } })
    await go(project)
    // What is scored again has the score of the former scorer in its record.
    const tagged = wrong.replace('expected:', "...(id === 'a' && { tags: ['new'] }), expected:")
    project.write({ 'rows.js': tagged, 'scorers.js': scorers })
    const second = await go(project)
    expect(second.stderr).toContain('resumed, 3 kept, 1 scored again')
    const third = await go(project)
    for (const { stderr } of [second, third]) {
      expect(stderr).toMatch(/ Worst of qa\.eval\.ts > qa\n +c +right 0 .*\n\n/)
    }
  })

  it('a sample that skips itself leaves the totals, with what is recorded of it', async () => {
    using project = new EvalProject({ vitest, files })
    const skipping = `({ id }, { skip }) => { if (process.env.SKIPS === id) skip('not today'); return answer(id) }`
    project.write({
      'qa.eval.ts': evals
        .replace('({ id }) => answer(id)', skipping)
        .replace('scorers,', 'scorers, thresholds: { right: 1 },'),
    })
    await go(project, { env: { BROKEN: 'a' }, options: ['--ids', 'a,b,c'] })
    const args = ['--project', 'evals', '-t', 'qa › (a|b|c|right)']
    const partial = await go(project, { args, env: { SKIPS: 'a' } })
    expect(samples(partial)).toEqual({ ...all, total: 3, scored: 2, missing: 1 })
    expect(partial.stderr).toContain('right mean ≥ 1: not judged, 1 of 4 planned samples have no result')
    const whole = await go(project, { env: { SKIPS: 'a' } })
    expect(whole).toMatchObject({ exitCode: 0, calls: ['d'] })
    expect(samples(whole)).toEqual({ ...all, total: 3, scored: 3 })
  })

  it('where all samples skip themselves none is left, and there is no verdict', async () => {
    using project = new EvalProject({ vitest, files })
    const skipping = `({ id }, { skip }) => { if (process.env.SKIPS === id) skip('not today'); return answer(id) }`
    project.write({ 'qa.eval.ts': evals.replace('({ id }) => answer(id)', skipping) })
    await go(project, { env: { BROKEN: 'a' }, options: ['--ids', 'a'] })
    const run = await go(project, { env: { SKIPS: 'a' }, options: ['--ids', 'a'] })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain('No verdict: none of the 1 planned samples was run or judged')
    expect(samples(run)).toEqual({ ...all, total: 1, scored: 0, missing: 1 })
  })

  it('a score that the task gave wrongly stays a failure', async () => {
    using project = new EvalProject({ vitest, files })
    const own = `async ({ id }, { score }) => { score('own', NaN); return answer(id) }`
    project.write({ 'qa.eval.ts': evals.replace('({ id }) => answer(id)', own) })
    await go(project, { options: ['--ids', 'a'] })
    const again = await go(project, { options: ['--ids', 'a'] })
    expect(again).toMatchObject({ exitCode: 1, calls: [] })
    expect(statesOf(again.tests)).toEqual({ 'qa.eval.ts > qa > qa › a': 'failed' })
  })

  it('a task that changed is refused, with what changed; `force` goes on', async () => {
    using project = new EvalProject({ vitest, files })
    await go(project, { env: { BROKEN: 'b' } })
    project.write({ 'task.js': task.replace('answer to', 'another answer to') })
    const refused = await go(project)
    expect(refused).toMatchObject({ exitCode: 1, calls: [] })
    expect(refused.stderr).toContain('is not what the 4 answers of the experiment were recorded with: the task')
    const forced = await go(project, { options: ['--resume', 'force'] })
    expect(forced).toMatchObject({ calls: ['b'] })
    // What the changed task says is wrong.
    expect(samples(forced)).toEqual({ ...all, failed: 1 })
  })

  it('rows that were added run, removed ones leave the totals', async () => {
    using project = new EvalProject({ vitest, files })
    await go(project)
    project.write({ 'rows.js': rows.replace(`['a', 'b'`, `['e', 'b'`) })
    const run = await go(project)
    expect(run).toMatchObject({ exitCode: 0, calls: ['e'] })
    expect(samples(run)).toEqual(all)
    expect(run.stderr).toContain('1 without a record, added or not reached yet: e')
    expect(run.stderr).toContain('1 not planned any more, left out of the totals: a')
    expect(removed(run)).toEqual(['a'])
    project.write({ 'rows.js': rows })
    const back = await go(project)
    expect(back).toMatchObject({ exitCode: 0, calls: [] })
    expect([samples(back), removed(back)]).toEqual([all, ['e']])
  })

  it('a sample that is picked by name runs again', async () => {
    using project = new EvalProject({ vitest, files })
    await go(project)
    const run = await go(project, { args: ['--project', 'evals', '-t', 'qa › b'] })
    expect(run).toMatchObject({ exitCode: 0, calls: ['b'] })
    expect(samples(run)).toEqual(all)
  })

  it('after SIGKILL only what was not recorded runs; meanwhile the experiment is in use', async () => {
    using project = new EvalProject({ vitest, files })
    project.write({ 'calls.txt': '' })
    using started = project.start({ options: ['--experiment', 'x'], env: { HANGS: 'd' } })
    const recorded = (): number =>
      globSync(join(project.folder, '.evals/experiments/x/records/*.jsonl')).flatMap((path) =>
        readFileSync(path, 'utf8').split('\n').slice(0, -1),
      ).length
    await started.until(() => recorded() === 3)
    const second = await go(project)
    expect(second).toMatchObject({ exitCode: 1, calls: [] })
    expect(second.stderr).toContain('EVALS_EXPERIMENT_IN_USE')
    started.kill('SIGKILL')
    await started.ended
    const resumed = await go(project)
    expect(resumed).toMatchObject({ exitCode: 0, calls: ['d'] })
    expect(samples(resumed)).toEqual(all)
  })

  it('`memory://` keeps what one process runs, and leaves nothing behind', async () => {
    using project = new EvalProject({ vitest, files })
    const scored = files['scorers.js'].replace(
      'score:',
      `metrics: [{ name: 'all', compute: (records) => records.length }], score:`,
    )
    project.write({ 'calls.txt': '', 'scorers.js': scored })
    const run = await project.run({ options: ['--storage', 'memory://'] })
    expect(run.exitCode).toBe(0)
    expect(run.stderr).toContain('4 samples')
    expect(run.experiments).toEqual({})
  })
})
