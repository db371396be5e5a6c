import { evalTest, type ScorerInput } from 'vitest-plugin-evals'
import { faithfulness, recallAtK } from 'vitest-plugin-evals/scorers'
import { Assistant } from './assistant.ts'
import { handbook, questions, type Passage } from './handbook.ts'
import { judgeModel, loadEmbedder, writer } from './models.ts'

const test = evalTest.extend('assistant', { scope: 'worker' }, async () =>
  Assistant.open(handbook, { embedder: await loadEmbedder(), writer }),
)

const retrieved = ({ metadata }: ScorerInput) => (metadata['context'] as readonly Passage[]).map(({ id }) => id)

test.each(questions)(
  'assistant',
  async ({ question }, { assistant, setMetadata }) => {
    const { text, passages } = await assistant.answer(question)
    setMetadata({ context: passages })
    return text
  },
  {
    // Was the right passage found? And does the answer keep to what was found, right or not?
    scorers: [recallAtK({ k: 2, retrieved }), faithfulness({ model: judgeModel })],
    thresholds: { recallAtK: 0.6, faithfulness: 0.8 },
  },
)
