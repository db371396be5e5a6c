import { beforeEach, expect, test } from 'vitest'
import { EvalsError } from '../errors.ts'
import { ModelCallError, type CallFault } from '../request/call-error.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import { scopedPolicy } from '../request/retry-scope.ts'
import { patient, type RetryPolicy } from '../request/retry-policy.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { unlimited } from '../testing/unlimited.ts'
import { defineModel } from './define-model.ts'
import { createModelResponse, type LanguageModel, type ModelChunk, type ModelResponse } from './language-model.ts'
import { pool } from './pool.ts'

type Answer = string | Error | Promise<string>

/** A model that answers by its script, its last answer again and again, and remembers how it was to retry. */
class ScriptedModel implements LanguageModel {
  readonly provider = 'fake'
  readonly modelId: string
  readonly retries: RetryPolicy['retries'][] = []
  script: Answer[]

  constructor(modelId: string, ...script: Answer[]) {
    this.modelId = modelId
    this.script = script
  }

  get calls(): number {
    return this.retries.length
  }

  async generate(): Promise<ModelResponse> {
    this.retries.push(scopedPolicy(patient).retries)
    const answer = await (this.script.length > 1 ? this.script.shift() : this.script[0])
    if (answer instanceof Error) throw answer
    return createModelResponse({ text: `${answer} from ${this.modelId}`, model: `fake:${this.modelId}` })
  }

  async *stream(): AsyncGenerator<ModelChunk> {
    yield { type: 'text', text: `${this.modelId} begins` }
    yield { type: 'response', response: await this.generate() }
  }
}

const failing = (fault: CallFault): ModelCallError =>
  new ModelCallError('EVALS_MODEL_UNAVAILABLE', `a ${fault}`, { fault, model: 'fake:m' })

let clock: ManualClock

beforeEach(() => {
  clock = new ManualClock()
})

const textOf = async (model: LanguageModel): Promise<string> => (await model.generate('q')).text

test('a call goes to the model with the fewest calls in flight, equally busy ones take turns', async () => {
  const ending = new Map<string, (() => void)[]>([
    ['a', []],
    ['b', []],
    ['c', []],
  ])
  const models = [...ending].map(([modelId, ends]) => {
    const model = new ScriptedModel(modelId, 'yes')
    const generate = model.generate.bind(model)
    model.generate = async () => {
      const response = generate()
      await new Promise<void>((resolve) => ends.push(resolve))
      return response
    }
    return model
  })
  const all = pool(models, { clock })
  const callCounts = (): number[] => models.map(({ calls }) => calls)
  const calls = Array.from({ length: 6 }, () => all.generate('q'))
  expect(callCounts()).toEqual([2, 2, 2])
  ending.get('b')!.forEach((end) => end())
  await new Promise((resolve) => setImmediate(resolve))
  calls.push(all.generate('q'), all.generate('q'))
  expect(callCounts()).toEqual([2, 4, 2])
  calls.push(all.generate('q'), all.generate('q'), all.generate('q'))
  expect(callCounts()).toEqual([3, 5, 3])
  ;[...ending.values()].flat().forEach((end) => end())
  expect(await Promise.all(calls)).toHaveLength(11)
})

test('the answer of whoever answers is the answer, under the name of the first', async () => {
  const both = pool([new ScriptedModel('a', 'yes'), new ScriptedModel('b', 'yes')], { clock })
  expect(both).toMatchObject({ provider: 'fake', modelId: 'a' })
  const answers = [await textOf(both), await textOf(both)]
  expect(answers.toSorted()).toEqual(['yes from a', 'yes from b'])
})

test('one model needs no pool, none is an error', () => {
  const only = new ScriptedModel('a', 'yes')
  expect(pool([only])).toBe(only)
  expect(() => pool([])).toThrow(expect.objectContaining({ code: 'EVALS_OPTION_INVALID' }))
})

test('another model takes the call of one that fails, at once; one that keeps failing is left alone for a while', async () => {
  const dead = new ScriptedModel('dead', failing('fault'))
  const good = new ScriptedModel('good', 'yes')
  const both = pool([dead, good], { clock, cooldownMs: 1000 })
  const ask = async (times: number): Promise<number> => {
    const before = dead.calls
    for (let call = 0; call < times; call += 1) expect(await textOf(both)).toBe('yes from good')
    return dead.calls - before
  }
  expect(await ask(20)).toBe(3)
  clock.advance(999)
  expect(await ask(4)).toBe(0)
  clock.advance(1)
  expect(await ask(4)).toBe(1)
  clock.advance(1999)
  expect(await ask(4)).toBe(0)
  clock.advance(1)
  expect(await ask(4)).toBe(1)
  // No longer than a minute.
  for (let failure = 0; failure < 10; failure += 1) {
    clock.advance(60_000)
    expect(await ask(4)).toBe(1)
  }
  dead.script = ['again']
  clock.advance(60_000)
  const answers = new Set<string>()
  for (let call = 0; call < 8; call += 1) answers.add(await textOf(both))
  expect([...answers].toSorted()).toEqual(['again from dead', 'yes from good'])
  expect(new Set(dead.retries.map(({ fault, timeout }) => `${fault} ${timeout}`))).toEqual(new Set(['0 0']))
})

