import type { ModelResponse } from '../../model/language-model.ts'
import type { ScorerInput } from '../../scoring/scorer.ts'
import { askJudge, type JudgeReply, type Reading } from './ask-judge.ts'
import type { ModelGradedOptions } from './judge-model.ts'
import { claimsPrompt } from './prompts/claims.ts'
import { readObject } from './read-object.ts'

const schema = {
  type: 'object',
  properties: { statements: { type: 'array', items: { type: 'string' } } },
  required: ['statements'],
  additionalProperties: false,
} as const

const format = 'Answer with a JSON object: "statements", an array of the statements, empty if there are none.'

/** Takes a text apart into the statements it makes, with a model. */
export async function extractClaims(
  { scorer, text, question }: { scorer: string; text: unknown; question?: unknown },
  options: ModelGradedOptions,
  sample: Pick<ScorerInput, 'signal'>,
): Promise<JudgeReply<readonly string[]>> {
  const parts = { ...(question === undefined ? {} : { question }), text }
  const asked = { scorer, prompt: claimsPrompt, parts, schema, format: { structured: format, text: format } }
  return askJudge({ ...asked, read: readClaims }, options, sample)
}

/** The statements of an answer; one that is no list of texts is a problem. */
function readClaims(answer: Pick<ModelResponse, 'text' | 'object'>): Reading<readonly string[]> {
  const statements = readObject(answer)?.['statements']
  if (!Array.isArray(statements) || !statements.every((statement) => typeof statement === 'string')) {
    return { problem: 'the answer has no list of statements' }
  }
  return { answer: statements.filter((statement) => statement.trim() !== '') }
}
