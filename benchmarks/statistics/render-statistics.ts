import { integer, table } from '../markdown-table.ts'
import type { FalseAlarms, FoundEffects, StatisticsResults } from './measure-statistics.ts'

/** A rate of 0.05 comes out above this in 1,000 runs one time in seventy. */
const mostAlarms = 0.065
/** So far from the prediction power may be. */
const powerWithin = 0.03

/** The results as a section of `docs/benchmarks.md`. */
export function renderStatistics({ measuredAt, machine, alpha, falseAlarms, effects }: StatisticsResults): string {
  return `## Statistics

Simulated scores, judged by \`compare\` of \`@evals/core/stats\`; nothing is timed. *Covered*: how often the interval of the
difference contained the true one, of 95 % intended. *Pooled*: the rate of false alarms that clusters and epochs
would give if each score were taken for an independent sample, which \`compare\` does not.

Simulated ${measuredAt.slice(0, 10)} with Node ${machine.node}, commit ${machine.commit}; the seeds are fixed, so a repetition gives the same.

A system compared with itself, and how often it was called better or worse at α = ${alpha}:

${table(['scores', 'runs', 'false alarms', 'covered', 'pooled', `goal ≤ ${percent(mostAlarms)}`], falseAlarms.map(alarmRow))}

A true difference, how often it was found, and what \`power\` predicts:

${table(
  ['scores', 'difference', 'runs', 'found', 'predicted', 'covered', 'goal: within 3 points'],
  effects.map(effectRow),
)}
`
}

function alarmRow({ name, runs, rate, coverage, pooledRate }: FalseAlarms): string[] {
  const pooled = pooledRate === undefined ? '–' : percent(pooledRate)
  return [name, integer(runs), percent(rate), percent(coverage), pooled, verdict(rate <= mostAlarms)]
}

function effectRow({ name, delta, runs, found, predicted, coverage }: FoundEffects): string[] {
  const isNear = Math.abs(found - predicted) <= powerWithin
  return [name, String(delta), integer(runs), percent(found), percent(predicted), percent(coverage), verdict(isNear)]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : '**missed**'
}
