import type { BaselineScore } from '@evals/core'
import { readStoredSide } from '@evals/core/stats'
import { makeDocument, makeEntry } from '@evals/core/testing'
import { openStore } from '@evals/storage'
import { expect, test } from 'vitest'
import { makeSummary } from '../terminal/eval-summary.test-support.ts'
import { judgedScores } from './compared-scores.ts'

test('where stored scores cannot be compared again, what the gate said stays', async () => {
  const store = await openStore('memory://', { root: '.', writer: '1' })
  for (const [experiment, judge] of [
    ['main', 'small'],
    ['pr', 'big'],
  ] as const) {
    await store.writeDocument(makeDocument(experiment))
    const tone = { value: 1, metadata: { judge } }
    await store.append(experiment, makeEntry({ eval: 'qa', id: 'a', scores: { tone } }))
  }
  const source = { store, onProblem() {} }
  const own = await readStoredSide({ store, document: makeDocument('pr') }, () => {})
  const score = { scorer: 'exact', verdict: 'worse', sentence: 'worse by 4 points' }
  // Of a gate's score only these are read.
  const scores = [score as unknown as BaselineScore]
  const baseline = { experiment: 'main', gate: 'worse', passed: false, message: 'worse', scores } as const
  const summary = { ...(await makeSummary('qa')), eval: 'qa', baseline }
  expect(await judgedScores(source, 'main', { own, evals: [summary] })).toEqual([
    { eval: 'qa', ...score, worse: 0, better: 0, changed: { toWorse: [], toBetter: [] } },
  ])
})
