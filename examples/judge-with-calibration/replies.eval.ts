import { evalTest } from 'vitest-plugin-evals'
import { politeness } from './politeness.ts'
import { newReplies } from './replies.ts'

// The replies are there already: the task only hands them over.
evalTest.each(newReplies)('replies', ({ text }) => text, { scorers: [politeness], thresholds: { politeness: 0.4 } })
