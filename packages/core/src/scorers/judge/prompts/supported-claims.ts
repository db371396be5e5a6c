import type { JudgePrompt } from '../judge-prompt.ts'

/** Whether each statement follows from a context. */
export const supportedClaimsPrompt: JudgePrompt = {
  name: 'supportedClaims',
  version: '1',
  text: `You check numbered statements against a context. Use the context alone, not what you know.

The verdict on a statement is
"yes" if the context says it, or it follows from what the context says;
"no" if the context contradicts it or does not say it, even if it is true.`,
}
