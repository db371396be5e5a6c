import type { AccountLimits } from '../limiter/account-limits.ts'
import type { Price } from '../price/price.ts'

/** What every model can be given, whoever serves it. */
export interface ModelSettings {
  /** Most ms for one attempt. Default 600,000. */
  readonly timeoutMs?: number
  /** US dollars for a million tokens. Default: that of the price table, if the model is in it. */
  readonly price?: Price
  /**
   * What your account may use of this model, where you know it: requests and tokens per minute, calls in flight. Default:
   * the limiter finds out. Models with the same account share the limits that were given last.
   */
  readonly limits?: AccountLimits
  /** Part of the key of every cached answer: another text, other answers. Default: none. */
  readonly cacheSalt?: string
}
