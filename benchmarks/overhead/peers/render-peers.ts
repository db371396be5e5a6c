import { integer, range, table } from '../../markdown-table.ts'
import type { PeersResults, ToolCase } from './measure-peers.ts'

/** The results as a part of the section on overhead. */
export function renderPeers({ versions, leftOut, limitMs, cases, kills }: PeersResults): string {
  const names = versions.map(({ name, version, vitest }) => `${name} ${version}${vitest ? ` on Vitest ${vitest}` : ''}`)
  const missing = leftOut.map(({ name, problem }) => ` ${name} is left out: it ${problem}.`).join('')
  return `### Beside other frameworks

The same rows, task and exact match in each, written as its documentation shows, with the reporter it recommends, on the
Vitest it supports: ${names.join(', ')}.${missing} evalite has the default storage, and the one in memory; vitest-evals is
told to run concurrently and writes Vitest's JSON report; viteval has no option for concurrency and writes its result file;
promptfoo stores its evals as by default. Bare Vitest runs in threads and scores nothing. A run of more than ${limitMs / 60_000} min is
killed, and what takes long is run once. *To evals* is the time by that of evals in the same round: below 1, evals is
slower, and bold where it is slower than a tool that leaves records. CPU is that of the whole process by the number of samples.

${table(
  [
    'samples',
    'task',
    'at once',
    'tool',
    'n',
    'time in s',
    'to evals',
    'CPU in ms per sample',
    'memory in MB',
    'records',
    'on disk in MB',
  ],
  cases.map(caseRow),
)}

Each is killed with SIGKILL when half of ${integer(kills[0]?.samples ?? 0)} tasks of 10 ms, 5 at once, have returned their answers.

${table(
  ['tool', 'answers returned', 'records left'],
  kills.map(({ tool, answered, records, problem }) => [
    tool,
    problem ?? integer(answered),
    problem === undefined ? integer(records) : '',
  ]),
)}
`
}

function caseRow({ tool, load: { samples, waitMs, concurrency }, figures, problem = '' }: ToolCase): string[] {
  const head = [integer(samples), `${waitMs} ms`, integer(concurrency), tool]
  if (figures === undefined) return [...head, '', problem, '', '', '', '', '']
  const { wallMs, toEvals, cpuMs, peakBytes, records, diskBytes } = figures
  const ratio = range(toEvals, { divisor: 1, digits: 2 })
  return [
    ...head,
    integer(wallMs.n),
    range(wallMs, { divisor: 1000, digits: 2 }),
    tool === 'evals' ? '' : toEvals.median < 1 && records > 0 ? `**${ratio}**` : ratio,
    range(cpuMs, { divisor: samples, digits: 2 }),
    range(peakBytes, { divisor: 1e6, digits: 0 }),
    integer(records),
    (diskBytes / 1e6).toFixed(1),
  ]
}
