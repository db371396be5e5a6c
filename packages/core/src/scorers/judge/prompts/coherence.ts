import type { JudgePrompt } from '../judge-prompt.ts'

/** How well a text hangs together. */
export const coherencePrompt: JudgePrompt = {
  name: 'coherence',
  version: '1',
  text: `You grade how well a text ("output") hangs together: whether its sentences follow from one another, keep to one line of
thought and do not contradict each other. Whether it is true, complete or asked for does not matter.

Grades:
5: every sentence follows from those before; nothing is out of place.
4: clear throughout, with one small jump or repetition.
3: the line of thought can be followed, but has several jumps, repetitions or loose sentences.
2: most sentences do not belong together, or some contradict each other.
1: no line of thought, or no text.`,
}
