import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'
import { flags } from './flags.ts'
import { seeingModel } from './seeing-model.ts'

const test = evalTest.extend('model', { scope: 'worker' }, seeingModel)

test.each(flags)(
  'flags',
  ({ image }, { model }) => {
    const question = 'Which country has this flag? Answer with its name only.'
    const content = [
      { type: 'text', text: question },
      { type: 'image', data: image, mediaType: 'image/png' },
    ] as const
    return model.generate([{ role: 'user', content }])
  },
  { scorers: [exactMatch({ trim: true, ignoreCase: true })], thresholds: { exactMatch: 0.6 } },
)
