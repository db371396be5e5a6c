import type { Metric, Scorer } from 'vitest-plugin-evals'

/** Where {@link plainWords} begins to take off, and where it has nothing left to take. */
export interface PlainWordsOptions {
  /** Mean letters per word of a text that is plain. Default 5. */
  readonly plain?: number
  /** Mean letters per word of a text that is not. Default 10. */
  readonly heavy?: number
}

/** How plain the words of a text are, by their mean length: 1 up to `plain` letters, 0 from `heavy` on. */
export function plainWords({ plain = 5, heavy = 10 }: PlainWordsOptions = {}): Scorer<unknown, string> {
  return {
    name: 'plainWords',
    kind: 'graded',
    range: [0, 1],
    // With other options it is another scorer: answers that are stored are scored again.
    version: `1 ${plain} ${heavy}`,
    metrics: [least],
    score({ output }) {
      const words = output.match(/\p{L}+/gu)
      if (words === null) return { value: null, explanation: 'there are no words' }
      const letters = words.join('').length / words.length
      return {
        value: Math.min(1, Math.max(0, (heavy - letters) / (heavy - plain))),
        explanation: `${letters.toFixed(1)} letters a word`,
        metadata: { longest: words.toSorted((a, b) => b.length - a.length)[0] },
      }
    },
  }
}

/** The worst text: one that nobody understands is not made up for by others. */
const least: Metric = {
  name: 'least',
  compute: (records) => Math.min(...records.map(({ scores }) => scores['plainWords']?.value ?? 1)),
}
