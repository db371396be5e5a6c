import type { Scorer } from 'vitest-plugin-evals'

/** Which facts of the row, by name, the text tells. */
export const tellsFacts: Scorer<unknown, string, Readonly<Record<string, string>>> = {
  name: 'tellsFacts',
  kind: 'graded',
  range: [0, 1],
  needsExpected: true,
  score({ output, expected }) {
    const facts = Object.entries(expected)
    const missing = facts.filter(([, text]) => !output.includes(text)).map(([fact]) => fact)
    return {
      value: 1 - missing.length / facts.length,
      explanation: missing.length === 0 ? 'tells all' : `does not tell the ${missing.join(', ')}`,
    }
  },
}
