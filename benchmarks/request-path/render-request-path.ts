import { integer, range, table } from '../markdown-table.ts'
import type { Spread } from '../spread.ts'
import type { CpuCost, Efficiency, MemoryReading } from './engine-cost.ts'
import type { FrameworkRun } from './frameworks.ts'
import type { RequestPathResults } from './measure-request-path.ts'
import type { ScenarioCase } from './scenario-case.ts'

/** The results as a section of `docs/benchmarks.md`. */
export function renderRequestPath(results: RequestPathResults): string {
  const { measuredAt, machine, engine, others, frameworks, cpu, efficiency, memory } = results
  const { cpu: processor, cores, memoryGb, system, node, commit } = machine
  return `## The request path

Model calls over HTTP to the simulated server of \`fixtures/model-server\`, which runs in a process of its own on the same
machine, as does each client; all times are a tenth of real ones, but where it says so. A client is warmed up by 1,000
calls, then forgets what it learned of the server, and gets all calls at once. *Ratio* is the time by the least that any
client could need. Each figure is the median of n runs with the least and the greatest. *Settled* is the median of the
most calls in flight in each tenth of a second, without the first and the last second. The scenarios that a rate limits
use hardly any CPU and run side by side; \`faulty\` has at most 100 connections. \`four-files\` are four eval files in four
Vitest workers, cold, with Vitest's own CPU.

Measured ${measuredAt.slice(0, 10)} on ${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}, commit ${commit}.

${table([...scenarioHead, 'goals'], engine.map(engineRow))}

The same server and what people write: so many calls at once with p-limit, each in p-retry with its own settings, but waits
a tenth as long, as all times here are; what is not answered after 30 s is given up. \`all calls at once\` is the least
that this machine can take. \`evals-fetch\` and \`openai-compatible\` are our own engine with more around it. From \`cap-6\`
on they ran side by side.

${table(['scenario', 'client', ...scenarioHead.slice(1)], others.map(otherRow))}

Frameworks with their own settings, cold, one file of 100 calls to the server of \`cap-40\`, from the first call to the last
answer. A task of the others calls through p-retry.

${table(['framework', 'ratio', 'refusals', 'in flight', 'answered'], frameworks.map(frameworkRow))}

CPU of a warm client's process per call with answers that come at once, 64 at a time. \`bare\` is a loop over
\`undici.fetch\`, \`evals\` the engine around that, \`evals-fetch\` the \`fetch\` of \`@evals/providers\`, \`openai-compatible\` the
provider with OpenAI's client in it.

${table(['client', 'n', 'CPU in ms per call', 'by that of bare', 'goal'], cpu.map(cpuRow))}

${renderEfficiency(efficiency)}

${renderMemory(memory)}
`
}

const scenarioHead = [
  'scenario',
  'n',
  'time in s',
  'ratio',
  'refusals',
  'in flight after 1 s',
  'settled',
  'answered once',
  'CPU in ms per call',
]

function engineRow(row: ScenarioCase): string[] {
  const goals = row.goals.map(
    ({ text, value, isMet }) =>
      `${text} (${value === undefined ? '–' : Number(value.toFixed(3))}): ${isMet ? 'met' : '**missed**'}`,
  )
  return [`\`${row.scenario}\`: ${row.description}`, ...figureCells(row), goals.join('<br>')]
}

function otherRow(row: ScenarioCase): string[] {
  return [`\`${row.scenario}\``, row.client, ...figureCells(row)]
}

function figureCells({ calls, figures }: ScenarioCase): string[] {
  const { ms, ratio, refusals, maxInFlightAfterFirstSecond, settledInFlight, answeredOnce, cpuMsPerCall } = figures
  return [
    integer(ms?.n ?? 0),
    cell(ms, 2, 1000),
    cell(ratio, 2),
    cell(refusals, 0),
    cell(maxInFlightAfterFirstSecond, 0),
    cell(settledInFlight, 0),
    `${cell(answeredOnce, 0)} of ${integer(calls)}`,
    cell(cpuMsPerCall, 2),
  ]
}

/** What all runs agree on is one number. */
function cell(spread: Spread | undefined, digits: number, divisor = 1): string {
  if (spread === undefined) return '–'
  if (spread.min === spread.max) return (spread.median / divisor).toFixed(digits)
  return range(spread, { divisor, digits })
}

function frameworkRow({ name, version, run, leftOut }: FrameworkRun): string[] {
  const title = version === undefined ? name : `${name} ${version}`
  if (run === undefined) return [title, `left out: ${leftOut}`, '', '', '']
  const { ratio = Number.NaN, refusals, maxInFlight, answeredOnce, calls } = run
  return [title, ratio.toFixed(2), integer(refusals), integer(maxInFlight), `${answeredOnce} of ${calls}`]
}

function cpuRow({ client, cpuMsPerCall, ratioToBare }: CpuCost): string[] {
  const goal = client === 'evals' ? `≤ 2: ${ratioToBare.median <= 2 ? 'met' : '**missed**'}` : ''
  return [client, integer(cpuMsPerCall.n), cell(cpuMsPerCall, 2), cell(ratioToBare, 2), goal]
}

function renderEfficiency({ calls, connections, answerMs, ms, efficiency }: Efficiency): string {
  const goal = `≥ 85 %: ${efficiency >= 0.85 ? 'met' : '**missed**'}`
  return `${integer(calls)} calls of ${answerMs / 1000} s over at most ${integer(connections)} connections took ${(ms / 1000).toFixed(1)} s, start and all:
${(efficiency * 100).toFixed(0)} % of ${integer(connections)} times one connection (${goal}).`
}

/** So much may be noise of the allocator and compiled code. */
const flatWithin = 1.1

function renderMemory(readings: readonly MemoryReading[]): string {
  const [first, last] = [readings[0]!, readings.at(-1)!]
  const isFlat = last.residentBytes <= first.residentBytes * flatWithin
  const figures = readings.map(
    ({ calls, residentBytes, heapBytes }) =>
      `after ${integer(calls)} calls ${(residentBytes / 1e6).toFixed(0)} MB resident, ${(heapBytes / 1e6).toFixed(1)} MB of them heap`,
  )
  return `Memory of \`evals\` in that loop, garbage collected: ${figures.join('; ')} (flat within ${Math.round((flatWithin - 1) * 100)} %: ${isFlat ? 'met' : '**missed**'}).`
}
