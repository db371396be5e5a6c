import { startModelServer, type Scenario, type Stats } from '../../fixtures/model-server/src/index.ts'
import { runClient, type ClientName, type ClientResult } from './run-client.ts'

/** One run of a client through a scenario. */
export interface ScenarioRun {
  readonly ms: number
  /** Time by the least that any client could need; absent where faults decide. */
  readonly ratio?: number
  readonly calls: number
  /** 429s. */
  readonly refusals: number
  readonly answeredOnce: number
  readonly answeredMoreThanOnce: number
  /** Calls that failed for good, with the first different reasons. */
  readonly failed: number
  readonly errors: readonly string[]
  readonly callsWhileDown: number
  readonly maxInFlight: number
  readonly maxInFlightAfterFirstSecond: number
  /** Median of the most calls in flight in each tenth of a second, without the first and the last second. */
  readonly settledInFlight?: number
  /** From the end of the server's outage until all connections are in use again, or until the run's end. */
  readonly backAfterMs?: number
  /** User and system time of the client's process. */
  readonly cpuMsPerCall: number
}

/** Who makes the calls of a scenario. */
export interface Subject {
  readonly client: ClientName
  /** Calls at once, where the client does not find that out itself. */
  readonly concurrency?: number
  /** What is not answered then counts as failed. */
  readonly giveUpAfterMs?: number
}

/** Runs one client through a scenario, against a server and in a process of its own. */
export async function runScenario(project: string, scenario: Scenario, subject: Subject): Promise<ScenarioRun> {
  await using server = await startModelServer()
  const prompts = Array.from({ length: scenario.calls }, (_, index) => scenario.prompt(index))
  const result = await runClient(project, {
    ...subject,
    url: server.url,
    server: scenario.server,
    maxConnections: scenario.client?.maxConnections,
    timeoutMs: scenario.client?.timeoutMs,
    prompts,
  })
  return summarizeRun(scenario, await server.stats(), result)
}

/** What a run says, from the side of the server and of the client. */
export function summarizeRun(scenario: Scenario, stats: Stats, result: ClientResult): ScenarioRun {
  const { calls } = scenario
  const { ms, cpuMs, failed, errors } = result
  const boundMs = scenario.boundMs?.(calls)
  const settledInFlight = settled(stats)
  const backAfterMs = backAfter(scenario, stats)
  return {
    ms: Math.round(ms),
    ...(boundMs === undefined ? {} : { ratio: Number((ms / boundMs).toFixed(3)) }),
    calls,
    refusals: stats.refusals.total,
    answeredOnce: stats.prompts.answeredOnce,
    answeredMoreThanOnce: stats.prompts.answeredMoreThanOnce,
    failed,
    errors,
    callsWhileDown: stats.callsWhileDown,
    maxInFlight: stats.maxInFlight,
    maxInFlightAfterFirstSecond: stats.maxInFlightAfterFirstSecond,
    ...(settledInFlight === undefined ? {} : { settledInFlight }),
    ...(backAfterMs === undefined ? {} : { backAfterMs }),
    cpuMsPerCall: Number((cpuMs / calls).toFixed(3)),
  }
}

function settled({ timeline }: Stats): number | undefined {
  const second = 1000 / timeline.bucketMs
  const middle = timeline.maxInFlight.slice(second, -second).toSorted((a, b) => a - b)
  return middle[Math.floor(middle.length / 2)]
}

function backAfter({ server, client }: Scenario, { timeline }: Stats): number | undefined {
  if (server.downToMs === undefined || client?.maxConnections === undefined) return undefined
  const { maxConnections } = client
  const end = server.downToMs / timeline.bucketMs
  const back = timeline.maxInFlight.findIndex((inFlight, bucket) => bucket >= end && inFlight >= maxConnections)
  return ((back === -1 ? timeline.maxInFlight.length : back + 1) - end) * timeline.bucketMs
}
