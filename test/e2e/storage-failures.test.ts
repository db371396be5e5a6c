import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const many = `
import { appendFileSync } from 'node:fs'
import { evalTest } from 'vitest-plugin-evals'

const rows = Array.from({ length: 20 }, (_, index) => ({ id: 'n' + index }))
const scorers = Array.from({ length: 40 }, (_, index) => ({ name: 'scorer' + index, kind: 'binary', score: () => true }))
evalTest.each(rows)('many', ({ id }) => {
  appendFileSync('calls', id + '\\n')
  return id.repeat(3000)
}, { concurrency: 1, scorers: [scorers[0]], thresholds: { scorer0: 1 } })
evalTest.skipIf(!process.env.FIGURES).each([{ id: 'a' }])('figures', ({ id }) => id, { scorers })
`

/** Makes every file that grows beyond a size look like one on a full disk. */
function sizeLimit(kibibytes: number): string[] {
  return ['bash', '-c', `ulimit -f ${kibibytes}; exec "$0" "$@"`]
}

describe.each(vitestMajors)('on Vitest %i', (vitest) => {
  it('a disk that fills up fails the run, which starts no more, and what is recorded counts later', async () => {
    using project = new EvalProject({ vitest, files: { 'm.eval.ts': many } })
    const run = await project.run({ options: ['--experiment', 'x'], launcher: sizeLimit(64) })

    const stored = run.experiment.records.map(({ id }) => id)
    expect(stored).toEqual(Array.from({ length: stored.length }, (_, index) => `n${index}`))
    expect(stored.length).toBeGreaterThan(0)
    const states = Array.from({ length: 20 }, (_, index) => {
      const state = index < stored.length ? 'passed' : index === stored.length ? 'failed' : 'skipped'
      return [`m.eval.ts > many > many › n${index}`, state]
    })
    expect(statesOf(run.tests)).toEqual({
      ...(Object.fromEntries(states) as object),
      'm.eval.ts > many > many › scorer0 mean ≥ 1': 'skipped',
      'm.eval.ts > figures > figures › all samples': 'skipped',
    })
    const called = readFileSync(join(project.folder, 'calls'), 'utf8').trimEnd().split('\n')
    expect(called).toEqual([...stored, `n${stored.length}`])

    const [records = ''] = globSync(join(project.folder, '.evals/experiments/x/records/*.jsonl'))
    const [failure] = run.tests[`m.eval.ts > many > many › n${stored.length}`]!.failures
    expect(failure).toContain(`EvalsError: ${records} cannot be written: EFBIG`)
    expect(run.stderr).toContain(`${records} cannot be written: EFBIG`)
    expect(run.experiment.document).toMatchObject({
      status: 'partial',
      evals: {
        'm.eval.ts > many': {
          samples: { total: 20, scored: stored.length, missing: 20 - stored.length },
          verdict: null,
        },
      },
    })
    expect(run.stderr).toContain(`! m.eval.ts > many: of 20 samples ${20 - stored.length} did not run`)
    expect(run.exitCode).toBe(1)

    const later = await project.run({ options: ['--experiment', 'x'] })
    expect(later.stderr).toContain(`! ${basename(records)}:${stored.length + 1}: a torn line`)
    expect(later.experiment.records).toHaveLength(20)
    expect(later.experiment.document).toMatchObject({
      status: 'completed',
      evals: { 'm.eval.ts > many': { samples: { total: 20, scored: 20, missing: 0 }, verdict: true } },
    })
    expect(later.exitCode).toBe(0)
  })

  it('an experiment.json that does not fit at the start lets no eval begin', async () => {
    using project = new EvalProject({ vitest, files: { 'm.eval.ts': many } })
    const run = (name: string, launcher: string[]): Promise<EvalRun> =>
      project.run({
        args: ['--project', 'evals', '-t', name],
        options: ['--experiment', 'x'],
        env: { FIGURES: '1' },
        launcher,
      })
    expect((await run('figures', [])).exitCode).toBe(0)
    const full = await run('many', sizeLimit(8))
    expect(full.exitCode).toBe(1)
    expect(full.stderr).toContain('EVALS_STORAGE_UNWRITABLE')
    expect(Object.keys(full.tests)).toEqual(expect.arrayContaining(['m.eval.ts > many > many › declaration']))
    expect(existsSync(join(project.folder, 'calls'))).toBe(false)
    expect(full.experiment.records).toHaveLength(1)
  })

  it('an experiment.json that does not fit fails the run, after the figures were printed', async () => {
    using project = new EvalProject({ vitest, files: { 'm.eval.ts': many } })
    const run = await project.run({
      args: ['--project', 'evals', '-t', 'figures'],
      options: ['--experiment', 'x'],
      env: { FIGURES: '1' },
      reporters: ['--reporter=default'],
      launcher: sizeLimit(8),
    })
    expect(run.exitCode).toBe(1)
    expect(run.stdout).toMatch(/scorer39 +1 +1\.000/)
    expect(run.stderr).toContain(`${project.folder}/.evals/experiments/x/experiment.json cannot be written: EFBIG`)
    expect(run.experiment.records.map(({ id, outcome }) => [id, outcome])).toEqual([['a', 'scored']])
    expect(run.experiment.document).toMatchObject({ status: 'running', runs: [{ id: expect.any(String) }], evals: {} })
    const left = readdirSync(join(project.folder, '.evals/experiments/x'))
    expect(left.toSorted()).toEqual(['experiment.json', 'lease', 'records'])
  })

  it('an experiment.json that is damaged is made again from the records, and nothing runs twice', async () => {
    using project = new EvalProject({ vitest, files: { 'm.eval.ts': many } })
    await project.run({ options: ['--experiment', 'x'] })
    project.write({ calls: '', '.evals/experiments/x/experiment.json': '{ "version": 1,' })
    const run = await project.run({ options: ['--experiment', 'x'] })
    expect(run.exitCode).toBe(0)
    expect(readFileSync(join(project.folder, 'calls'), 'utf8')).toBe('')
    expect(run.experiment.document).toMatchObject({
      status: 'completed',
      runs: { length: 2 },
      evals: { 'm.eval.ts > many': { samples: { total: 20, scored: 20 }, verdict: true } },
    })
  })

  it('an experiment.json of a newer version is left alone', async () => {
    const newer = { '.evals/experiments/x/experiment.json': '{ "version": 2 }' }
    using project = new EvalProject({ vitest, files: { 'm.eval.ts': many, ...newer } })
    const run = await project.start({ options: ['--experiment', 'x'] }).ended
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain('is of version 2, and this version of the packages knows 1')
    expect(existsSync(join(project.folder, 'calls'))).toBe(false)
    expect(readFileSync(join(project.folder, '.evals/experiments/x/experiment.json'), 'utf8')).toBe('{ "version": 2 }')
  })

  it('a file in the place of the experiments is told by every way to name one', async () => {
    using project = new EvalProject({ vitest, files: { 'm.eval.ts': many, '.evals/experiments': 'a file' } })
    for (const options of [[], ['--experiment', 'x'], ['--experiment', 'last']]) {
      const run = await project.start({ options }).ended
      expect([options, run.exitCode]).toEqual([options, 1])
      expect(run.stderr).toContain(`${project.folder}/.evals/experiments`)
      expect(run.stderr).toMatch(/cannot be (read|written): ENOTDIR/)
    }
    expect(existsSync(join(project.folder, 'calls'))).toBe(false)
  })
})
