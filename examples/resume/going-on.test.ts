import { startModelServer, type ModelServer } from '@evals/model-server'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evalsOf } from '../run-evals.ts'
import { capitals } from './capitals.ts'

const evals = evalsOf(import.meta.dirname)
let server: ModelServer

beforeAll(async () => {
  server = await startModelServer({ latencyMs: 100 })
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  evals.remove()
})

test('a run that was killed goes on, and pays for nothing twice', async () => {
  const killed = evals.start(toServer())
  while ((await server.stats()).answered < 9) await sleep(20)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const finished = scored()
  // Three calls at a time: of nine answers six are recorded at least.
  expect(finished.length).toBeGreaterThanOrEqual(6)
  expect(finished.length).toBeLessThan(capitals.length)

  await server.reset()
  const { document } = await evals.run(toServer())
  expect(scored()).toHaveLength(capitals.length)
  expect(new Set(scored().map(({ id }) => id)).size).toBe(capitals.length)
  expect((await server.stats()).answered).toBe(capitals.length - finished.length)
  expect(document).toMatchObject({
    status: 'completed',
    evals: { 'capitals.eval.ts > capitals': { samples: { total: 30, scored: 30 }, verdict: true } },
  })
}, 60_000)

test('a run of a finished experiment asks nothing', async () => {
  await server.reset()
  await evals.run(toServer())
  expect((await server.stats()).requests).toBe(0)
  expect(scored()).toHaveLength(capitals.length)
}, 60_000)

function toServer() {
  return { environment: { OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'simulated' } }
}

function scored() {
  return evals.readRecords('test').filter(({ outcome }) => outcome === 'scored')
}
