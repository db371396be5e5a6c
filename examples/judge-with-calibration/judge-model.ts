import { registerProvider } from '@evals/providers'
import { mock } from '@evals/providers/mock'

/**
 * Stands in for a judge, so that the example needs no key. A lenient one: it knows some rude phrases, and passes what has
 * none of them. `--models judge=openai:gpt-5` asks a real one.
 */
registerProvider('simulated', (modelId) =>
  mock(
    (prompt) => {
      const phrase = /Read the manual|As I said before|your own fault/.exec(JSON.stringify(prompt))?.[0]
      const verdict = phrase === undefined ? 'polite' : 'rude'
      const object = { explanation: phrase === undefined ? 'Nothing rude in it.' : `It says "${phrase}".`, verdict }
      return { text: JSON.stringify(object), object, usage: { inputTokens: 150, outputTokens: 20 } }
    },
    { modelId, price: { input: 1, output: 4 } },
  ),
)
