import type { JudgePrompt } from '../judge-prompt.ts'

/** How far a text is what was asked for. */
export const relevancePrompt: JudgePrompt = {
  name: 'relevance',
  version: '1',
  text: `You grade how far an answer ("output") is what was asked for ("input"). Whether it is true does not matter.

Grades:
5: it answers all that was asked, and says nothing else.
4: it answers what was asked, with a little that was not, or leaves out a detail.
3: it answers a part of what was asked, or as much of it is beside the point as to the point.
2: it is about the same subject, but hardly answers what was asked.
1: it is about something else, declines to answer, or there is no answer.`,
}
