import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { CallOutcome, Limiter } from '../limiter/limiter.ts'
import { currentAttemptReport } from '../request/attempt-report.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { defineModel, type ModelCallOptions } from './define-model.ts'
import { createModelResponse, type ModelChunk, type ModelResponse } from './language-model.ts'

type Attempt = (options: ModelCallOptions) => Promise<ModelResponse>

function make(attempts: readonly Attempt[]) {
  const clock = new ManualClock()
  const ended: CallOutcome['result'][] = []
  const limiter: Limiter = {
    acquire: async () => ({ release: ({ result }) => void ended.push(result) }),
  }
  useRequestEngine({ limiter, clock, random: () => 0.5 })
  let made = 0
  const model = defineModel({
    provider: 'fake',
    modelId: 'm',
    timeoutMs: 1000,
    generate: (_prompt, options) => {
      currentAttemptReport()!.sent = true
      made += 1
      return attempts[made - 1]!(options)
    },
  })
  const advance = async (ms: number): Promise<void> => {
    await setImmediate()
    clock.advance(ms)
    await setImmediate()
  }
  return { model, ended, clock, advance }
}

function stream(attempts: readonly Attempt[]) {
  const { model, ...made } = make(attempts)
  const read: ModelChunk[] = []
  const reading = (async () => {
    for await (const chunk of model.stream('q')) read.push(chunk)
  })()
  return { ...made, read, reading }
}

const text = (piece: string): ModelChunk => ({ type: 'text', text: piece })
const answer = createModelResponse({ text: 'whole', model: 'fake:m' })
const answers: Attempt = async ({ onText }) => {
  onText?.('who')
  onText?.('le')
  return answer
}
const breaks: Attempt = async ({ onText }) => {
  onText?.('wh')
  // As the pieces of a stream do, this one is read before the stream breaks.
  await setImmediate()
  throw new TypeError('terminated')
}

test('a stream that breaks half-way begins again', async () => {
  const { read, reading, ended, advance } = stream([breaks, answers])
  await advance(0)
  await advance(250)
  await reading
  const last = { type: 'response', response: answer }
  expect(read).toEqual([text('wh'), { type: 'restart' }, text('who'), text('le'), last])
  expect(ended).toEqual(['failed', 'answered'])
})

test('what comes of an attempt after its timeout does not run into the next one', async () => {
  let late = (): void => {}
  const ignoresItsSignal: Attempt = ({ onText }) => {
    onText?.('slow')
    late = () => onText?.('late')
    return new Promise(() => {})
  }
  const second = Promise.withResolvers<void>()
  const waits: Attempt = async ({ onText }) => {
    onText?.('who')
    await second.promise
    onText?.('le')
    return answer
  }
  const { read, reading, ended, advance } = stream([ignoresItsSignal, waits])
  await advance(1000)
  await advance(250)
  late()
  second.resolve()
  await reading
  const last = { type: 'response', response: answer }
  expect(read).toEqual([text('slow'), { type: 'restart' }, text('who'), text('le'), last])
  expect(ended).toEqual(['failed', 'answered'])
})

test('a stream that stays broken ends with the error of its last attempt', async () => {
  const { read, reading, ended, advance } = stream(Array.from({ length: 6 }, () => breaks))
  let error: unknown
  void reading.catch((thrown: unknown) => (error = thrown))
  for (let step = 0; step < 100 && error === undefined; step += 1) await advance(250)
  expect(error).toMatchObject({ code: 'EVALS_MODEL_UNAVAILABLE', attempts: [{}, {}, {}, {}, {}] })
  expect(read.filter(({ type }) => type === 'restart')).toHaveLength(5)
  expect(ended).toEqual(Array.from({ length: 6 }, () => 'failed'))
})

test('a reader that leaves ends the attempt', async () => {
  const aborted = Promise.withResolvers<void>()
  const endless: Attempt = ({ onText, signal }) => {
    onText?.('who')
    signal.addEventListener('abort', () => aborted.resolve())
    return new Promise(() => {})
  }
  const { model, ended, clock } = make([endless])
  for await (const chunk of model.stream('q')) {
    expect(chunk).toEqual(text('who'))
    break
  }
  await aborted.promise
  await setImmediate()
  expect(ended).toEqual(['aborted'])
  expect(clock.waiting).toBe(0)
})
