import { expect, test } from 'vitest'
import { defineModel } from '../model/define-model.ts'
import { createModelResponse } from '../model/language-model.ts'
import { judge } from '../scorers/judge/judge.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { runSample } from './run-sample.ts'
import { makeJob, makeModel } from './sample-job.test-support.ts'

function setUp() {
  const clock = new ManualClock()
  const answering = makeModel(clock, { text: '4', usage: { inputTokens: 3, outputTokens: 1 } })
  const judging = defineModel({
    provider: 'fake',
    modelId: 'judge',
    costUsd: () => 0.5,
    generate: async () =>
      createModelResponse({
        text: '',
        model: 'fake:judge-1',
        object: { explanation: 'right', verdict: 'pass' },
        usage: { inputTokens: 40, outputTokens: 9 },
      }),
  })
  return { clock, answering, judging }
}

test('a judge’s calls are of purpose `score`, with tokens and cost of their own', async () => {
  const { clock, answering, judging } = setUp()
  const correct = judge({ model: judging, rubric: 'Pass the right sum.', name: 'correct' })
  const { record } = await runSample(
    makeJob({ clock, scorers: [correct], plan: { limits: { turns: 1 } }, task: () => answering.generate('2 + 2?') }),
  )
  expect(record).toMatchObject({
    outcome: 'scored',
    model: 'fake:m-1',
    scores: { correct: { value: 1, metadata: { judge: 'fake:judge-1', prompt: 'correct', promptVersion: '1' } } },
    calls: [
      { purpose: 'task', model: 'fake:m-1', usage: { inputTokens: 3, outputTokens: 1 }, costUsd: 0.25 },
      { purpose: 'score', model: 'fake:judge-1', usage: { inputTokens: 40, outputTokens: 9 }, costUsd: 0.5 },
    ],
  })
  expect(record).not.toHaveProperty('limit')
})

test('an unreadable judge leaves the sample scored, that score null', async () => {
  const { clock, answering } = setUp()
  const prose = defineModel({
    provider: 'fake',
    modelId: 'prose',
    generate: async () => createModelResponse({ text: 'Looks fine to me.', model: 'fake:prose' }),
  })
  const { record } = await runSample(
    makeJob({ clock, scorers: [judge({ model: prose, rubric: 'x' })], task: () => answering.generate('2 + 2?') }),
  )
  expect(record).toMatchObject({
    outcome: 'scored',
    passed: true,
    scores: { judge: { value: null, explanation: 'not scored: the answer has no verdict' } },
  })
  expect(record.scores['judge']).not.toHaveProperty('error')
})
