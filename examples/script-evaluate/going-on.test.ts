import { startModelServer, type ModelServer } from '@evals/model-server'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { evaluateCapitals } from './evaluate-capitals.ts'

let folder: string
let server: ModelServer

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'script-evaluate-'))
  server = await startModelServer({ latencyMs: 5 })
})

afterEach(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

test('an evaluation that was interrupted goes on, and a complete one asks nothing', async () => {
  const baseURL = `${server.url}/v1`
  const controller = new AbortController()
  let completed = 0
  expect((await server.stats()).answered).toBe(0)
  const first = await evaluateCapitals({
    folder,
    baseURL,
    signal: controller.signal,
    onEvent({ type }) {
      if (type === 'sample.completed' && (completed += 1) === 5) controller.abort()
    },
  })
  expect(first.status).toBe('interrupted')
  const { scored } = first.summary.samples
  expect(scored).toBeGreaterThanOrEqual(5)
  await server.reset()

  const second = await evaluateCapitals({ folder, baseURL })
  expect(second).toMatchObject({
    status: 'completed',
    summary: { samples: { total: 12, scored: 12 }, verdict: true, dataset: { name: 'capitals', samples: 12 } },
  })
  expect((await server.stats()).answered).toBe(12 - scored)
  await server.reset()

  const third = await evaluateCapitals({ folder, baseURL })
  expect(third.summary).toEqual(second.summary)
  expect((await server.stats()).answered).toBe(0)
})
