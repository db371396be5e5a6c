import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { scenarios, type Scenario } from '../../fixtures/model-server/src/index.ts'
import { evalsIn, runProgram, type Program } from './run-in-vitest.ts'
import type { ScenarioRun } from './scenario-run.ts'

/** One framework's run, or why there is none. */
export interface FrameworkRun {
  readonly name: string
  readonly version?: string
  readonly run?: ScenarioRun
  readonly leftOut?: string
}

const installTimeoutMs = 60_000

/** Others' frameworks, each in a folder of its own name. Scripts do not run: what would be compiled is not used. */
const others: Readonly<Record<string, { packages: readonly string[]; args: readonly string[] }>> = {
  evalite: {
    packages: ['evalite@0.19', 'vitest@4', 'vite@8'],
    args: ['node_modules/evalite/dist/bin.js', 'run'],
  },
  'vitest-evals': {
    packages: ['vitest-evals@0.16', 'vitest@4', 'vite@8'],
    args: ['node_modules/vitest/vitest.mjs', 'run'],
  },
}

/** Not even tried. */
const leftOut: readonly FrameworkRun[] = [
  { name: 'promptfoo', leftOut: 'its install has 2 GB and takes more than a minute' },
]

/** Few enough for one call after the other. */
const calls = 100

/** Installs the others; to be done before anything is measured. Returns why one cannot run. */
export async function installFrameworks(project: string): Promise<ReadonlyMap<string, string>> {
  const problems = new Map<string, string>()
  for (const [name, { packages }] of Object.entries(others)) {
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', ...packages]
    const options = { cwd: join(project, name), timeout: installTimeoutMs, killSignal: 'SIGKILL' } as const
    try {
      await promisify(execFile)('npm', args, options)
    } catch (error) {
      console.error(error)
      problems.set(name, `it did not install within ${installTimeoutMs / 1000} s`)
    }
  }
  return problems
}

/** Runs one eval file of each framework, with its own settings, against the server with room for 40 calls. */
export async function runFrameworks(project: string, problems: ReadonlyMap<string, string>): Promise<FrameworkRun[]> {
  const scenario: Scenario = { ...scenarios.find(({ name }) => name === 'cap-40')!, calls }
  const run = (program: Program): Promise<ScenarioRun> => runProgram(project, program, scenario)
  const runs: FrameworkRun[] = [{ name: 'evals', run: await run(evalsIn(project, 'one')) }]
  for (const [name, { args }] of Object.entries(others)) {
    const problem = problems.get(name)
    const cwd = join(project, name)
    if (problem === undefined) runs.push({ name, version: versionOf(cwd, name), run: await run({ cwd, args }) })
    else runs.push({ name, leftOut: problem })
  }
  return [...runs, ...leftOut]
}

function versionOf(folder: string, name: string): string {
  const manifest = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
