import { integer, range, table } from '../markdown-table.ts'
import type { ExperimentsResults, StoreCase } from './measure-experiments.ts'
import type { ResumeCase } from './measure-resume.ts'
import { renderKills } from './render-kills.ts'

/** The results as a section of `docs/benchmarks.md`. */
export function renderExperiments({ measuredAt, machine, cases, resume, kills }: ExperimentsResults): string {
  const { cpu, cores, memoryGb, system, node, commit } = machine
  const find = (work: StoreCase['work'], store: string, count: number): StoreCase =>
    cases.find((one) => one.work === work && one.store === store && one.count === count)!
  const bare = find('bare', 'json', 100_000)
  const goals = ['json', 'sqlite'].flatMap((store) => {
    const [append, small, large] = [
      find('append', store, 100_000),
      find('scan', store, 10_000),
      find('scan', store, 100_000),
    ]
    const perRecordUs = (append.ms.median / append.count) * 1000
    const listMs = find('list', store, 1000).ms.median
    const resumedMb = find('evaluate', store, 100_000).peakBytes.median / 1e6
    return [
      [`${store}: append, µs a record`, perRecordUs.toFixed(1), `≤ 50: ${verdict(perRecordUs <= 50)}`],
      [`${store}: append, to the bare loop`, (append.ms.median / bare.ms.median).toFixed(2), ''],
      [
        `${store}: memory of reading 100,000 records, to 10,000`,
        ratio(large.peakBytes.median, small.peakBytes.median),
        '',
      ],
      [`${store}: time of reading 100,000 records, to 10,000`, ratio(large.ms.median, small.ms.median), ''],
      [
        `${store}: \`evaluate\` on a finished experiment of 100,000 samples, MB`,
        resumedMb.toFixed(0),
        `≤ 400: ${verdict(resumedMb <= 400)}`,
      ],
      [`${store}: list of 1,000 experiments, ms`, listMs.toFixed(0), `≤ 500: ${verdict(listMs <= 500)}`],
    ]
  })
  return `## Experiment stores

\`append\` is done with a hundred records in progress, of about 900 bytes each, without the \`fsync\` that follows within a
second; the bare loop makes the same lines and writes each with one call. Time is that of the work alone, memory the peak
of the whole process; each figure is the median of n processes with the least and the greatest, the cases run in turn.

Measured ${measuredAt.slice(0, 10)} on ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}, commit ${commit}.

${table(
  ['work', 'store', 'records or experiments', 'n', 'time in ms', 'memory in MB'],
  cases.map(({ work, store, count, ms, peakBytes }) => [
    work === 'bare' ? 'bare loop' : work,
    work === 'bare' ? '–' : store,
    integer(count),
    integer(ms.n),
    range(ms, { divisor: 1, digits: 0 }),
    range(peakBytes, { divisor: 1e6, digits: 0 }),
  ]),
)}

${table(['figure', 'value', 'goal'], goals)}

${renderResume(resume)}

${renderKills(kills)}`
}

function renderResume({ samples, bare, resumed }: ResumeCase): string {
  const moreMs = resumed.wallMs.median - bare.wallMs.median
  const moreMb = (resumed.peakBytes.median - bare.peakBytes.median) / 1e6
  return `A finished experiment of ${integer(samples)} samples run again with \`vitest run\`, which keeps all of them, and as many
Vitest tests that do nothing, in turn; whole processes.

${table(
  ['Vitest', 'n', 'time in s', 'memory in MB'],
  [['bare tests', bare] as const, ['kept samples', resumed] as const].map(([name, { wallMs, peakBytes }]) => [
    name,
    integer(wallMs.n),
    range(wallMs, { divisor: 1000, digits: 1 }),
    range(peakBytes, { divisor: 1e6, digits: 0 }),
  ]),
)}

${table(
  ['more than bare tests', 'value', 'goal'],
  [
    ['time in s', (moreMs / 1000).toFixed(1), `< 3: ${verdict(moreMs < 3000)}`],
    ['memory in MB', moreMb.toFixed(0), `< 150: ${verdict(moreMb < 150)}`],
  ],
)}`
}

function ratio(of: number, to: number): string {
  return (of / to).toFixed(2)
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'missed'
}
