import { EvalsError } from '../errors.ts'
import { priceUnknown } from '../price/price-unknown.ts'
import type { ModelCall, SampleLimit } from '../record/record.ts'

/** What the task of one sample may use; each attempt at the sample anew. */
export interface SampleLimits {
  /** Input and output tokens, also of answers from the cache. */
  readonly tokens?: number
  /** Model calls, also those that failed and those the cache answered. */
  readonly turns?: number
  /** US dollars; answers from the cache cost nothing. */
  readonly costUsd?: number
}

/** What a call that is about to be made tells of its price. */
export interface CallPricing {
  /** For example `openai:gpt-5-mini`. */
  readonly model: string
  readonly price?: unknown
  /** The answer itself will say what it cost. */
  readonly tellsCost?: boolean
}

/** Counts what the task's calls use and refuses the next one at a limit; calls in flight are not stopped. */
export class LimitMeter {
  readonly #limits: SampleLimits
  readonly #used: Record<SampleLimit, number> = { tokens: 0, turns: 0, costUsd: 0 }
  #unpriced: string | undefined
  #reached: SampleLimit | undefined

  constructor(limits: SampleLimits = {}) {
    this.#limits = limits
  }

  /** The first limit at which a call was refused. */
  get reached(): SampleLimit | undefined {
    return this.#reached
  }

  /**
   * Counts a call that is about to be made.
   * @throws EvalsError `EVALS_SAMPLE_LIMIT` at a limit; `EVALS_PRICE_UNKNOWN` where a limit of cost cannot be kept
   */
  admit({ model, price, tellsCost = false }: CallPricing): void {
    const { costUsd } = this.#limits
    if (costUsd !== undefined) {
      const unpriced = this.#unpriced ?? (price === undefined && !tellsCost ? model : undefined)
      if (unpriced !== undefined) throw priceUnknown(unpriced, 'limits.costUsd')
    }
    for (const limit of ['tokens', 'turns', 'costUsd'] as const) {
      const most = this.#limits[limit]
      if (most === undefined || this.#used[limit] < most) continue
      this.#reached ??= limit
      throw limitReached(limit, { used: this.#used[limit], most })
    }
    this.#used.turns += 1
  }

  /** Counts what an admitted call has used. */
  add({ model, usage: { inputTokens = 0, outputTokens = 0 }, costUsd, error }: ModelCall): void {
    this.#used.tokens += inputTokens + outputTokens
    this.#used.costUsd += costUsd ?? 0
    if (costUsd === undefined && error === undefined) this.#unpriced ??= model
  }
}

const shown: Readonly<Record<SampleLimit, (value: number) => string>> = {
  tokens: (value) => `${value.toLocaleString('en')} tokens`,
  turns: (value) => `${value.toLocaleString('en')} model ${value === 1 ? 'call' : 'calls'}`,
  costUsd: (value) => `$${Number(value.toPrecision(4))}`,
}

function limitReached(limit: SampleLimit, { used, most }: { used: number; most: number }): EvalsError {
  const show = shown[limit]
  return new EvalsError(
    'EVALS_SAMPLE_LIMIT',
    `The sample's task has used ${show(used)}, and its limit is ${show(most)}: it can make no further model call. Raise \`limits.${limit}\`, or catch this error and return what there is.`,
    { details: { limit, used, most } },
  )
}
