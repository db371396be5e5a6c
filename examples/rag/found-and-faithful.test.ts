import { expect, onTestFinished, test } from 'vitest'
import type { SampleRecord } from 'vitest-plugin-evals'
import { evalsOf } from '../run-evals.ts'
import type { Passage } from './handbook.ts'

test('what was not found and what was made up are two different scores', async () => {
  const evals = evalsOf(import.meta.dirname)
  onTestFinished(evals.remove)
  const { records } = await evals.run()

  const facts = ({ id, metadata, scores }: SampleRecord) => {
    const context = (metadata['context'] as readonly Passage[]).map((passage) => passage.id)
    return [id, { context, recallAtK: scores['recallAtK']?.value, faithfulness: scores['faithfulness']?.value }]
  }
  expect(Object.fromEntries(records.map(facts))).toEqual({
    return: { context: ['returns', 'hours'], recallAtK: 1, faithfulness: 1 },
    bulb: { context: ['bulbs', 'warranty'], recallAtK: 1, faithfulness: 1 },
    sunday: { context: ['hours', 'delivery'], recallAtK: 1, faithfulness: 1 },
    card: { context: ['gift-cards', 'delivery'], recallAtK: 1, faithfulness: 1 },
    // Faithful to the wrong passages.
    broken: { context: ['returns', 'bulbs'], recallAtK: 0, faithfulness: 1 },
    // Made up, although the right passage was there.
    abroad: { context: ['delivery', 'warranty'], recallAtK: 1, faithfulness: 0 },
  })
  expect(records[0]).toMatchObject({
    calls: [
      { purpose: 'task', model: 'openai:text-embedding-3-small' },
      { purpose: 'task', model: 'mock:mock' },
      { purpose: 'score', model: 'mock:mock' },
      { purpose: 'score', model: 'mock:mock' },
    ],
  })
}, 60_000)
