import { integer, range, table } from '../markdown-table.ts'
import { sizeOf } from './installed-size.ts'
import type { StartupCase, StartupResults } from './measure-startup.ts'

const goals = { ratio: 1.25, packages: 25, megabytes: 12 }

/** The results as a section of `docs/benchmarks.md`. */
export function renderStartup({ measuredAt, machine, cases, vitest, added }: StartupResults): string {
  const { cpu, cores, memoryGb, system, node, vitest: vitestVersion, commit } = machine
  const { packages, bytes } = sizeOf(added)
  return `## Start and install

One process from its start to its end: \`vitest run\` with one plain test, where only Vitest is installed;
\`vitest run --project evals\` with one eval of one sample and a scorer; \`vitest run\` with the plain test in that second
project, whose evals nobody asks for. Each figure is the median of n runs with the least and the greatest, the cases run
in turn. The ratio is taken in each round, and then the median of these.

Measured ${measuredAt.slice(0, 10)} on ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}, Vitest ${vitestVersion}, commit ${commit}.

${table(['case', 'n', 'time in ms', 'CPU in ms', 'memory in MB', 'to plain Vitest', 'goal'], cases.map(caseRow))}

What \`npm install\` puts into an empty folder, by the sizes of the files:

${table(
  ['installed', 'packages', 'MB', 'goal'],
  [
    ['Vitest with Vite', integer(vitest.packages), megabytes(vitest.bytes), ''],
    [
      '`vitest-plugin-evals` adds',
      integer(packages),
      megabytes(bytes),
      `≤ ${goals.packages} packages: ${verdict(packages <= goals.packages)}<br>≤ ${goals.megabytes} MB: ${verdict(bytes / 1e6 <= goals.megabytes)}`,
    ],
  ],
)}

These are ${added.map(({ path, bytes: own }) => `${path} (${megabytes(own)})`).join(', ')}.
`
}

function caseRow({ name, wallMs, cpuMs, peakBytes, ratio }: StartupCase): string[] {
  const whole = { divisor: 1, digits: 0 }
  return [
    name,
    integer(wallMs.n),
    range(wallMs, whole),
    range(cpuMs, whole),
    range(peakBytes, { divisor: 1e6, digits: 0 }),
    range(ratio, { divisor: 1, digits: 2 }),
    name === 'evals' ? `≤ ${goals.ratio}: ${verdict(ratio.median <= goals.ratio)}` : '',
  ]
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2)
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : '**missed**'
}
