import { expect, test } from 'vitest'
import { createModelResponse, type Message } from '../../model/language-model.ts'
import { scriptedModel, type ScriptedAnswer } from './scripted-model.test-support.ts'
import { simulateUser } from './simulate-user.ts'

const persona = 'You want your money back for order 7.'
const says = (message: string, done = false): ScriptedAnswer => ({ object: { done, message } })

test('user and system speak in turn until the user is done', async () => {
  const model = scriptedModel([says('Refund me.'), says('Order 7.'), says('', true)])
  const seen: number[] = []
  const reply = (messages: readonly Message[]) => {
    seen.push(messages.length)
    return messages.length === 1 ? 'Which order?' : createModelResponse({ text: 'Done.', model: 'bot' })
  }
  expect(await simulateUser(reply, { model, persona })).toEqual({
    messages: [
      { role: 'user', content: 'Refund me.' },
      { role: 'assistant', content: 'Which order?' },
      { role: 'user', content: 'Order 7.' },
      { role: 'assistant', content: [{ type: 'text', text: 'Done.' }] },
    ],
    turns: 2,
    endedBy: 'user',
    promptVersion: '1',
  })
  expect(seen).toEqual([1, 3])
  expect(model.calls[0]!.system).toContain(`Who you are:\n${persona}`)
  expect(model.calls[2]!.user).toContain('Which order?\nDone.')
})

test('it ends after maxTurns, and asks for no message that nobody reads', async () => {
  const model = scriptedModel(() => says('Again?'))
  const { turns, endedBy, messages } = await simulateUser(() => 'No.', {
    model,
    persona,
    maxTurns: 3,
    opening: 'Hello',
  })
  expect({ turns, endedBy, first: messages[0] }).toEqual({
    turns: 3,
    endedBy: 'maxTurns',
    first: { role: 'user', content: 'Hello' },
  })
  expect(model.calls).toHaveLength(2)
})

test('a user that has nothing to say says nothing', async () => {
  const model = scriptedModel([says('', true)])
  expect(await simulateUser(() => 'Hm?', { model, persona })).toMatchObject({ messages: [], turns: 0, endedBy: 'user' })
})

test.for(['Refund me!', '{"message": "Refund me!"}', '{"done": false, "message": " "}'])(
  'an answer that keeps to no form is an error: %s',
  async (text) => {
    await expect(simulateUser(() => 'x', { model: scriptedModel([text]), persona })).rejects.toMatchObject({
      code: 'EVALS_MODEL_ANSWER_INVALID',
      message: expect.stringContaining(JSON.stringify(text)),
    })
  },
)

test('maxTurns is a number of turns', async () => {
  await expect(simulateUser(() => 'x', { model: scriptedModel([]), persona, maxTurns: 0 })).rejects.toMatchObject({
    code: 'EVALS_OPTION_INVALID',
  })
})
