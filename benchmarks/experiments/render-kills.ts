import type { BrokenPromise } from '../../test/kills/experiment-ledger.ts'
import type { KillReport } from '../../test/kills/kill-runs.ts'
import { integer, table } from '../markdown-table.ts'

const promises: Readonly<Record<BrokenPromise, string>> = {
  lost: 'finished records or stored answers lost',
  duplicated: 'records duplicated',
  'left out': 'samples left out',
  wrong: 'records that tell something else than what was answered',
  'call repeated': 'scored samples for which a model was called again',
  'answer repeated': 'answered samples whose answer was asked for again',
}

/** What came of runs that were killed, as a part of the section on experiment stores. */
export function renderKills({
  kills,
  experiments,
  records,
  torn,
  callsCutOff,
  answersKept,
  broken,
}: KillReport): string {
  return `Runs of \`evaluate\` on \`json://\` are killed with SIGKILL at random instants and begun again until their experiment
is completed: 60 samples twice, 8 in progress, task and scorer each call a model that counts its calls in another process.

${table(
  ['killed runs', ''],
  [
    ['runs killed while they went on', integer(kills)],
    ['experiments completed', integer(experiments)],
    ['records, of an answer and a score for each sample', integer(records)],
    ['torn lines', integer(torn)],
    ['calls in progress at a kill, made again', integer(callsCutOff)],
    ['answers stored without a score at a kill, and scored', integer(answersKept)],
    ...Object.entries(promises).map(([what, meaning]) => [
      meaning,
      `${integer(broken.filter((one) => one.what === what).length)} (goal: 0)`,
    ]),
  ],
)}
`
}
