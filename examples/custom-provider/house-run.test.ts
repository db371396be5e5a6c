import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SampleRecord } from 'vitest-plugin-evals'

const folder = mkdtempSync(join(tmpdir(), 'custom-provider-'))
let log: string
let records: SampleRecord[]

beforeAll(() => {
  const vitest = join(import.meta.dirname, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--project', 'evals', '--', '--storage', `json://${folder}`]
  log = spawnSync(process.execPath, args, { cwd: import.meta.dirname, encoding: 'utf8' }).stderr
  const paths = globSync(join(folder, 'experiments/*/records/*.jsonl'))
  const lines = paths.flatMap((path) => readFileSync(path, 'utf8').trim().split('\n'))
  records = lines.map((line) => JSON.parse(line) as SampleRecord)
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true }))

test('the machines are started once, and given back', () => {
  expect(log.match(/(?<=Model provider "house": ).+/g)).toEqual([
    '2 machines serve loud-1',
    '2 machines are given back',
  ])
})

test('all samples are answered and right, with tokens and cost', () => {
  const right = { outcome: 'scored', scores: { exactMatch: { value: 1 } }, model: 'house:loud-1' }
  expect(records).toMatchObject(Array.from({ length: 8 }, () => right))
  const calls = records.flatMap((record) => record.calls)
  const tokens = calls.reduce((sum, { usage }) => sum + usage.inputTokens! + usage.outputTokens!, 0)
  expect([calls.length, tokens]).toEqual([8, 30])
  expect(calls.reduce((sum, { costUsd }) => sum + costUsd!, 0)).toBeCloseTo(15 * 1e-6 + 15 * 2e-6, 12)
})

test('each machine has refused a call, which was made again after the wait it asked for', () => {
  expect(records.filter(({ calls }) => calls[0]!.retries === 1)).toHaveLength(2)
  expect(records.filter(({ calls }) => calls[0]!.retries === 0)).toHaveLength(6)
})
