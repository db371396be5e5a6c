import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { SampleRecord } from 'vitest-plugin-evals'
import scoresBefore from './before/scores.json' with { type: 'json' }

test('the eval gives the scores that it gave as an evalite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'migrating-from-evalite-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const vitest = join(import.meta.dirname, 'node_modules/vitest/vitest.mjs')
  execFileSync(process.execPath, [vitest, 'run', '--project', 'evals', '--', '--storage', `json://${folder}`], {
    cwd: import.meta.dirname,
  })
  const paths = globSync(join(folder, 'experiments/*/records/*.jsonl'))
  const lines = paths.flatMap((path) => readFileSync(path, 'utf8').trim().split('\n'))
  const records = lines.map((line) => JSON.parse(line) as SampleRecord)

  // Both of the two epochs, as each trial did.
  expect(records).toHaveLength(2 * 2 * 4)
  const scores = { first: {}, longest: {} }
  for (const {
    variant,
    input,
    scores: { Levenshtein, Short },
  } of records) {
    const sentence = variant['sentence'] as keyof typeof scores
    Object.assign(scores[sentence], { [String(input)]: { Levenshtein: Levenshtein!.value, Short: Short!.value } })
  }
  expect(scores).toEqual(scoresBefore)
}, 60_000)
