import { integer, range, table } from '../markdown-table.ts'
import type { Case, OverheadResults, Ratio } from './measure-overhead.ts'
import { renderPeers } from './peers/render-peers.ts'

/** The results as a section of `docs/benchmarks.md`. */
export function renderOverhead({ measuredAt, machine, cases, ratios, kills, peers }: OverheadResults): string {
  const { cpu, cores, memoryGb, system, node, vitest, commit } = machine
  return `## Overhead over bare Vitest

Each sample waits 10 ms, 100 at a time. \`evals\` scores its answer and appends a durable record; bare Vitest runs
\`test.concurrent.for\` over the same rows with the same wait and does nothing else. Each figure is the median of n whole
processes with the least and the greatest, the cases run in turn. CPU is user and system time of all threads. Memory is
the peak of the whole process tree's resident sets, looked at every 20 ms.

Measured ${measuredAt.slice(0, 10)} on ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}, Vitest ${vitest}, commit ${commit}.

${table(
  ['case', 'samples', 'n', 'time in s', 'CPU in s', 'memory in MB', 'records', 'on disk in MB'],
  cases.map(caseRow),
)}

A ratio is taken in each round, and then the median of these.

${table(['ratio', 'to', 'n', 'time', 'CPU', 'goal for time'], ratios.map(ratioRow))}

A run of 10,000 samples is killed with SIGKILL while it goes on. No test that was reported may lack its record.

${table(
  ['tests reported', 'records left', 'torn lines', 'reported, but lost'],
  kills.map(({ reported, records, torn, lost }) => [reported, records, torn, lost].map(integer)),
)}

${renderPeers(peers)}`
}

function caseRow({ subject, samples, wallMs, cpuMs, peakBytes, records, diskBytes }: Case): string[] {
  const seconds = { divisor: 1000, digits: 2 }
  return [
    subject,
    integer(samples),
    integer(wallMs.n),
    range(wallMs, seconds),
    range(cpuMs, seconds),
    range(peakBytes, { divisor: 1e6, digits: 0 }),
    integer(records),
    (diskBytes / 1e6).toFixed(1),
  ]
}

function ratioRow({ of, to, wall, cpu, goal }: Ratio): string[] {
  const plain = { divisor: 1, digits: 2 }
  const wanted = goal === undefined ? '' : `≤ ${goal}: ${wall.median <= goal ? 'met' : 'missed'}`
  return [of, to, integer(wall.n), range(wall, plain), range(cpu, plain), wanted]
}