test('single failures between answers make no model avoided', async () => {
  const shaky = new ScriptedModel(
    'shaky',
    ...Array.from({ length: 20 }, (_, n) => (n % 3 < 2 ? failing('fault') : 'ok')),
  )
  const both = pool([shaky, new ScriptedModel('good', 'yes')], { clock })
  for (let call = 0; call < 30; call += 1) await both.generate('q')
  expect(shaky.calls).toBeGreaterThanOrEqual(15)
})

test('after its cool-down a model is tried by one call at a time', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const back = new ScriptedModel('back', failing('fault'))
  const good = new ScriptedModel('good', 'yes')
  const both = pool([back, good], { clock, cooldownMs: 1000 })
  for (let call = 0; call < 8; call += 1) await both.generate('q')
  back.script = [promise, 'yes']
  clock.advance(1000)
  const before = back.calls
  const calls = Array.from({ length: 6 }, () => textOf(both))
  expect(back.calls - before).toBe(1)
  resolve('yes')
  expect((await Promise.all(calls)).toSorted()).toEqual(['yes from back', ...Array<string>(5).fill('yes from good')])
})

test('where all fail, the one that failed least is asked with all patience, and its error stands', async () => {
  const models = [new ScriptedModel('a', failing('fault')), new ScriptedModel('b', failing('fault'))]
  const both = pool(models, { clock })
  await expect(both.generate('q')).rejects.toMatchObject({ code: 'EVALS_MODEL_UNAVAILABLE', message: 'a fault' })
  const retries = models.flatMap((model) => model.retries)
  expect(retries).toHaveLength(3)
  expect(retries.filter(({ fault }) => fault === 0)).toHaveLength(2)
  expect(retries.filter(({ fault }) => fault === patient.retries.fault)).toHaveLength(1)
})

test('a call times out twice at most', async () => {
  const models = ['a', 'b', 'c', 'd'].map((name) => new ScriptedModel(name, failing('timeout')))
  await expect(pool(models, { clock }).generate('q')).rejects.toMatchObject({ message: 'a timeout' })
  const retries = models.flatMap((model) => model.retries)
  expect(retries.map(({ timeout }) => timeout)).toEqual([0, 0])
})

test.for([
  ['a wrong request', new ModelCallError('EVALS_MODEL_REQUEST_INVALID', 'bad', { fault: 'fatal', model: 'fake:m' })],
  ['a limit of the account', new ModelCallError('EVALS_MODEL_REFUSED', 'slow', { fault: 'refused', model: 'fake:m' })],
  ['an abort', new DOMException('stop', 'AbortError')],
  ['an error of the code around it', new TypeError('no')],
] as const)('%s is thrown as it is, and nobody else is asked', async ([, error]) => {
  const models = [new ScriptedModel('a', error), new ScriptedModel('b', error)]
  await expect(pool(models, { clock }).generate('q')).rejects.toBe(error)
  expect(models.flatMap((model) => model.retries)).toHaveLength(1)
})

test('a circuit that is open counts as a fault', async () => {
  const open = new EvalsError('EVALS_CIRCUIT_OPEN', 'open')
  const both = pool([new ScriptedModel('a', open), new ScriptedModel('b', 'yes')], { clock })
  expect(await textOf(both)).toBe('yes from b')
  expect(await textOf(both)).toBe('yes from b')
})

test('a stream that breaks is started again elsewhere; one that is left frees its place', async () => {
  const broken = new ScriptedModel('broken', failing('fault'))
  const good = new ScriptedModel('good', 'yes')
  const both = pool([broken, good], { clock })
  const streams = [await Array.fromAsync(both.stream('q')), await Array.fromAsync(both.stream('q'))]
  const types = streams.map((chunks) => chunks.map(({ type }) => type).join(' '))
  expect(types.toSorted()).toEqual(['text response', 'text restart text response'])
  expect(broken.retries).toEqual([{ ...patient.retries, fault: 0, timeout: 0 }])
  expect(streams.map((chunks) => chunks.at(-1))).toMatchObject([
    { response: { text: 'yes from good' } },
    { response: { text: 'yes from good' } },
  ])

  const equal = [new ScriptedModel('a', 'yes'), new ScriptedModel('b', 'yes')]
  const fair = pool(equal, { clock })
  for (let stream = 0; stream < 10; stream += 1) for await (const _ of fair.stream('q')) break
  for (let call = 0; call < 10; call += 1) await fair.generate('q')
  expect(equal.map((model) => model.calls)).toEqual([5, 5])
})

test('what the engine would retry on one model goes to the next without waiting', async () => {
  useRequestEngine({ limiter: unlimited, clock })
  let asked = 0
  const define = (modelId: string, answer: () => ModelResponse): LanguageModel =>
    defineModel({ provider: 'fake', modelId, generate: async () => answer() })
  const dead = define('dead', () => {
    asked += 1
    throw failing('fault')
  })
  const good = define('good', () => createModelResponse({ text: 'yes', model: 'fake:good' }))
  const both = pool([dead, good], { clock })
  expect([await textOf(both), await textOf(both)]).toEqual(['yes', 'yes'])
  expect(asked).toBe(1)
  expect(clock.waiting).toBe(0)
})
