import { evalTest, modelFixture } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'
import { house } from './house.ts'

const test = evalTest.extend('model', { scope: 'worker' }, modelFixture(house, { modelId: 'loud-1', machines: 2 }))

const phrases = ['good morning', 'mind the gap', 'hello', 'no way', 'all aboard', 'well done', 'last call', 'stop'].map(
  (text) => ({ text, expected: text.toUpperCase() }),
)

test.each(phrases)('shouting', ({ text }, { model }) => model.generate(text), {
  scorers: [exactMatch()],
  thresholds: { exactMatch: 1, costUsd: { total: 0.001 } },
})
