import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, runEvals, type EvalRun, type RunOptions } from './harness/run-evals.ts'

/** A Vitest config whose plugin has these options. */
function configOf(options: string): string {
  return `
import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'
export default defineConfig({ plugins: [evals(${options})] })
`
}

const source = `
import { evalTest } from 'vitest-plugin-evals'
const rows = [1, 2, 3, 4].map((n) => ({ id: 'n' + n }))
evalTest.each(rows)('own', ({ id }) => id, { epochs: 3 })
evalTest.each(rows)('without', ({ id }) => id)
`

/** How many samples and epochs each eval ran: `[samples, epochs]`. */
function counts(run: EvalRun): Record<string, [samples: number, epochs: number]> {
  const names = Object.keys(run.experiment.document?.evals ?? {})
  const entries = names.map((name) => {
    const own = run.experiment.records.filter((record) => record.eval === name)
    return [name.split(' > ')[1], [new Set(own.map(({ id }) => id)).size, new Set(own.map(({ epoch }) => epoch)).size]]
  })
  return Object.fromEntries(entries) as ReturnType<typeof counts>
}

/** Notes how many samples are in progress at a time; the output of the last one is the greatest number. */
const busy = `
import { evalTest } from 'vitest-plugin-evals'
const rows = Array.from({ length: 24 }, (_, n) => ({ id: 'n' + n }))
function watched() {
  let running = 0, most = 0
  return async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, 15))
    running--
    return most
  }
}
evalTest.each(rows)('all', watched())
evalTest.each(rows)('own', watched(), { concurrency: 2 })
`

function mostInProgress(run: EvalRun): Record<string, number> {
  const of = (name: string): number =>
    Math.max(
      ...run.experiment.records.filter((record) => record.eval.endsWith(name)).map(({ output }) => Number(output)),
    )
  return { all: of('all'), own: of('own') }
}

describe.each(vitestMajors)('options on Vitest %i', (vitest) => {
  it('go command line > environment > eval > plugin', async () => {
    using project = new EvalProject({
      vitest,
      files: { 'o.eval.ts': source, '.env': 'EVALS_LIMIT=4\nEVALS_SEED=1\n', '.env.local': 'EVALS_SEED=2\n' },
      config: configOf(`{ experiment: 'planned', limit: 1, epochs: 2, sampleTimeout: 5000 }`),
    })
    const run = (options: RunOptions): Promise<EvalRun> => project.run(options)

    const fromFile = await run({})
    expect(counts(fromFile)).toEqual({ own: [4, 3], without: [4, 2] })
    expect(fromFile.experiment.document).toMatchObject({
      experiment: 'planned',
      runs: [{ options: { experiment: 'planned', limit: 4, seed: 2, epochs: 2, sampleTimeout: 5000 } }],
    })

    const fromEnvironment = await run({ env: { EVALS_LIMIT: '3', EVALS_EPOCHS: '1', EVALS_EXPERIMENT: 'env' } })
    expect(counts(fromEnvironment)).toEqual({ own: [3, 1], without: [3, 1] })
    expect(fromEnvironment.experiment.document?.experiment).toBe('env')

    const fromArguments = await run({
      env: { EVALS_LIMIT: '3', EVALS_EPOCHS: '1', EVALS_EXPERIMENT: 'env' },
      options: ['--limit', '2', '--epochs=4', '--experiment=prod', '--sample-timeout', '1000', '--no-shuffle'],
    })
    expect(counts(fromArguments)).toEqual({ own: [2, 4], without: [2, 4] })
    expect(fromArguments.experiment.document).toMatchObject({
      experiment: 'prod',
      runs: [{ options: { limit: 2, epochs: 4, sampleTimeout: 1000, shuffle: false } }],
    })

    const last = await run({ env: { EVALS_LIMIT: '1' }, options: ['--experiment', 'last'] })
    expect(last.experiments['prod']?.document?.runs).toHaveLength(2)
    expect(Object.keys(last.experiments).toSorted()).toEqual(['env', 'planned', 'prod'])
  })

  it('that do not exist or have an impossible value stop the run before any sample', async () => {
    using project = new EvalProject({ vitest, files: { 'o.eval.ts': source } })
    const wrong: [RunOptions, string][] = [
      [
        { options: ['--limits', '5'] },
        'Unknown option "--limits" on the command line. Did you mean "--limit"?\nThe options are --experiment, --storage',
      ],
      [
        { options: ['--limit', 'five'] },
        'The option "--limit" on the command line is "five"; it must be a whole number from 1.\nGive it such a value, as in `--limit 10`',
      ],
      [
        { options: ['--budget-usd', '-1'] },
        'EVALS_OPTION_INVALID: The option "--budget-usd" on the command line is -1; it must be a positive number',
      ],
      [{ options: ['5'] }, '"5" after `--` on the command line is no option.'],
      [
        { env: { EVALS_LIMTI: '5' } },
        'Unknown option "EVALS_LIMTI" in the environment. Did you mean "EVALS_LIMIT"?\nThe options are EVALS_EXPERIMENT',
      ],
      [
        { env: { EVALS_MAX_ERROR_RATE: '2' } },
        'The option "EVALS_MAX_ERROR_RATE" in the environment is 2; it must be a number from 0 to 1',
      ],
      [
        { env: { EVALS_SHUFFLE: 'maybe' } },
        'The option "EVALS_SHUFFLE" in the environment is "maybe"; it must be true or false',
      ],
      [{ options: ['--storage', 'tape://x'] }, 'There is no storage "tape://x". Known: json://'],
      [{ options: ['--experiment', ' '] }, 'The option "--experiment" on the command line is " "; it must be a name'],
      [{ options: ['--experiment', 'last'] }, 'There is no experiment "last". There is none at all.'],
    ]
    for (const [options, message] of wrong) {
      const run = await project.run(options)
      expect(run.stderr).toContain(message)
      expect(run.stderr).not.toMatch(/^ +at |❯|Serialized Error/m)
      expect(run.exitCode).toBe(1)
      expect(run.experiments).toEqual({})
    }
    for (const [options, message] of [
      [`{ limits: 5 }`, 'Unknown option "limits" in evals(). Did you mean "limit"?\nThe options are'],
      [`{ concurrency: 0 }`, 'The option "concurrency" in evals() is 0; it must be a whole number from 1'],
    ] as const) {
      project.write({ 'vitest.config.ts': configOf(options) })
      const run = await project.run()
      expect(run.stderr).toContain(message)
      expect(run.stderr).not.toMatch(/^ +at |❯/m)
      expect(run.exitCode).toBe(1)
    }
  })

  it('bound the samples in progress', async () => {
    const files = { 'b.eval.ts': busy }
    const byDefault = await runEvals({ vitest, files })
    expect(mostInProgress(byDefault)).toEqual({ all: 24, own: 2 })
    const own = await runEvals({ vitest, files, config: configOf('{ concurrency: 5 }') })
    expect(mostInProgress(own)).toEqual({ all: 5, own: 2 })
    const asked = await runEvals({ vitest, files, options: ['--concurrency', '7'] })
    expect(mostInProgress(asked)).toEqual({ all: 7, own: 7 })
    const vitestOwn = await runEvals({ vitest, files, args: ['--project', 'evals', '--maxConcurrency', '3'] })
    expect(mostInProgress(vitestOwn)).toEqual({ all: 3, own: 2 })
  })
})
