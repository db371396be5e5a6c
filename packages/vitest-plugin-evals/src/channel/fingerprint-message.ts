import type { Variant } from '@evals/core'

/** A worker asks what makes the answers of an eval, for each of its variants. */
export interface FingerprintMessage {
  readonly project: string
  /** Absolute path of the eval file. */
  readonly file: string
  /** As declared. */
  readonly name: string
  /** The task's own text. */
  readonly text: string
  readonly variants: readonly Variant[]
}
