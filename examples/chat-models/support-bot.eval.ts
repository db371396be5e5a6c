import { fetch } from '@evals/providers'
import { evalTest } from 'vitest-plugin-evals'
import { connection, hasKey } from './apis.ts'
import { SupportBot } from './app/support-bot.ts'
import { customerIsContent } from './customer-is-content.ts'
import { messages } from './messages.ts'

/** The application as it is: its client's calls get limits, retries, cache, costs and records through `fetch`. */
const supportBot = (modelId: string) => async () =>
  new SupportBot(modelId, { ...(await connection('/v1')), fetch, maxRetries: 0, timeout: 3_600_000 })

const test = evalTest
  .runIf(hasKey('openai'))
  .variants({ bot: { 'gpt-5-mini': supportBot('gpt-5-mini'), 'gpt-5': supportBot('gpt-5') } })

test.each(messages)('support bot', ({ text }, { bot }) => bot.handle(text), {
  scorers: [
    function rightMood({ output, expected }) {
      return output.mood === expected
    },
    customerIsContent,
  ],
  limits: { turns: 2, tokens: 10_000, costUsd: 0.05 },
  thresholds: { rightMood: 0.5, costUsd: { total: 0.5 } },
})
