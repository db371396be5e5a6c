import { scoreOutput } from '@evals/core'
import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SampleRecord, Scorer } from 'vitest-plugin-evals'
import { plainWords } from './plain-words.ts'

const folder = mkdtempSync(join(tmpdir(), 'custom-scorer-'))
const experiment = join(folder, 'experiments/test')

beforeAll(() => {
  const vitest = join(import.meta.dirname, 'node_modules/vitest/vitest.mjs')
  const options = ['--storage', `json://${folder}`, '--experiment', 'test']
  execFileSync(process.execPath, [vitest, 'run', '--project', 'evals', '--', ...options], { cwd: import.meta.dirname })
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true }))

test('each sample is scored by all three, with reasons', () => {
  const lines = globSync(`${experiment}/records/*.jsonl`).flatMap((path) =>
    readFileSync(path, 'utf8').trim().split('\n'),
  )
  const records = lines.map((line) => JSON.parse(line) as SampleRecord)
  expect(Object.fromEntries(records.map(({ id, scores }) => [id, scores]))).toEqual({
    sent: {
      isShort: { value: 1, kind: 'binary' },
      tellsFacts: { value: 1, explanation: 'tells all' },
      plainWords: { value: 1, explanation: '3.4 letters a word', metadata: { longest: 'parcel' } },
    },
    late: {
      isShort: { value: 1, kind: 'binary' },
      tellsFacts: { value: 1, explanation: 'tells all' },
      plainWords: { value: 1, explanation: '3.6 letters a word', metadata: { longest: 'parcel' } },
    },
    returned: {
      isShort: { value: 1, kind: 'binary' },
      tellsFacts: { value: 1, explanation: 'tells all' },
      plainWords: { value: 1, explanation: '3.9 letters a word', metadata: { longest: 'Tuesday' } },
    },
    lost: {
      isShort: { value: 0, kind: 'binary' },
      tellsFacts: { value: 0.5, explanation: 'does not tell the day' },
      plainWords: {
        value: expect.closeTo(0.52),
        explanation: '7.4 letters a word',
        metadata: { longest: 'investigations' },
      },
    },
  })
})

test('the run has means, the metric of `plainWords`, and a verdict', () => {
  const { evals } = JSON.parse(readFileSync(join(experiment, 'experiment.json'), 'utf8'))
  expect(evals['delivery-notes.eval.ts > delivery notes']).toMatchObject({
    samples: { total: 4, scored: 4 },
    scorers: {
      isShort: { n: 4, mean: 0.75, kind: 'binary', method: 'wilson' },
      tellsFacts: { n: 4, mean: 0.875, kind: 'graded', range: [0, 1] },
      plainWords: { n: 4, mean: expect.closeTo(0.88), metrics: { least: { value: expect.closeTo(0.52), n: 4 } } },
    },
    verdict: true,
  })
})

test('a scorer is tried out alone with `scoreOutput`', async () => {
  const scorers = [plainWords({ plain: 4, heavy: 8 }) as Scorer]
  expect(await scoreOutput({ output: 'Good kittens meow', scorers })).toEqual({
    plainWords: { value: 0.75, explanation: '5.0 letters a word', metadata: { longest: 'kittens' } },
  })
  expect(await scoreOutput({ output: '42', scorers })).toEqual({
    plainWords: { value: null, explanation: 'there are no words' },
  })
})
