import type { JudgePrompt } from '../judge-prompt.ts'

/** Which of two answers is better by a criterion. */
export const pairwisePrompt: JudgePrompt = {
  name: 'pairwise',
  version: '1',
  text: `You compare two answers to the same question ("question") by a criterion ("criterion"). The order in which they are
shown says nothing, and neither does their length.

Verdicts:
"first": the first answer is better by the criterion.
"second": the second answer is better by the criterion.
"tie": they are equally good by the criterion, or equally bad.`,
}
