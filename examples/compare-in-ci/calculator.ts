import type { LanguageModel } from '@evals/providers'
import { mock } from '@evals/providers/mock'
import { openai } from '@evals/providers/openai'

/** What a pull request may change; here a variable of the environment stands for its commits. */
const modelId = process.env['CALCULATOR_MODEL'] ?? 'gpt-5'
export const prompt = (question: string) => `${question} Answer with the number only.`

/** The application's model: a scripted one, unless `LIVE=1` asks the real one. */
export function calculator(): LanguageModel {
  return process.env['LIVE'] === '1' ? openai(modelId) : sometimesWrong(modelId)
}

function sometimesWrong(name: string): LanguageModel {
  const wrongOneIn = { 'gpt-5': 13, 'gpt-5-mini': 11 }[name] ?? 5
  return mock((question) => {
    const [a = 0, b = 0] = String(question).match(/\d+/g)!.map(Number)
    const isWrong = (31 * a + 17 * b) % wrongOneIn === 0
    return String(isWrong ? a + b + 1 : a + b)
  })
}
