import { OpenAI } from 'openai'
import type { ClientOptions } from 'openai'

/** What the bot makes of a customer's message. */
export interface Handled {
  readonly mood: 'positive' | 'negative'
  readonly reply: string
}

/** An application that uses OpenAI's client by itself and knows nothing of evals. */
export class SupportBot {
  readonly #client: OpenAI
  readonly #model: string

  constructor(model: string, options: ClientOptions = {}) {
    this.#client = new OpenAI(options)
    this.#model = model
  }

  /** Reads the mood of a message and replies to it: two calls. */
  async handle(message: string): Promise<Handled> {
    const mood = await this.#ask(`Is the mood of this message positive or negative? Answer in one word.\n\n${message}`)
    const reply = await this.#ask(`Reply to this customer of our shop in two short sentences.\n\n${message}`)
    return { mood: /positive/i.test(mood) ? 'positive' : 'negative', reply }
  }

  async #ask(content: string): Promise<string> {
    const answer = await this.#client.chat.completions.create({
      model: this.#model,
      messages: [{ role: 'user', content }],
    })
    return answer.choices[0]?.message.content ?? ''
  }
}
