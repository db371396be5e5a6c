import { expect, test } from 'vitest'
import { toolCalls } from '../scorers/structure/tool-calls.ts'
import { trajectory } from '../scorers/structure/trajectory.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { runSample } from './run-sample.ts'
import { makeJob, makeModel } from './sample-job.test-support.ts'

const weather = { id: 'call_1', name: 'weather', arguments: { city: 'Lima' } }
const clockCall = { id: 'call_2', name: 'clock', arguments: undefined }

const cityIsLima: Scorer = {
  name: 'cityIsLima',
  score: ({ trace }) => trace.some((step) => step.type === 'tool' && Object(step.arguments)['city'] === 'Lima'),
}

test.for(['off', 'errors', 'all'] as const)(
  'with traces %s the tools that a response asks for are in the trace, where the scorers find them',
  async (traces) => {
    const clock = new ManualClock()
    const model = makeModel(clock, { text: 'Let me see.', toolCalls: [weather, clockCall] })
    const { record } = await runSample(
      makeJob({
        clock,
        row: { question: 'Weather?', expected: ['weather', 'clock'] },
        scorers: [toolCalls({ arguments: 'ignore' }), trajectory({ mode: 'exact' }), cityIsLima],
        plan: { traces },
        task: () => model.generate('Weather?'),
      }),
    )
    expect(record.output).toBe('Let me see.')
    expect(record.trace).toMatchObject([
      { type: 'model', call: 0 },
      { type: 'tool', atMs: 100, name: 'weather', id: 'call_1', arguments: { city: 'Lima' } },
      { type: 'tool', atMs: 100, name: 'clock', id: 'call_2' },
    ])
    const values = Object.entries(record.scores).map(([name, { value }]) => [name, value])
    expect(values).toEqual([
      ['toolCalls', 1],
      ['trajectory', 1],
      ['cityIsLima', 1],
    ])
  },
)

test('a judge’s tools are none of the task’s', async () => {
  const clock = new ManualClock()
  const model = makeModel(clock, { text: '4' }, { text: '', toolCalls: [weather] })
  const asking: Scorer = { name: 'asking', score: async () => (await model.generate('?')).toolCalls.length }
  const { record } = await runSample(makeJob({ clock, scorers: [asking], task: () => model.generate('2 + 2?') }))
  expect(record.scores['asking']).toEqual({ value: 1 })
  expect(record.trace.map(({ type }) => type)).toEqual(['model', 'model'])
})

test('the tools of an attempt that failed are none of the next one’s', async () => {
  const clock = new ManualClock()
  const model = makeModel(clock, { text: 'Let me see.', toolCalls: [weather] })
  let attempts = 0
  const task = async () => {
    const answer = await model.generate('Weather?')
    attempts += 1
    if (attempts === 1) throw new TypeError('the tool broke')
    return answer
  }
  const { record } = await runSample(
    makeJob({
      clock,
      row: { question: 'Weather?', expected: [weather] },
      scorers: [toolCalls()],
      plan: { retries: 1 },
      task,
    }),
  )
  expect(record.scores).toMatchObject({ toolCalls: { value: 1 } })
  expect(record.trace.map(({ type }) => type)).toEqual(['model', 'model', 'tool'])
})
