import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { killRuns, type KillReport } from '../../test/kills/kill-runs.ts'
import { describeMachine, type Machine } from '../machine.ts'
import { measureProcess } from '../measured-process.ts'
import { spreadOf, type Spread } from '../spread.ts'
import { measureResume, type ResumeCase } from './measure-resume.ts'

/** One piece of work on one store, measured several times. */
export interface StoreCase {
  readonly work: 'bare' | 'append' | 'scan' | 'list' | 'evaluate'
  readonly store: string
  /** Records, or experiments. */
  readonly count: number
  /** Of the work alone. */
  readonly ms: Spread
  /** Of the whole process. */
  readonly peakBytes: Spread
}

/** What `pnpm bench experiments` writes. */
export interface ExperimentsResults {
  readonly measuredAt: string
  readonly machine: Machine
  readonly cases: readonly StoreCase[]
  readonly resume: ResumeCase
  readonly kills: KillReport
}

const stores = { json: 'json://.evals', sqlite: 'sqlite://.evals/evals.sqlite' } as const
const rounds = 3

/** Measures stores in the installed `project`, and kills runs there; takes some minutes. */
export async function measureExperiments(project: string): Promise<ExperimentsResults> {
  const measured = new Map<string, Omit<StoreCase, 'ms' | 'peakBytes'> & { ms: number[]; peakBytes: number[] }>()
  const measure = async (work: StoreCase['work'], store: string, count: number): Promise<void> => {
    const key = `${work} ${store} ${count}`
    const { ms, peakBytes } = await runWork(project, { work, url: stores[store as keyof typeof stores], count })
    const found = measured.get(key) ?? { work, store, count, ms: [], peakBytes: [] }
    found.ms.push(ms)
    found.peakBytes.push(peakBytes)
    measured.set(key, found)
    console.log(`${key}: ${Math.round(ms)} ms, ${Math.round(peakBytes / 1e6)} MB`)
  }
  // In turn, so that whatever else the machine does meets all of them alike.
  for (let round = 1; round <= rounds; round += 1) {
    rmSync(join(project, 'bare.jsonl'), { force: true })
    await measure('bare', 'json', 100_000)
    for (const [store, url] of Object.entries(stores)) {
      for (const count of [10_000, 100_000]) {
        rmSync(join(project, '.evals'), { recursive: true, force: true })
        await measure('append', store, count)
        await measure('scan', store, count)
      }
      rmSync(join(project, '.evals'), { recursive: true, force: true })
      await runWork(project, { work: 'evaluate', url, count: 100_000 })
      // A finished experiment.
      await measure('evaluate', store, 100_000)
      rmSync(join(project, '.evals'), { recursive: true, force: true })
      await runWork(project, { work: 'create', url, count: 1000 })
      await measure('list', store, 1000)
    }
  }
  return {
    measuredAt: new Date().toISOString(),
    machine: describeMachine(),
    cases: [...measured.values()].map(({ ms, peakBytes, ...rest }) => ({
      ...rest,
      ms: spreadOf(ms),
      peakBytes: spreadOf(peakBytes),
    })),
    resume: await measureResume(project),
    kills: await measureKills(project),
  }
}

function measureKills(project: string): Promise<KillReport> {
  rmSync(join(project, '.evals'), { recursive: true, force: true })
  const modules = { core: '@evals/core', storage: '@evals/storage' }
  return killRuns({ folder: project, modules, kills: 1000, seed: 1 })
}

async function runWork(
  project: string,
  { work, url, count }: { readonly work: string; readonly url: string; readonly count: number },
): Promise<{ readonly ms: number; readonly peakBytes: number }> {
  const { peakBytes } = await measureProcess({
    cwd: project,
    args: ['experiments.js', work, url, String(count), 'result.json'],
  })
  const { ms = 0 } = JSON.parse(readFileSync(join(project, 'result.json'), 'utf8')) as { ms?: number }
  return { ms, peakBytes }
}
