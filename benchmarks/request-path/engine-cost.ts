import { startModelServer, type ServerOptions } from '../../fixtures/model-server/src/index.ts'
import { spreadOf, type Spread } from '../spread.ts'
import { runClient, runLoops, type ClientName, type LoopReading } from './run-client.ts'

/** CPU of one client by that of a bare loop over the same calls. */
export interface CpuCost {
  readonly client: ClientName
  readonly cpuMsPerCall: Spread
  /** Taken in each round. */
  readonly ratioToBare: Spread
}

/** Memory after a collection, once so many calls are over. */
export interface MemoryReading {
  readonly calls: number
  readonly residentBytes: number
  readonly heapBytes: number
}

/** A whole run with many connections. */
export interface Efficiency {
  readonly calls: number
  readonly connections: number
  readonly answerMs: number
  readonly ms: number
  /** Least time with so many connections by the time it took, the start included. */
  readonly efficiency: number
}

const loops = 64

/** CPU per call of each client, in fresh processes that are warm; the rounds go through all clients in turn. */
export async function measureCpu(project: string, clients: readonly ClientName[], rounds: number): Promise<CpuCost[]> {
  const costs = new Map<ClientName, number[]>([...clients, 'bare' as const].map((client) => [client, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [client, done] of costs) {
      const [reading] = await callFast(project, client, { warmUp: 1000, readAt: [3000] })
      done.push(reading!.cpuMs / reading!.calls)
    }
  }
  const bare = costs.get('bare')!
  return [...costs].map(([client, done]) => ({
    client,
    cpuMsPerCall: spreadOf(done.map((ms) => Number(ms.toFixed(3)))),
    ratioToBare: spreadOf(done.map((ms, round) => Number((ms / bare[round]!).toFixed(2)))),
  }))
}

/** Memory of the engine after some and after many calls. */
export async function measureMemory(project: string, readAt: readonly number[]): Promise<MemoryReading[]> {
  const readings = await callFast(project, 'evals', { warmUp: 0, readAt })
  return readings.map(({ residentBytes, heapBytes }, index) => ({ calls: readAt[index]!, residentBytes, heapBytes }))
}

/** How much of its connections the engine uses when answers are slow, from a cold start. */
export async function measureEfficiency(
  project: string,
  { calls, connections, answerMs }: { calls: number; connections: number; answerMs: number },
): Promise<Efficiency> {
  await using server = await startModelServer()
  const prompts = Array.from({ length: calls }, (_, index) => `Question ${index}`)
  const options: ServerOptions = { latencyMs: answerMs }
  const job = { client: 'evals', url: server.url, maxConnections: connections, server: options, prompts } as const
  const { ms } = await runClient(project, job)
  const leastMs = (calls * answerMs) / connections
  return { calls, connections, answerMs, ms: Math.round(ms), efficiency: Number((leastMs / ms).toFixed(3)) }
}

async function callFast(
  project: string,
  client: ClientName,
  counts: { warmUp: number; readAt: readonly number[] },
): Promise<LoopReading[]> {
  await using server = await startModelServer()
  const readings = await runLoops(project, { client, url: server.url, loops, ...counts })
  return readings
}
