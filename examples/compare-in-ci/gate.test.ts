import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'compare-in-ci-'))
let mainCode: number | null

beforeAll(async () => {
  mainCode = await exitCode('gpt-5', ['--experiment', 'main'])
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true }))

test('the main branch is measured', () => {
  expect(mainCode).toBe(0)
  expect(outcome('main')).toMatchObject({ scorers: { numericMatch: { n: 150, mean: expect.closeTo(140 / 150) } } })
})

test.concurrent('a change that made it worse fails', async () => {
  expect(await exitCode('gpt-5-nano', ['--experiment', 'worse', '--baseline', 'main'])).toBe(1)
  expect(outcome('worse')).toMatchObject({
    scorers: { numericMatch: { n: 150, mean: expect.closeTo(120 / 150) } },
    baseline: { baseline: 'main', passed: false, scores: [{ scorer: 'numericMatch', verdict: 'worse' }] },
    verdict: false,
  })
}, 60_000)

test.concurrent('a change of which 150 samples cannot tell passes, and says what they could have seen', async () => {
  expect(await exitCode('gpt-5-mini', ['--experiment', 'other', '--baseline', 'main'])).toBe(0)
  expect(outcome('other')).toMatchObject({
    scorers: { numericMatch: { n: 150, mean: expect.closeTo(135 / 150) } },
    baseline: {
      baseline: 'main',
      passed: true,
      scores: [
        { scorer: 'numericMatch', verdict: 'inconclusive', sentence: expect.stringContaining('could have seen 9.1') },
      ],
    },
    verdict: true,
  })
}, 60_000)

/** What the job of a commit ends with. */
function exitCode(model: string, options: readonly string[]): Promise<number | null> {
  const vitest = join(import.meta.dirname, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--project', 'evals', '--', '--storage', `json://${folder}`, ...options]
  return new Promise((resolve) => {
    const env = { ...process.env, LIVE: '0', CALCULATOR_MODEL: model }
    const job = execFile(process.execPath, args, { cwd: import.meta.dirname, env }, () => resolve(job.exitCode))
  })
}

function outcome(experiment: string): unknown {
  const { evals } = JSON.parse(readFileSync(join(folder, `experiments/${experiment}/experiment.json`), 'utf8'))
  return evals['calculator.eval.ts > calculator']
}
