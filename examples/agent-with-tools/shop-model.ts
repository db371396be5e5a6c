import type { LanguageModel, Message } from '@evals/providers'
import { mock, type MockAnswer } from '@evals/providers/mock'
import { openai } from '@evals/providers/openai'

/** The agent's model: a scripted one, unless `LIVE=1` asks a real one. */
export function shopModel(): LanguageModel {
  return process.env['LIVE'] === '1' ? openai('gpt-5-mini') : scripted()
}

/** What the model does at each turn, by the customer's wish; the last one again and again. */
const scripts: Readonly<Record<string, readonly MockAnswer[]>> = {
  'Where is my order 1002?': [uses('find_order', { order: '1002' }), says('The lantern is on its way.')],
  'My desk lamp is broken. Please refund order 1001.': [
    uses('find_order', { order: '1001' }),
    uses('refund', { order: '1001', euros: 40 }),
    says('You get €40 back.'),
  ],
  // It should have looked first: the lantern has not been delivered.
  'Refund order 1002, I do not want it.': [uses('refund', { order: '1002', euros: 25 }), says('Done.')],
  // It never gives up.
  'Where is my order? I lost the number.': [uses('find_order', { order: '0000' })],
  // It thinks for long before each step, and that costs.
  'Is my order 1001 a good one?': [uses('find_order', { order: '1001' }, 9000), says('It is.')],
}

function scripted(): LanguageModel {
  const answer = (prompt: readonly Message[]): MockAnswer => {
    const script = scripts[String(prompt.find(({ role }) => role === 'user')!.content)]!
    return script[prompt.filter(({ role }) => role === 'assistant').length] ?? script.at(-1)!
  }
  return mock((prompt) => answer(prompt as readonly Message[]), { price: { input: 1, output: 10 } })
}

function uses(name: string, given: object, outputTokens = 30): MockAnswer {
  return { toolCalls: [{ id: `call-${name}`, name, arguments: given }], usage: { inputTokens: 200, outputTokens } }
}

function says(text: string): MockAnswer {
  return { text, usage: { inputTokens: 200, outputTokens: 20 } }
}
