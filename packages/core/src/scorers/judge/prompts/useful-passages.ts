import type { JudgePrompt } from '../judge-prompt.ts'

/** Whether each retrieved passage helps to give an answer. */
export const usefulPassagesPrompt: JudgePrompt = {
  name: 'usefulPassages',
  version: '1',
  text: `You check for numbered passages, which a search found for a question ("question"), whether they are of use for the
answer ("answer").

The verdict on a passage is
"yes" if it holds something that the answer says or needs;
"no" if the answer could be given as well without it, even if it is about the same subject.`,
}
