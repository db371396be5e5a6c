import {
  canonicalHash,
  EvalsError,
  messageOf,
  systemClock,
  type Clock,
  type Endpoint,
  type ModelCompute,
} from '@evals/core'
import { endpointsMethod, type EndpointsMessage } from '../channel/endpoints-message.ts'
import type { ChannelService } from '../channel/main/channel-server.ts'
import { computeProblem, disposalProblem } from './compute-problem.ts'
import { loadProvider, type ImportFile } from './load-provider.ts'

/** What {@link ModelServers} work with. */
export interface ModelServersOptions {
  readonly importFile: ImportFile
  /** Shows the user a line. */
  log(line: string): void
  readonly clock?: Clock
}

interface SetUp {
  readonly provider: string
  readonly controller: AbortController
  readonly compute: Promise<ModelCompute>
}

/** Who disposes of machines may not keep a run from ending. */
const disposalMs = 60_000

/** The compute that the model providers of a run have set up: one set-up for each provider and spec, whoever asks. */
export class ModelServers {
  readonly #options: ModelServersOptions
  readonly #setUps = new Map<string, SetUp>()

  constructor(options: ModelServersOptions) {
    this.#options = options
  }

  /** Answers the workers. */
  get service(): ChannelService {
    return { handlers: { [endpointsMethod]: (message: EndpointsMessage) => this.endpoints(message) } }
  }

  /**
   * The endpoints of a provider and a spec; what is not set up yet is. A failed set-up stays failed until {@link endRun}.
   * @throws EvalsError `EVALS_PROVIDER_FAILED`, and whatever the provider throws
   */
  async endpoints(message: EndpointsMessage): Promise<readonly Endpoint[]> {
    const key = canonicalHash(message)
    let setUp = this.#setUps.get(key)
    if (setUp === undefined) this.#setUps.set(key, (setUp = this.#start(message)))
    return (await setUp.compute).endpoints
  }

  /**
   * Ends the compute, also what is still being set up. Never throws: what goes wrong is logged.
   * @param keep in watch mode: keep what runs for the next run; failed set-ups are tried again
   */
  async endRun({ keep = false }: { readonly keep?: boolean } = {}): Promise<void> {
    const setUps = [...this.#setUps]
    if (keep) for (const [key, { compute }] of setUps) compute.catch(() => this.#setUps.delete(key))
    else await Promise.all(setUps.map(([key, setUp]) => this.#dispose(key, setUp)))
  }

  #start(message: EndpointsMessage): SetUp {
    const { provider } = message
    const controller = new AbortController()
    const log = (line: string): void => this.#log(provider, line)
    const compute = this.#setUp(message, { signal: controller.signal, log })
    // Whoever asked hears of it.
    compute.catch(() => {})
    return { provider, controller, compute }
  }

  async #setUp(
    message: EndpointsMessage,
    context: { readonly signal: AbortSignal; log(line: string): void },
  ): Promise<ModelCompute> {
    const provider = await loadProvider(message, this.#options.importFile)
    let compute: ModelCompute
    try {
      compute = await provider.setup(message.spec, context)
    } catch (error) {
      if (EvalsError.isInstance(error) || context.signal.aborted) throw error
      throw new EvalsError(
        'EVALS_PROVIDER_FAILED',
        `The model provider "${provider.name}" could not set up its compute: ${messageOf(error)}`,
        { cause: error, details: { provider: provider.name } },
      )
    }
    const problem = computeProblem(compute)
    if (problem === undefined) return compute
    if (typeof compute?.dispose === 'function') {
      const left = await disposalProblem(Promise.resolve(compute))
      if (left !== undefined) context.log(`${left}. See that nothing is left running.`)
    }
    throw new EvalsError('EVALS_PROVIDER_FAILED', `The model provider "${provider.name}" ${problem}.`, {
      details: { provider: provider.name },
    })
  }

  async #dispose(key: string, { provider, controller, compute }: SetUp): Promise<void> {
    this.#setUps.delete(key)
    controller.abort(new DOMException('the run has ended', 'AbortError'))
    const { clock = systemClock } = this.#options
    const { promise: late, resolve: giveUp } = Promise.withResolvers<string>()
    const cancel = clock.after(disposalMs, () => giveUp(`did not end its compute within ${disposalMs / 1000} s`))
    const problem = await Promise.race([late, disposalProblem(compute)])
    cancel()
    if (problem !== undefined) this.#log(provider, `${problem}. See that nothing is left running.`)
  }

  #log(provider: string, line: string): void {
    this.#options.log(`Model provider "${provider}": ${line}`)
  }
}
