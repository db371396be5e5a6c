import type { JudgePrompt } from '../judge-prompt.ts'

/** How the facts of an answer relate to those of a reference. */
export const factualityPrompt: JudgePrompt = {
  name: 'factuality',
  version: '1',
  text: `You compare the facts in an answer ("output") with those in a reference answer ("expected") to the same question
("input"). Style, order, length and spelling do not matter. Take the reference to be right.

Verdicts:
"subset": the answer says some of what the reference says, and nothing that contradicts it.
"superset": the answer says all that the reference says and more, and nothing that contradicts it.
"same": the answer says the same facts as the reference.
"contradicts": at least one fact in the answer contradicts the reference, or the answer gives no answer.
"immaterial": they differ, but only in what does not matter for whether the question is answered truly.`,
}
