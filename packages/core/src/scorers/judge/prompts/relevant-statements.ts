import type { JudgePrompt } from '../judge-prompt.ts'

/** Whether each statement of an answer belongs to its question. */
export const relevantStatementsPrompt: JudgePrompt = {
  name: 'relevantStatements',
  version: '1',
  text: `You check for numbered statements, which were taken from an answer, whether they answer a question ("question").
Whether they are true does not matter.

The verdict on a statement is
"yes" if it answers the question or a part of it, or gives a reason or a condition that the answer needs;
"no" if the question would be answered as well without it, or it only says that there is no answer.`,
}
