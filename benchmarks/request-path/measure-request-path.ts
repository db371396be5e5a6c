import { describeMachine, type Machine } from '../machine.ts'
import {
  measureCpu,
  measureEfficiency,
  measureMemory,
  type CpuCost,
  type Efficiency,
  type MemoryReading,
} from './engine-cost.ts'
import { installFrameworks, runFrameworks, type FrameworkRun } from './frameworks.ts'
import { measureEngine, measureOthers } from './measure-scenarios.ts'
import type { ScenarioCase } from './scenario-case.ts'

/** What `pnpm bench request-path` writes. */
export interface RequestPathResults {
  readonly measuredAt: string
  readonly machine: Machine
  /** Our engine in all scenarios. */
  readonly engine: readonly ScenarioCase[]
  /** Other clients in some. */
  readonly others: readonly ScenarioCase[]
  readonly frameworks: readonly FrameworkRun[]
  readonly cpu: readonly CpuCost[]
  readonly efficiency: Efficiency
  readonly memory: readonly MemoryReading[]
}

/** Measures everything in the installed `project`; takes some minutes. */
export async function measureRequestPath(project: string): Promise<RequestPathResults> {
  const problems = await installFrameworks(project)
  return {
    measuredAt: new Date().toISOString(),
    machine: describeMachine(),
    engine: await measureEngine(project),
    others: await measureOthers(project),
    frameworks: await runFrameworks(project, problems),
    cpu: await measureCpu(project, ['evals', 'evals-fetch', 'openai-compatible'], 3),
    efficiency: await measureEfficiency(project, { calls: 30_000, connections: 1000, answerMs: 2000 }),
    memory: await measureMemory(project, [20_000, 100_000]),
  }
}
