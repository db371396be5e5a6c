import { EvalsError } from '../../errors.ts'
import { isModelResponse, type LanguageModel, type Message, type ModelResponse } from '../../model/language-model.ts'
import { quote } from '../text-scorer.ts'
import type { JudgeSettings } from './judge-model.ts'
import { simulatedUserPrompt } from './prompts/simulated-user.ts'
import { readObject } from './read-object.ts'

/** Options of {@link simulateUser}. */
export interface SimulateUserOptions {
  /** Plays the user. */
  readonly model: LanguageModel
  /** Who the user is, what they want, what they know and when they are content. */
  readonly persona: string
  /** Most messages of the user. Default 8. */
  readonly maxTurns?: number
  /** The user's first message. Default: the model writes it. */
  readonly opening?: string
  /** Settings of the calls. Default: the provider's. */
  readonly settings?: JudgeSettings
  readonly signal?: AbortSignal
}

/** Answers the conversation so far, which ends with a message of the user. */
export type Reply = (messages: readonly Message[]) => string | ModelResponse | Promise<string | ModelResponse>

/** A conversation, the user's messages and the system's in turn. */
export interface Conversation {
  readonly messages: readonly Message[]
  /** Messages of the user. */
  readonly turns: number
  /** `user`: the user was done; `maxTurns`: there were no more turns. */
  readonly endedBy: 'user' | 'maxTurns'
  readonly promptVersion: string
}

const schema = {
  type: 'object',
  properties: { done: { type: 'boolean' }, message: { type: 'string' } },
  required: ['done', 'message'],
  additionalProperties: false,
} as const

const format = `Answer with a JSON object: "done", true if you are done and have nothing more to say, and "message", what you
write next (empty if you are done).`

/**
 * A conversation with the system under test, in which a model plays the user. Called in a task; its model's calls are
 * those of the task. The user's model sees the system's replies as messages, never as instructions of its own.
 *
 * @param reply the system under test
 * @throws EvalsError `EVALS_MODEL_ANSWER_INVALID` where the user's model keeps to no form; `EVALS_OPTION_INVALID`
 * @example
 * test.each(goals)('support', ({ persona }, { signal }) => simulateUser(bot.reply, { model, persona, maxTurns: 6,
 * signal }))
 */
export async function simulateUser(reply: Reply, options: SimulateUserOptions): Promise<Conversation> {
  const { maxTurns = 8, opening } = options
  const { version: promptVersion } = simulatedUserPrompt
  if (!Number.isInteger(maxTurns) || maxTurns < 1) {
    throw new EvalsError(
      'EVALS_OPTION_INVALID',
      `simulateUser(): maxTurns must be a whole number from 1, not ${maxTurns}.`,
    )
  }
  const messages: Message[] = []
  let turns = 0
  let next: Said = opening === undefined ? await nextSaid(messages, options) : { done: false, message: opening }
  while (!next.done) {
    messages.push({ role: 'user', content: next.message })
    turns += 1
    const answer = await reply([...messages])
    messages.push(isModelResponse(answer) ? answer.message : { role: 'assistant', content: answer })
    if (turns === maxTurns) return { messages, turns, endedBy: 'maxTurns', promptVersion }
    next = await nextSaid(messages, options)
  }
  return { messages, turns, endedBy: 'user', promptVersion }
}

interface Said {
  readonly done: boolean
  readonly message: string
}

async function nextSaid(
  messages: readonly Message[],
  { model, persona, settings, signal }: SimulateUserOptions,
): Promise<Said> {
  const prompt: Message[] = [
    { role: 'system', content: `${simulatedUserPrompt.text}\n\nWho you are:\n${persona}\n\n${format}` },
    { role: 'user', content: '(The assistant is there. Write your first message.)' },
    ...messages.map(asSeenByUser),
  ]
  const answer = await model.generate(prompt, { ...settings, schema, ...(signal === undefined ? {} : { signal }) })
  const { done, message } = readObject(answer) ?? {}
  if (typeof done === 'boolean' && typeof message === 'string' && (done || message.trim() !== ''))
    return { done, message }
  throw new EvalsError(
    'EVALS_MODEL_ANSWER_INVALID',
    `simulateUser(): ${answer.model} must answer { "done", "message" }, and answered ${quote(answer.text)}. Use a model with structured output.`,
    { details: { model: answer.model } },
  )
}

/** For the model that plays the user, its own messages are the assistant's, and the system's are the user's. */
function asSeenByUser({ role, content }: Message): Message {
  const text =
    typeof content === 'string'
      ? content
      : content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
  if (role === 'user') return { role: 'assistant', content: JSON.stringify({ done: false, message: text }) }
  return { role: 'user', content: text === '' ? '(no text)' : text }
}
