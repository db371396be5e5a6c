import type { Measurement } from '../../measured-process.ts'
import { spreadOf, type Spread } from '../../spread.ts'
import type { Load } from '../load.ts'
import { evalite } from './evalite.ts'
import { installPeer, type InstalledPeer } from './install-peers.ts'
import { ownTools } from './own-tools.ts'
import { promptfoo } from './promptfoo.ts'
import { killTool, runTool, type FinishedRun, type InstalledTool, type ToolKill, type ToolRun } from './run-tool.ts'
import { vitestEvals } from './vitest-evals.ts'
import { viteval } from './viteval.ts'

/** One tool under one load: figures of several runs, or why there are none. */
export interface ToolCase {
  readonly tool: string
  readonly load: Load
  readonly figures?: {
    readonly wallMs: Spread
    readonly cpuMs: Spread
    readonly peakBytes: Spread
    /** Wall time by that of `evals`, round by round. */
    readonly toEvals: Spread
    readonly records: number
    readonly diskBytes: number
  }
  readonly problem?: string
}

/** Other frameworks beside ours and bare Vitest. */
export interface PeersResults {
  readonly versions: readonly { readonly name: string; readonly version: string; readonly vitest?: string }[]
  readonly leftOut: readonly { readonly name: string; readonly problem: string }[]
  /** A run that takes longer is killed. */
  readonly limitMs: number
  readonly cases: readonly ToolCase[]
  readonly kills: readonly ToolKill[]
}

const peers = [vitestEvals, evalite, viteval, promptfoo]

const leastConcurrency = 5
const loads: readonly Load[] = [
  { samples: 1_000, waitMs: 10, concurrency: 5 },
  { samples: 1_000, waitMs: 10, concurrency: 100 },
  { samples: 1_000, waitMs: 10, concurrency: 1_000 },
  { samples: 10_000, waitMs: 10, concurrency: 100 },
  { samples: 100_000, waitMs: 0, concurrency: 100 },
]
const fullLoads: readonly Load[] = [1_000, 10_000, 100_000].flatMap((samples) =>
  [0, 10].flatMap((waitMs) => [5, 100, 1_000].map((concurrency) => ({ samples, waitMs, concurrency }))),
)

/** Tasks that are over slowly enough for a kill to meet the middle of them. */
const killLoad: Load = { samples: 400, waitMs: 10, concurrency: 5 }

const rounds = 3
/** What took longer than this is not measured again under the same load: the whole part is to take ten minutes. */
const longMs = 8_000

/**
 * Runs all tools under the same loads.
 * @param isFull all loads, and five minutes for each run; else a few loads, a minute for each run, and none that would take
 * longer if each sample took as long as it did when there were fewer
 */
export async function measurePeers(project: string, isFull: boolean): Promise<PeersResults> {
  const installed: InstalledPeer[] = []
  for (const peer of peers) installed.push(await installPeer(peer))
  const runnable = installed.filter(({ problem }) => problem === undefined)
  const tools = [
    ...ownTools.map((tool) => ({ tool, folder: project })),
    ...runnable.flatMap(({ peer, folder }) => peer.tools.map((tool) => ({ tool, folder }))),
  ]
  const limitMs = (isFull ? 5 : 1) * 60_000
  const cases: ToolCase[] = []
  for (const load of isFull ? fullLoads : loads) {
    const fitting = tools.filter(({ tool }) => load.concurrency === leastConcurrency || tool.isSequential !== true)
    const tooLong = fitting.flatMap(({ tool: { name } }) => {
      const problem = isFull ? undefined : whyTooLong(cases, { tool: name, load, limitMs })
      return problem === undefined ? [] : [{ tool: name, load, problem }]
    })
    const tried = fitting.filter(({ tool: { name } }) => !tooLong.some(({ tool }) => tool === name))
    cases.push(...(await measureLoad(tried, load, limitMs)), ...tooLong)
  }
  const kills: ToolKill[] = []
  for (const tool of tools.filter(({ tool: { name } }) => name !== 'bare Vitest'))
    kills.push(await killTool(tool, killLoad))
  return {
    versions: runnable.map(({ peer: { name }, version, vitest }) => ({ name, version, ...(vitest && { vitest }) })),
    leftOut: installed.flatMap(({ peer: { name }, problem }) => (problem === undefined ? [] : [{ name, problem }])),
    limitMs,
    cases,
    kills,
  }
}

/** Runs the tools in turn, so that whatever else the machine does meets all of them alike. */
async function measureLoad(tools: readonly InstalledTool[], load: Load, limitMs: number): Promise<ToolCase[]> {
  const runs = new Map(tools.map((tool) => [tool, [] as ToolRun[]]))
  const evals = [...runs.values()][0]!
  for (let round = 1; round <= rounds; round += 1) {
    for (const [tool, done] of runs) {
      const last = done.at(-1)
      if (last !== undefined && ('problem' in last || last.wallMs > longMs)) continue
      // There is nothing to compare it with where `evals` took long.
      if (done !== evals && done.length === evals.length) continue
      const run = await runTool(tool, load, limitMs)
      done.push(run)
      const { samples, waitMs, concurrency } = load
      const result = 'problem' in run ? run.problem : `${Math.round(run.wallMs)} ms`
      console.log(`${samples} samples of ${waitMs} ms, ${concurrency} at once: ${tool.tool.name} ${result}`)
    }
  }
  const base = measured(evals)
  return [...runs].map(([{ tool }, done]) => summarize({ tool: tool.name, load }, done, base))
}

function summarize(
  key: Pick<ToolCase, 'tool' | 'load'>,
  runs: readonly ToolRun[],
  base: readonly FinishedRun[],
): ToolCase {
  const failed = runs.find((run) => 'problem' in run)
  if (failed !== undefined) return { ...key, problem: failed.problem }
  const done = measured(runs)
  const spread = (figure: keyof Measurement): Spread => spreadOf(done.map((run) => Math.round(run[figure])))
  const { records, diskBytes } = done.at(-1)!
  return {
    ...key,
    figures: {
      wallMs: spread('wallMs'),
      cpuMs: spread('cpuMs'),
      peakBytes: spread('peakBytes'),
      toEvals: spreadOf(done.map(({ wallMs }, round) => Number((wallMs / base[round]!.wallMs).toFixed(3)))),
      records,
      diskBytes,
    },
  }
}

function measured(runs: readonly ToolRun[]): FinishedRun[] {
  return runs.filter((run): run is FinishedRun => !('problem' in run))
}

/** Why a tool would not finish in time, seen from its longest run with fewer samples. */
function whyTooLong(
  cases: readonly ToolCase[],
  { tool, load, limitMs }: { readonly tool: string; readonly load: Load; readonly limitMs: number },
): string | undefined {
  const smaller = cases.filter((one) => one.tool === tool && one.load.samples < load.samples).at(-1)
  if (smaller === undefined) return undefined
  const { load: tried, figures, problem } = smaller
  const few = tried.samples.toLocaleString('en')
  if (figures === undefined) return problem?.startsWith('not tried') ? problem : `not tried: ${few} ${problem}`
  const { median } = figures.wallMs
  return median * (load.samples / tried.samples) > limitMs
    ? `not tried: ${few} took ${Math.round(median / 1000)} s`
    : undefined
}
