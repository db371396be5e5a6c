import { EvalsError } from '../../errors.ts'
import {
  createModelResponse,
  type GenerateOptions,
  type LanguageModel,
  type Message,
  type ModelResponseFields,
} from '../../model/language-model.ts'

/** A text, fields of a response, a structured answer `{ object }`, or an error to throw. */
export type ScriptedAnswer = string | Partial<ModelResponseFields> | Error

/** What a scripted model was asked. */
export interface ScriptedCall {
  readonly system: string
  readonly user: string
  readonly options: GenerateOptions
}

/** A model that answers by a script, one answer after the other or by a function, and remembers what it was asked. */
export function scriptedModel(
  script: readonly ScriptedAnswer[] | ((call: ScriptedCall) => ScriptedAnswer),
  modelId = 'judge-1',
): LanguageModel & { readonly calls: readonly ScriptedCall[] } {
  const calls: ScriptedCall[] = []
  return {
    provider: 'scripted',
    modelId,
    calls,
    async generate(prompt, options = {}) {
      const messages = prompt as readonly Message[]
      const text = (role: Message['role']) =>
        messages.flatMap((message) => (message.role === role ? [String(message.content)] : [])).join('\n')
      const call = { system: text('system'), user: text('user'), options }
      const number = calls.push(call)
      const answer = typeof script === 'function' ? script(call) : script[number - 1]
      if (answer === undefined)
        throw new EvalsError('EVALS_MODEL_SCRIPT_EXHAUSTED', `call ${number} is not in the script`)
      if (answer instanceof Error) throw answer
      const fields = typeof answer === 'string' ? { text: answer } : answer
      return createModelResponse({ text: '', model: `scripted:${modelId}`, ...fields })
    },
    stream() {
      throw new EvalsError('EVALS_MODEL_CAPABILITY_MISSING', 'a judge does not stream')
    },
  }
}

/** A structured verdict. */
export function verdict(word: string | number, explanation = 'because'): ScriptedAnswer {
  return { object: { explanation, verdict: word } }
}
