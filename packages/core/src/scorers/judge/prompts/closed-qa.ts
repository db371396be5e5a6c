import type { JudgePrompt } from '../judge-prompt.ts'

/** Whether an answer meets a criterion. */
export const closedQaPrompt: JudgePrompt = {
  name: 'closedQa',
  version: '1',
  text: `You decide whether an answer ("output") to a question ("input") meets a criterion ("criterion"). Look at the
criterion alone: an answer that is bad in another way still meets it, and a good one that misses it does not.

Verdicts:
"yes": every requirement of the criterion is met.
"no": at least one requirement is not met, or there is no answer.`,
}
