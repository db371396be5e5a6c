import type { Usage } from '../model/language-model.ts'
import { totalUsage } from '../record/call-totals.ts'
import type { ModelCall } from '../record/record.ts'

/** What the calls of one model were, for one purpose. */
export interface ModelUse {
  /** `provider:model` that answered. */
  readonly model: string
  readonly purpose: ModelCall['purpose']
  /** A call shared by the samples of a batch counts as a part of one for each of them. */
  readonly calls: number
  /** How many of them the response cache answered; absent where none. */
  readonly cached?: number
  readonly usage: Usage
  /** US dollars; absent where the price is unknown. A call that failed counts as free. */
  readonly costUsd?: number
}

/** Calls added up by model and purpose, in the order of the first of each. */
export function usesOf(calls: readonly ModelCall[]): ModelUse[] {
  return addUses(
    calls.map(({ model, purpose, cached, usage, costUsd, error, batch = 1 }) => {
      const cost = error === undefined ? costUsd : (costUsd ?? 0)
      return {
        model,
        purpose,
        calls: 1 / batch,
        ...(cached ? { cached: 1 / batch } : {}),
        usage,
        ...(cost === undefined ? {} : { costUsd: cost }),
      }
    }),
  )
}

/** Uses added up by model and purpose, in the order of the first of each. */
export function addUses(uses: readonly ModelUse[]): ModelUse[] {
  return [...Map.groupBy(uses, useKey).values()].map((same) => {
    const { model, purpose } = same[0]!
    const cached = sum(same.map((use) => use.cached ?? 0))
    const isPriced = same.every(({ costUsd }) => costUsd !== undefined)
    return {
      model,
      purpose,
      calls: sum(same.map(({ calls }) => calls)),
      ...(cached > 0 ? { cached } : {}),
      usage: totalUsage(same),
      ...(isPriced ? { costUsd: same.reduce((total, { costUsd = 0 }) => total + costUsd, 0) } : {}),
    }
  })
}

/** Uses whose parts of calls are whole again, as far as they can be. */
export function roundUse(use: ModelUse): ModelUse {
  const round = (calls: number): number => Math.round(calls * 1e6) / 1e6
  return { ...use, calls: round(use.calls), ...(use.cached === undefined ? {} : { cached: round(use.cached) }) }
}

/** What is added up together. */
export function useKey({ model, purpose }: ModelUse): string {
  return `${purpose} ${model}`
}

function sum(parts: readonly number[]): number {
  return parts.reduce((total, part) => total + part, 0)
}
