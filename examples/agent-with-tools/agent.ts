import type { LanguageModel, Message } from '@evals/providers'
import { shopTools, useTool } from './shop-tools.ts'

const rules = 'You serve the customers of a lamp shop. Refund only what was delivered. Be brief.'

/** The application: asks the model, uses the tools it wants, and so on until it answers. Nothing ends it but that. */
export async function runAgent(model: LanguageModel, wish: string): Promise<string> {
  const messages: Message[] = [
    { role: 'system', content: rules },
    { role: 'user', content: wish },
  ]
  while (true) {
    const answer = await model.generate(messages, { tools: shopTools })
    if (answer.toolCalls.length === 0) return answer.text
    const results = answer.toolCalls.map((call) => {
      return { type: 'tool-result', id: call.id, name: call.name, result: useTool(call) } as const
    })
    messages.push(answer.message, { role: 'tool', content: results })
  }
}
