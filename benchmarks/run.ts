// Measures the built packages: `pnpm bench [PART …] [--full]`; without names all parts run. Linux only.
// With `--full` the part `overhead` runs the other frameworks under all loads, which takes hours.
// Writes `benchmarks/results/<part>.json` and makes `docs/benchmarks.md` from all of these.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureExperiments, type ExperimentsResults } from './experiments/measure-experiments.ts'
import * as experimentsProject from './experiments/program.ts'
import { renderExperiments } from './experiments/render-experiments.ts'
import { measureOverhead, type OverheadResults } from './overhead/measure-overhead.ts'
import { files } from './overhead/projects.ts'
import { renderOverhead } from './overhead/render-overhead.ts'
import { installPackedProject, writeFiles } from './packed-project.ts'
import { measureRequestPath, type RequestPathResults } from './request-path/measure-request-path.ts'
import * as requestPathProject from './request-path/project-files.ts'
import { renderRequestPath } from './request-path/render-request-path.ts'
import { measureStartup, type StartupResults } from './startup/measure-startup.ts'
import { renderStartup } from './startup/render-startup.ts'
import { measureStatistics, type StatisticsResults } from './statistics/measure-statistics.ts'
import { renderStatistics } from './statistics/render-statistics.ts'

interface Part {
  readonly files: Readonly<Record<string, string>>
  /** What else npm installs: name → version. */
  readonly dependencies?: Readonly<Record<string, string>>
  /** Measures in a project that has all these and the packed packages; returns what JSON can hold. */
  measure(project: string, isFull: boolean): Promise<unknown>
  /** Makes a section of Markdown from what `measure` returned. */
  render(results: unknown): string
}

const parts: Readonly<Record<string, Part>> = {
  overhead: {
    files,
    measure: measureOverhead,
    render: (results) => renderOverhead(results as OverheadResults),
  },
  startup: {
    files: {},
    measure: measureStartup,
    render: (results) => renderStartup(results as StartupResults),
  },
  'request-path': {
    files: requestPathProject.files,
    dependencies: requestPathProject.dependencies,
    measure: measureRequestPath,
    render: (results) => renderRequestPath(results as RequestPathResults),
  },
  experiments: {
    files: experimentsProject.files,
    measure: measureExperiments,
    render: (results) => renderExperiments(results as ExperimentsResults),
  },
  statistics: {
    files: {},
    measure: measureStatistics,
    render: (results) => renderStatistics(results as StatisticsResults),
  },
}

const root = join(import.meta.dirname, '..')
const resultsFolder = join(import.meta.dirname, 'results')
const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { full: { type: 'boolean', default: false } },
})
for (const name of asked) assert(name in parts, `There is no part "${name}". Known: ${Object.keys(parts).join(', ')}.`)

for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-bench-'))
  installPackedProject(folder.path, part.dependencies)
  writeFiles(folder.path, part.files)
  const results = await part.measure(folder.path, values.full)
  mkdirSync(resultsFolder, { recursive: true })
  writeFileSync(resultsFile(name), `${JSON.stringify(results, undefined, 2)}\n`)
  console.log(part.render(results))
}

const sections = Object.entries(parts)
  .filter(([name]) => existsSync(resultsFile(name)))
  .map(([name, part]) => part.render(JSON.parse(readFileSync(resultsFile(name), 'utf8'))))
const head = '# Benchmarks\n\nMade by `pnpm bench` from `benchmarks/results`; do not edit it by hand.\n'
writeFileSync(join(root, 'docs/benchmarks.md'), [head, ...sections].join('\n'))

function resultsFile(part: string): string {
  return join(resultsFolder, `${part}.json`)
}
