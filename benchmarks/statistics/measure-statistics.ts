import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Statistics from '../../packages/core/src/stats.ts'
import { describeMachine, type Machine } from '../machine.ts'
import { plantedEffects, type PlantedEffect } from './planted-effects.ts'
import { makeRandom, simulations, type SimulatedPair, type Simulation } from './simulated-scores.ts'

/** How often a system compared with itself was called better or worse. */
export interface FalseAlarms {
  readonly name: string
  readonly runs: number
  readonly alarms: number
  readonly rate: number
  /** How often the interval of the (first) difference contained 0. */
  readonly coverage: number
  /** The rate if epochs and clusters were taken for independent samples, where there are some. */
  readonly pooledRate?: number
}

/** How often a true difference was found, and how often `power` says it is. */
export interface FoundEffects {
  readonly name: string
  readonly delta: number
  readonly runs: number
  readonly found: number
  readonly predicted: number
  /** How often the interval contained the true difference. */
  readonly coverage: number
}

/** What the simulations gave. */
export interface StatisticsResults {
  readonly measuredAt: string
  readonly machine: Machine
  readonly alpha: number
  readonly falseAlarms: readonly FalseAlarms[]
  readonly effects: readonly FoundEffects[]
}

const alpha = 0.05
const alarmRuns = 1000
const effectRuns = 3000

/** Simulates comparisons with the packed `@evals/core/stats` that is installed in `project`. */
export async function measureStatistics(project: string): Promise<StatisticsResults> {
  const entry = join(project, 'node_modules/@evals/core/dist/stats.js')
  const statistics = (await import(pathToFileURL(entry).href)) as typeof Statistics
  const falseAlarms: FalseAlarms[] = []
  for (const simulation of simulations) falseAlarms.push(await countAlarms(statistics, simulation))
  return {
    measuredAt: new Date().toISOString(),
    machine: describeMachine(),
    alpha,
    falseAlarms,
    effects: plantedEffects.map((effect) => countFound(statistics, effect)),
  }
}

async function countAlarms({ compare }: typeof Statistics, simulation: Simulation): Promise<FalseAlarms> {
  const { name, kind } = simulation
  const scorers = {
    aa: Array.from({ length: simulation.scorers }, (_, index) => ({
      name: `s${index}`,
      kind,
      range: [0, 1] as const,
    })),
  }
  let [alarms, covered, pooled, dependent] = [0, 0, 0, false]
  const random = makeRandom(1)
  for (let run = 0; run < alarmRuns; run++) {
    const pairs = simulation.pairs(random)
    const judge = async (results: readonly SimulatedPair[]): Promise<readonly Statistics.ScoreComparison[]> => {
      const side = (which: 'base' | 'other'): Statistics.ComparedSide => ({
        results: results.map((pair) => ({ ...pair, eval: 'aa', outcome: 'scored', scores: pair[which] })),
        scorers,
      })
      return (await compare(side('base'), side('other'), { alpha, seed: run })).scores
    }
    const scores = await judge(pairs)
    const { interval } = scores[0]!.difference!
    if (scores.some(isAlarm)) alarms += 1
    if (interval && interval.lower <= 0 && interval.upper >= 0) covered += 1
    if (pairs.every(({ epoch, cluster }) => epoch === 0 && cluster === undefined)) continue
    dependent = true
    const asIfIndependent = pairs.map(({ base, other }, index) => ({ id: `p${index}`, epoch: 0, base, other }))
    if ((await judge(asIfIndependent)).some(isAlarm)) pooled += 1
  }
  return {
    name,
    runs: alarmRuns,
    alarms,
    rate: alarms / alarmRuns,
    coverage: covered / alarmRuns,
    ...(dependent ? { pooledRate: pooled / alarmRuns } : {}),
  }
}

function isAlarm({ verdict }: Statistics.ScoreComparison): boolean {
  return verdict === 'better' || verdict === 'worse'
}

function countFound({ pairedDifference, power }: typeof Statistics, effect: PlantedEffect): FoundEffects {
  const { name, kind, plan } = effect
  const range = kind === 'binary' ? ([0, 1] as const) : ([-Infinity, Infinity] as const)
  let [found, covered] = [0, 0]
  const random = makeRandom(1)
  for (let run = 0; run < effectRuns; run++) {
    const scores = effect.scores(random)
    const { pValue, difference } = pairedDifference({ kind, range, ...scores }, { level: 1 - alpha, seed: run })!
    const interval = difference.interval!
    if (pValue! <= alpha) found += 1
    if (interval.lower <= plan.delta && interval.upper >= plan.delta) covered += 1
  }
  return {
    name,
    delta: plan.delta,
    runs: effectRuns,
    found: found / effectRuns,
    predicted: power({ ...plan, alpha }),
    coverage: covered / effectRuns,
  }
}
