import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SampleRecord } from 'vitest-plugin-evals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reviews } from './reviews.ts'

const folder = mkdtempSync(join(tmpdir(), 'sentiment-'))
const correct: Record<string, number> = {}
let records = 0

beforeAll(() => {
  const vitest = join(import.meta.dirname, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--project', 'evals', '--', '--storage', `json://${folder}`]
  execFileSync(process.execPath, args, { cwd: import.meta.dirname })
  for (const path of globSync('experiments/*/records/*.jsonl', { cwd: folder })) {
    for (const line of readFileSync(join(folder, path), 'utf8').trim().split('\n')) {
      const record = JSON.parse(line) as SampleRecord
      const cell = `${record.variant['classifier']} on ${record.eval.split(' > ')[1]}`
      correct[cell] = (correct[cell] ?? 0) + (record.scores['exactMatch']?.value ?? 0)
      records += 1
    }
  }
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true }))

test('the records of a run hold the right answers of all classifiers on all datasets', () => {
  expect(records).toBe(9009)
  expect(correct).toEqual({
    'afinn on amazon': 726,
    'afinn on imdb': 765,
    'afinn on yelp': 696,
    'vader on amazon': 754,
    'vader on imdb': 767,
    'vader on yelp': 722,
    'wink on amazon': 818,
    'wink on imdb': 782,
    'wink on yelp': 731,
  })
})

test.each(['amazon', 'imdb', 'yelp'] as const)('%s has one row without text, the last', (site) => {
  expect(reviews(site).flatMap(({ text }, index) => (text === '' ? [index] : []))).toEqual([1000])
})
