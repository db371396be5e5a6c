import { startModelServer, type ModelServer } from '@evals/model-server'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SampleRecord } from 'vitest-plugin-evals'
import { capitals } from './capitals.ts'

const folder = mkdtempSync(join(tmpdir(), 'resume-'))
let server: ModelServer

beforeAll(async () => {
  server = await startModelServer({ latencyMs: 100 })
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

test('a run that was killed goes on, and pays for nothing twice', async () => {
  const killed = startRun()
  while ((await server.stats()).answered < 9) await sleep(20)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const finished = scored()
  // Three calls at a time: of nine answers six are recorded at least.
  expect(finished.length).toBeGreaterThanOrEqual(6)
  expect(finished.length).toBeLessThan(capitals.length)

  await server.reset()
  expect(await exitCode(startRun())).toBe(0)
  expect(scored()).toHaveLength(capitals.length)
  expect(new Set(scored().map(({ id }) => id)).size).toBe(capitals.length)
  expect((await server.stats()).answered).toBe(capitals.length - finished.length)
  expect(JSON.parse(readFileSync(join(folder, 'experiments/prod/experiment.json'), 'utf8'))).toMatchObject({
    status: 'completed',
    evals: { 'capitals.eval.ts > capitals': { samples: { total: 30, scored: 30 }, verdict: true } },
  })
}, 60_000)

test('a run of a finished experiment asks nothing', async () => {
  await server.reset()
  expect(await exitCode(startRun())).toBe(0)
  expect((await server.stats()).requests).toBe(0)
  expect(scored()).toHaveLength(capitals.length)
}, 60_000)

/** Begins the experiment `prod`, or goes on with it. */
function startRun() {
  const vitest = join(import.meta.dirname, 'node_modules/vitest/vitest.mjs')
  const options = ['--storage', `json://${folder}`, '--experiment', 'prod']
  return spawn(process.execPath, [vitest, 'run', '--project', 'evals', '--', ...options], {
    cwd: import.meta.dirname,
    env: { ...process.env, OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'simulated' },
    stdio: 'ignore',
  })
}

async function exitCode(run: ReturnType<typeof startRun>): Promise<number> {
  const [code] = (await once(run, 'exit')) as [number]
  return code
}

/** The samples that are recorded with a score. */
function scored(): SampleRecord[] {
  const paths = globSync(join(folder, 'experiments/prod/records/*.jsonl'))
  // After the last line break there is nothing, or half a line that a killed run has left and that counts for nothing.
  const lines = paths.flatMap((path) => readFileSync(path, 'utf8').split('\n').slice(0, -1))
  return lines.map((line) => JSON.parse(line) as SampleRecord).filter(({ outcome }) => outcome === 'scored')
}
