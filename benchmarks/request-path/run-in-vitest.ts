import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startModelServer, type Scenario } from '../../fixtures/model-server/src/index.ts'
import { measureProcess } from '../measured-process.ts'
import { clearStore, recordLines } from '../overhead/subjects.ts'
import { summarizeRun, type ScenarioRun } from './scenario-run.ts'

/** A program that asks all prompts of `prompts.json` of the server at `MODEL_URL`. */
export interface Program {
  readonly cwd: string
  /** Arguments of Node. */
  readonly args: readonly string[]
}

/** The program that runs the evals in a folder of the project. */
export function evalsIn(project: string, folder: 'one' | 'four'): Program {
  return { cwd: project, args: ['node_modules/vitest/vitest.mjs', 'run', '--project', 'evals', `${folder}/`] }
}

/** Runs our eval files through a scenario; what has no record with a score counts as failed. */
export async function runEvals(project: string, folder: 'one' | 'four', scenario: Scenario): Promise<ScenarioRun> {
  clearStore(project)
  const run = await runProgram(project, evalsIn(project, folder), scenario)
  const records = recordLines(project).map((line) => JSON.parse(line) as { outcome: string })
  return { ...run, failed: scenario.calls - records.filter(({ outcome }) => outcome === 'scored').length }
}

/** Runs a program through a scenario. Its time is from the first call to the last answer, without start and end. */
export async function runProgram(project: string, program: Program, scenario: Scenario): Promise<ScenarioRun> {
  await using server = await startModelServer(scenario.server)
  const prompts = Array.from({ length: scenario.calls }, (_, index) => scenario.prompt(index))
  writeFileSync(join(project, 'prompts.json'), JSON.stringify(prompts))
  const { cpuMs } = await measureProcess({ ...program, environment: { MODEL_URL: server.url } })
  const stats = await server.stats()
  const failed = scenario.calls - stats.prompts.answeredOnce - stats.prompts.answeredMoreThanOnce
  return summarizeRun(scenario, stats, { ms: stats.elapsedMs, cpuMs, failed, errors: [] })
}
