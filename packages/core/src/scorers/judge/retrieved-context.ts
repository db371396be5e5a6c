import type { ScorerInput } from '../../scoring/scorer.ts'
import { callback, type OptionRule } from '../scorer-options.ts'
import { isJsonObject } from '../structure/read-json.ts'
import { unusable } from '../text-scorer.ts'
import type { ModelGradedOptions } from './judge-model.ts'

/** Options of the judges that look at what was retrieved. */
export interface ContextOptions extends ModelGradedOptions {
  /**
   * What was retrieved for a sample: a text, or its passages, best first. Default: `metadata.context`, else
   * `input.context`.
   */
  readonly context?: (sample: ScorerInput) => unknown
}

/** What the option accepts. */
export const contextRule: { readonly context: OptionRule } = { context: callback }

/**
 * The passages that were retrieved for a sample; a passage may be a text, or an object with its `text` or `content`.
 * @throws EvalsError `EVALS_SCORER_FAILED` where there is no context
 */
export function passagesOf(
  scorer: string,
  sample: ScorerInput,
  { context }: Pick<ContextOptions, 'context'>,
): unknown[] {
  const { input, metadata } = sample
  const given =
    context === undefined
      ? (metadata['context'] ?? (isJsonObject(input) ? input['context'] : undefined))
      : context(sample)
  if (given === undefined || given === null) {
    const advice = 'put it into the metadata with setMetadata({ context }), or name it with the option `context`'
    throw unusable(scorer, `the sample has no context to compare with; ${advice}`)
  }
  return (Array.isArray(given) ? (given as unknown[]) : [given]).map((passage) =>
    isJsonObject(passage) ? (passage['text'] ?? passage['content'] ?? passage) : passage,
  )
}

/** The passages as parts of the material. */
export function numbered(name: string, items: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(items.map((item, index) => [`${name} ${index + 1}`, item]))
}
