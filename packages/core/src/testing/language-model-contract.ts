import { deepEqual, equal, notEqual, ok, rejects } from 'node:assert/strict'
import { inspect } from 'node:util'
import { EvalsError } from '../errors.ts'
import type { Message, ModelChunk, ModelResponse } from '../model/language-model.ts'
import { toStoredError } from '../record/stored-error.ts'
import type { ContractCase } from './experiment-store-contract.ts'
import { capitalSchema, ModelContractRun, weatherTool, type ModelSetting } from './model-contract-run.ts'

/**
 * What every provider's {@link LanguageModel} must do, against the simulated model server over real HTTP. The cases
 * change the server's options and this thread's request engine, so they must run one after the other.
 * @example test.for(languageModelContract(() => setting))('$name', ({ run }) => run())
 */
export function languageModelContract(setting: () => ModelSetting): ContractCase[] {
  return Object.entries(cases).map(([name, check]) => ({
    name,
    async run() {
      const run = new ModelContractRun(setting())
      await run.serve({})
      await check(run)
    },
  }))
}

const cases: Readonly<Record<string, (run: ModelContractRun) => Promise<void>>> = {
  async 'a text is answered, and the call is measured as the server counted it'(run) {
    const { response, call } = await run.ask('echo: Paris')
    equal(response.text, 'Paris')
    deepEqual(response.content, [{ type: 'text', text: 'Paris' }])
    deepEqual(response.message, { role: 'assistant', content: [{ type: 'text', text: 'Paris' }] })
    deepEqual([response.toolCalls, response.finishReason], [[], 'stop'])
    ok(response.model.startsWith(`${run.model().provider}:`))
    const { tokens } = await run.stats()
    deepEqual([response.usage.inputTokens, response.usage.outputTokens], [tokens.input, tokens.output])
    deepEqual([call.usage, call.model, call.retries, call.cached], [response.usage, response.model, 0, false])
    ok(call.firstTokenMs !== undefined && call.firstTokenMs <= call.durationMs)
    if (run.lacks('requestId')) return
    notEqual(response.requestId ?? '', '')
    equal(call.requestId, response.requestId)
  },

  async 'a conversation is sent as a whole, with its system message'(run) {
    const last: Message = { role: 'user', content: [{ type: 'text', text: 'echo: third' }] }
    const alone = await run.ask([last])
    const { response } = await run.ask([
      { role: 'system', content: 'You speak like a pirate of the seven seas.' },
      { role: 'user', content: 'echo: first' },
      { role: 'assistant', content: 'first' },
      { ...last, content: [{ type: 'text', text: 'Now ' }, ...(last.content as never[])] },
    ])
    equal(response.text, 'third')
    ok(response.usage.inputTokens! >= alone.response.usage.inputTokens! + 8)
    const sent = JSON.stringify(await run.sentFor([{ role: 'system', content: 'Arr.' }, last]))
    ok(sent.includes('Arr.') && sent.includes('echo: third'))
  },

  async 'settings reach the wire'(run) {
    const settings = { temperature: 0.25, topP: 0.5, maxOutputTokens: 77 }
    const optional = { ...(run.lacks('seed') ? {} : { seed: 11 }), ...(run.lacks('stop') ? {} : { stop: ['END'] }) }
    const body = await run.sentFor('hello', { ...settings, ...optional })
    deepEqual(run.parametersOf(body), { ...settings, ...optional })
    deepEqual(run.parametersOf(await run.sentFor('hello')), {})
  },

  async 'a setting or part that the vendor does not have is refused before any request'(run) {
    const options = { seed: { seed: 1 }, stop: { stop: ['a'] }, toolChoice: { toolChoice: 'none' } } as const
    for (const lacked of ['seed', 'stop', 'toolChoice'] as const) {
      if (!run.lacks(lacked)) continue
      await rejects(run.model().generate('hello', { tools: [weatherTool], ...options[lacked] }), isCapabilityError)
    }
    for (const type of ['image', 'audio', 'file'] as const) {
      const data = Buffer.from(`the bytes of an ${type}`)
      const content = [{ type: 'text', text: 'What is this?' } as const, { type, data, mediaType: mediaTypes[type] }]
      if (run.lacks(type)) {
        await rejects(run.model().generate([{ role: 'user', content }]), isCapabilityError)
        continue
      }
      const sent = JSON.stringify(await run.sentFor([{ role: 'user', content }]))
      ok(sent.includes(data.toString('base64')) && sent.includes('What is this?'), `${type} was not sent`)
    }
    equal((await run.stats()).requests, 0)
  },

  async 'why an answer ended is told'(run) {
    const cut = await run.ask('words: 50', { maxOutputTokens: 5 })
    equal(cut.response.finishReason, 'length')
    if (!run.lacks('stop')) {
      const stopped = await run.ask('echo: one two END three', { stop: ['END'] })
      deepEqual([stopped.response.text.trim(), stopped.response.finishReason], ['one two', 'stop'])
    }
    if (run.lacks('contentFilter')) return
    equal((await run.ask('fault: contentFilter 9\necho: secret')).response.finishReason, 'content-filter')
    equal((await run.stats()).requests, run.lacks('stop') ? 2 : 3)
  },

  async 'a tool is called, and its result is answered'(run) {
    const question: Message = { role: 'user', content: 'call: weather {"city":"Paris","days":2}' }
    const { response } = await run.ask([question], { tools: [weatherTool] })
    equal(response.finishReason, 'tool-calls')
    equal(response.toolCalls.length, 1)
    const [{ id, name, arguments: values }] = response.toolCalls as [ModelResponse['toolCalls'][number]]
    deepEqual([name, values], ['weather', { city: 'Paris', days: 2 }])
    deepEqual(response.content, [{ type: 'tool-call', id, name, arguments: values }])
    for (const result of ['sunny', { sky: 'clear', degrees: [21, 24] }]) {
      const answer: Message = { role: 'tool', content: [{ type: 'tool-result', id, name, result }] }
      const { response: final } = await run.ask([question, response.message, answer], { tools: [weatherTool] })
      equal(final.finishReason, 'stop')
      if (typeof result === 'string') equal(final.text, result)
      else deepEqual(JSON.parse(final.text), result)
    }
  },

  async 'which tool is called can be chosen'(run) {
    if (run.lacks('toolChoice')) return
    const tools = [weatherTool, { name: 'clock', parameters: { type: 'object', properties: {} } }]
    const chosen = async (toolChoice: 'auto' | 'none' | 'required' | { name: string }): Promise<string[]> =>
      (await run.ask('echo: hello', { tools, toolChoice })).response.toolCalls.map(({ name }) => name)
    deepEqual(await chosen('auto'), [])
    deepEqual(await chosen('none'), [])
    deepEqual(await chosen('required'), ['weather'])
    deepEqual(await chosen({ name: 'clock' }), ['clock'])
  },

  async 'a structured answer comes as an object'(run) {
    for (const stream of [false, true]) {
      const { response } = await run.ask('echo: Paris', { schema: capitalSchema }, { stream })
      deepEqual(response.object, { capital: 'Paris' })
      deepEqual(JSON.parse(response.text), { capital: 'Paris' })
      equal(response.finishReason, 'stop')
    }
    const cut = await run.ask('echo: Paris', { schema: capitalSchema, maxOutputTokens: 2 })
    deepEqual([cut.response.finishReason, cut.response.object], ['length', undefined])
  },

  async 'an answer streams, and ends with the whole response'(run) {
    const { chunks, response, call } = await run.ask('words: 30', {}, { stream: true })
    const texts = chunks.filter((chunk) => chunk.type === 'text')
    ok(texts.length > 5, `${texts.length} pieces`)
    deepEqual(chunks.at(-1)?.type, 'response')
    equal(textOf(chunks), response.text)
    equal(response.text.split(' ').length, 30)
    equal(response.finishReason, 'stop')
    const { tokens } = await run.stats()
    deepEqual([response.usage.inputTokens, response.usage.outputTokens], [tokens.input, tokens.output])
    deepEqual(call.usage, response.usage)
    if (!run.lacks('requestId')) equal(call.requestId, response.requestId)
  },

  async 'the first piece of a stream is there long before its end'(run) {
    await run.serve({ tokenMs: 8 })
    const { call } = await run.ask('words: 30', {}, { stream: true })
    ok(call.firstTokenMs! < call.durationMs / 2, `${call.firstTokenMs} of ${call.durationMs} ms`)
  },

  async 'tool calls come in a stream too'(run) {
    const asked = await run.ask('call: weather {"city":"Rome","days":3}', { tools: [weatherTool] }, { stream: true })
    equal(textOf(asked.chunks), '')
    deepEqual(
      asked.response.toolCalls.map(({ name, arguments: values }) => [name, values]),
      [['weather', { city: 'Rome', days: 3 }]],
    )
    equal(asked.response.finishReason, 'tool-calls')
  },

  async 'a stream that ends early begins again, and says so'(run) {
    for (const fault of ['earlyEnd', 'brokenJson']) {
      const { chunks, response, call } = await run.ask(`fault: ${fault} 1\nwords: 40`, {}, { stream: true })
      deepEqual(
        chunks.filter((chunk) => chunk.type !== 'text').map(({ type }) => type),
        ['restart', 'response'],
      )
      equal(textOf(chunks), response.text)
      deepEqual([response.text.split(' ').length, call.retries], [40, 1])
    }
  },

  async 'faults of server and network are tried again'(run) {
    for (const fault of ['serverError', 'connectionReset', 'brokenJson', 'html', 'earlyEnd']) {
      const { response, call } = await run.ask(`fault: ${fault} 2\necho: Paris`)
      deepEqual([response.text, call.retries], ['Paris', 2], fault)
    }
    equal((await run.stats()).requests, 15)
  },

  async 'an answer that stays unreadable is an error that says so'(run) {
    for (const fault of ['brokenJson', 'html']) {
      for (const stream of [false, true]) {
        const error = await run.failure(`fault: ${fault} 99\nwords: ${stream ? 9 : 8}`, { stream })
        deepEqual([error.code, error.details['status']], ['EVALS_MODEL_ANSWER_INVALID', 200])
        equal(toStoredError(error).attempts?.length, 5)
      }
    }
    equal((await run.stats()).requests, 24)
  },

  async 'an empty answer is an answer'(run) {
    for (const stream of [false, true]) {
      const { response } = await run.ask(`fault: empty 9\necho: ${stream}`, {}, { stream })
      deepEqual([response.text, response.content, response.finishReason], ['', [], 'stop'])
    }
  },

  async 'a refusal waits as long as the server asks'(run) {
    await run.serve({ requestsPerMinute: 1, requestBurst: 1, limitHeaders: ['retry-after'] })
    await run.ask('echo: first')
    const waited = run.onFirstWait(() => run.serve({}))
    const { response, call } = await run.ask('echo: second')
    deepEqual([response.text, call.retries], ['second', 1])
    ok(waited.length === 1 && waited[0]! > 50_000 && waited[0]! <= 60_000, `waited ${waited.join(', ')} ms`)
  },

  async 'what no other attempt can help fails at once, with its reason'(run) {
    const failures = {
      EVALS_MODEL_KEY_INVALID: { options: { apiKey: 'the-only-valid-key' }, status: 401 },
      EVALS_MODEL_UNKNOWN: { options: { models: ['another-model'] }, status: 404 },
      EVALS_MODEL_CONTEXT_EXCEEDED: { options: { contextTokens: 3 }, status: 400 },
    }
    for (const [code, { options, status }] of Object.entries(failures)) {
      if (code === 'EVALS_MODEL_KEY_INVALID' && run.lacks('apiKey')) continue
      for (const stream of [false, true]) {
        await run.serve(options)
        await run.reset()
        const error = await run.failure('echo: a prompt of more than three tokens', { stream })
        deepEqual([error.code, error.details['status']], [code, status])
        equal((await run.stats()).requests, 1)
      }
    }
  },

  async 'the key is in no error, and in no response'(run) {
    if (run.lacks('apiKey')) return
    await run.serve({ apiKey: 'the-only-valid-key' })
    const apiKey = 'sk-wrong-0123456789abcdef'
    const error = await run.failure('echo: hello', { apiKey })
    ok(!inspect(error, { depth: 9, showHidden: true }).includes(apiKey))
    await run.serve({ apiKey })
    const { response } = await run.ask('echo: hello', {}, { apiKey })
    ok(!inspect(response, { depth: 9 }).includes(apiKey))
  },

  async 'an abort closes the connection'(run) {
    for (const stream of [false, true]) {
      await run.reset()
      const controller = new AbortController()
      const failed = rejects(run.ask('fault: hang 9', { signal: controller.signal }, { stream }), /^Error: enough$/)
      await run.until((stats) => stats.inFlight === 1)
      controller.abort(new Error('enough'))
      await failed
      await run.until((stats) => stats.inFlight === 0 && stats.aborts.total === 1)
      equal((await run.stats()).requests, 1)
    }
  },

  async 'a reader who leaves a stream closes the connection'(run) {
    await run.serve({ tokenMs: 20 })
    for await (const chunk of run.model().stream('words: 3000')) {
      equal(chunk.type, 'text')
      break
    }
    await run.until((stats) => stats.inFlight === 0 && stats.aborts.total === 1)
  },
}

const mediaTypes = { image: 'image/png', audio: 'audio/wav', file: 'application/pdf' } as const

/** The text of a stream, without what a restart took back. */
function textOf(chunks: readonly ModelChunk[]): string {
  const from = chunks.findLastIndex(({ type }) => type === 'restart')
  return chunks
    .slice(from + 1)
    .map((chunk) => (chunk.type === 'text' ? chunk.text : ''))
    .join('')
}

function isCapabilityError(error: unknown): boolean {
  ok(EvalsError.isInstance(error), inspect(error))
  equal(error.code, 'EVALS_MODEL_CAPABILITY_MISSING')
  return true
}
