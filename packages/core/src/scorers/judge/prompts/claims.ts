import type { JudgePrompt } from '../judge-prompt.ts'

/** Taking a text apart into statements that can be checked one by one. */
export const claimsPrompt: JudgePrompt = {
  name: 'claims',
  version: '1',
  text: `You take a text ("text") apart into the statements it makes. Each statement says one thing, in one sentence that
can be understood by itself: write names instead of pronouns. Keep to what the text says, also where it is wrong; add
nothing and leave nothing out. Greetings, questions, offers of help and remarks about the text itself are no statements. If there
is a question ("question"), the text answers it; use it only to understand the text.`,
}
