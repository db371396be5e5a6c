import { ok } from 'node:assert/strict'
import { inspect } from 'node:util'
import { systemClock, type Clock } from '../clock.ts'
import { EvalsError } from '../errors.ts'
import type {
  GenerateOptions,
  LanguageModel,
  ModelChunk,
  ModelResponse,
  Prompt,
  ToolDefinition,
} from '../model/language-model.ts'
import type { ModelCall } from '../record/record.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import { withSampleScope } from '../sample/current-sample.ts'
import { SampleScope } from '../sample/sample-scope.ts'
import { unlimited } from './unlimited.ts'

/** What a vendor may not have: settings, kinds of parts, and what its answers tell. */
export type ModelCapability =
  | 'seed'
  | 'stop'
  | 'toolChoice'
  | 'image'
  | 'audio'
  | 'file'
  | 'requestId'
  | 'contentFilter'
  | 'apiKey'

/** The simulated model server (`fixtures/model-server`), as far as the contract needs it. */
export interface SimulatedServer {
  readonly url: string
  configure(options: Readonly<Record<string, unknown>>): Promise<void>
  reset(): Promise<void>
  stats(): Promise<ServerStats>
}

/** What the server counted since its last reset. */
export interface ServerStats {
  readonly requests: number
  readonly inFlight: number
  readonly aborts: { readonly total: number }
  /** Of the calls that were answered. */
  readonly tokens: { readonly input: number; readonly output: number }
}

/** A server that keeps the bodies it is sent, and refuses every call with status 400. */
export interface RecordingServer {
  readonly url: string
  /** The bodies since the last call, parsed. */
  takeBodies(): readonly unknown[]
}

/** The settings of a call as a vendor's wire format has them; an absent one was not sent. */
export type SentParameters = Pick<GenerateOptions, 'temperature' | 'topP' | 'maxOutputTokens' | 'seed' | 'stop'>

/** What a provider's test gives to the contract. */
export interface ModelSetting {
  readonly server: SimulatedServer
  readonly recorder: RecordingServer
  /** A model of the provider, served at a server's `url`. */
  open(options: { readonly url: string; readonly apiKey: string }): LanguageModel
  /** Reads the settings out of a body that was sent. */
  parametersOf(body: never): SentParameters
  /** Default: nothing. What would need a lacking setting or part is refused with `EVALS_MODEL_CAPABILITY_MISSING`. */
  readonly lacks?: readonly ModelCapability[]
}

/** How a case asks. */
interface Asking {
  readonly stream?: boolean
  readonly apiKey?: string
}

/** What came of a question. */
export interface Asked {
  readonly response: ModelResponse
  /** Of a stream. */
  readonly chunks: readonly ModelChunk[]
  /** As the sample's record has it. */
  readonly call: ModelCall
}

/** One case at work, with the servers as they were when it began and an engine whose retries do not wait. */
export class ModelContractRun {
  readonly #setting: ModelSetting
  readonly #clock = new HurriedClock()

  constructor(setting: ModelSetting) {
    this.#setting = setting
    this.#forgetDenials()
  }

  lacks(capability: ModelCapability): boolean {
    return this.#setting.lacks?.includes(capability) === true
  }

  /** Gives the server these options and no others, and forgets what it counted. */
  async serve(options: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#setting.server.configure(options)
    await this.reset()
    this.#forgetDenials()
  }

  /** An engine remembers which keys were refused. */
  #forgetDenials(): void {
    useRequestEngine({ limiter: unlimited, clock: this.#clock, random: () => 0.5 })
  }

  async reset(): Promise<void> {
    await this.#setting.server.reset()
  }

  stats(): Promise<ServerStats> {
    return this.#setting.server.stats()
  }

  /** Asks for the server's counts until they are as expected. */
  async until(expected: (stats: ServerStats) => boolean): Promise<void> {
    const end = performance.now() + 10_000
    while (true) {
      const stats = await this.stats()
      if (expected(stats)) return
      ok(performance.now() < end, `the server still counts ${inspect(stats)}`)
    }
  }

  model(apiKey = 'sk-contract-0123456789'): LanguageModel {
    return this.#setting.open({ url: this.#setting.server.url, apiKey })
  }

  /** Asks the simulated server within a sample. */
  async ask(prompt: Prompt, options: GenerateOptions = {}, asking: Asking = {}): Promise<Asked> {
    const model = this.model(asking.apiKey)
    const scope = new SampleScope({ aborts: new AbortController(), metadata: {}, clock: this.#clock })
    const chunks: ModelChunk[] = []
    const response = await withSampleScope(scope, async () => {
      if (asking.stream !== true) return model.generate(prompt, options)
      for await (const chunk of model.stream(prompt, options)) chunks.push(chunk)
      const last = chunks.at(-1)
      ok(last?.type === 'response', 'the stream did not end with the response')
      return last.response
    })
    const [call] = scope.calls
    ok(scope.calls.length === 1 && call !== undefined, `${scope.calls.length} calls were recorded`)
    return { response, chunks, call }
  }

  /** The error that a question ends with. */
  async failure(prompt: Prompt, asking: Asking = {}): Promise<EvalsError> {
    const error = await this.ask(prompt, {}, asking).then(
      ({ response }) => `answered "${response.text}"`,
      (thrown: unknown) => thrown,
    )
    ok(EvalsError.isInstance(error), inspect(error))
    return error
  }

  /** The one body that a question sends. */
  async sentFor(prompt: Prompt, options: GenerateOptions = {}): Promise<unknown> {
    const { recorder } = this.#setting
    recorder.takeBodies()
    const model = this.#setting.open({ url: recorder.url, apiKey: 'sk-contract-0123456789' })
    const error = await model.generate(prompt, options).then(
      () => 'the recording server answered',
      (thrown: unknown) => thrown,
    )
    ok(EvalsError.isInstance(error) && error.code === 'EVALS_MODEL_REQUEST_INVALID', inspect(error))
    const bodies = recorder.takeBodies()
    ok(bodies.length === 1, `${bodies.length} bodies were sent`)
    return bodies[0]
  }

  parametersOf(body: unknown): SentParameters {
    return this.#setting.parametersOf(body as never)
  }

  /** The waits that begin from now on, in ms; `work` is done before the first of them ends. */
  onFirstWait(work: () => Promise<void>): readonly number[] {
    return this.#clock.record(work)
  }
}

/** Timeouts of attempts are longer, waits between them shorter. */
const longestWaitMs = 120_000

/** The real clock, but waits between attempts end at once, and timeouts never come. */
class HurriedClock implements Clock {
  #waits: number[] = []
  #before: () => Promise<void> = async () => {}

  now(): number {
    return systemClock.now()
  }

  date(): Date {
    return systemClock.date()
  }

  after(ms: number, callback: () => void): () => void {
    if (ms > longestWaitMs) return () => {}
    this.#waits.push(ms)
    void this.#end(callback)
    return () => {}
  }

  async #end(callback: () => void): Promise<void> {
    const before = this.#before
    this.#before = async () => {}
    await before()
    callback()
  }

  record(before: () => Promise<void>): readonly number[] {
    this.#waits = []
    this.#before = before
    return this.#waits
  }
}

/** A tool of the cases. */
export const weatherTool: ToolDefinition = {
  name: 'weather',
  description: 'Tells the weather of the coming days.',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer' } },
    required: ['city', 'days'],
    additionalProperties: false,
  },
}

/** A structured answer of the cases. */
export const capitalSchema: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: { capital: { type: 'string' } },
  required: ['capital'],
  additionalProperties: false,
}
