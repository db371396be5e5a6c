import type { ModelSettings } from '@evals/core'

/** The settings among the options of a vendor's model. */
export function settingsOf({ timeoutMs, price, limits, cacheSalt }: ModelSettings): ModelSettings {
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(price === undefined ? {} : { price }),
    ...(limits === undefined ? {} : { limits }),
    ...(cacheSalt === undefined ? {} : { cacheSalt }),
  }
}
