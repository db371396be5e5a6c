import { model } from '@evals/providers'
import type { Scorer } from 'vitest-plugin-evals'
import type { Handled } from './app/support-bot.ts'

/** Plays its role unless the option `models` names another: `-- --models judge=anthropic:claude-sonnet-5`. */
const judge = model('judge', 'openai:gpt-5')
const question = 'Is the sentiment of a customer who gets this reply positive or negative? Answer in one word.'

/** A model as the judge: is the customer content with the reply? */
export const customerIsContent: Scorer<{ readonly text: string }, Handled> = {
  name: 'customerIsContent',
  kind: 'binary',
  async score({ input, output, signal }) {
    const prompt = `${question}\n\nCustomer: ${input.text}\n\nReply: ${output.reply}`
    const { text } = await judge.generate(prompt, { signal })
    return { value: /positive/i.test(text), explanation: text }
  },
}
