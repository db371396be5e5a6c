import type { ModelResponse } from '../../model/language-model.ts'
import type { ScorerInput } from '../../scoring/scorer.ts'
import { isJsonObject } from '../structure/read-json.ts'
import { askJudge, type JudgeReply, type Reading } from './ask-judge.ts'
import type { ModelGradedOptions } from './judge-model.ts'
import type { JudgePrompt } from './judge-prompt.ts'
import { readObject } from './read-object.ts'
import { numbered } from './retrieved-context.ts'

/** What a judge says of one item. */
export interface CheckedItem {
  readonly holds: boolean
  readonly explanation: string
}

/** Items to be checked one by one. */
export interface Check {
  readonly scorer: string
  readonly prompt: JudgePrompt
  /** What one item is called. */
  readonly called: string
  readonly items: readonly unknown[]
  /** What they are checked against. */
  readonly parts: Readonly<Record<string, unknown>>
}

const schema = {
  type: 'object',
  properties: {
    verdicts: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          number: { type: 'integer' },
          explanation: { type: 'string' },
          verdict: { type: 'string', enum: ['yes', 'no'] },
        },
        required: ['number', 'explanation', 'verdict'],
        additionalProperties: false,
      },
    },
  },
  required: ['verdicts'],
  additionalProperties: false,
} as const

/** Asks a model about all items in one call; an answer that leaves one out, or has one twice, is a problem. */
export async function checkItems(
  { scorer, prompt, called, items, parts }: Check,
  options: ModelGradedOptions,
  sample: Pick<ScorerInput, 'signal'>,
): Promise<JudgeReply<readonly CheckedItem[]>> {
  const format =
    `Answer with a JSON object: "verdicts", an array with one object for each ${called}: its "number", a short ` +
    `"explanation", and the "verdict", "yes" or "no".`
  const asked = { scorer, prompt, parts: { ...parts, ...numbered(called, items) }, schema }
  const read = (answer: Pick<ModelResponse, 'text' | 'object'>) => readChecks(answer, items.length)
  return askJudge({ ...asked, format: { structured: format, text: format }, read }, options, sample)
}

/** The verdicts on items 1 to `count`, in that order. */
export function readChecks(
  answer: Pick<ModelResponse, 'text' | 'object'>,
  count: number,
): Reading<readonly CheckedItem[]> {
  const verdicts = readObject(answer)?.['verdicts']
  if (!Array.isArray(verdicts)) return { problem: 'the answer has no list of verdicts' }
  const found = new Map<number, CheckedItem>()
  for (const entry of verdicts as readonly unknown[]) {
    if (!isJsonObject(entry)) return { problem: 'a verdict of the answer is no object' }
    const { number, verdict, explanation } = entry
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 1 || number > count) {
      return { problem: `the answer has a verdict on number ${String(number)}, and there are ${count}` }
    }
    if (verdict !== 'yes' && verdict !== 'no')
      return { problem: `the verdict on number ${number} is neither yes nor no` }
    if (found.has(number)) return { problem: `the answer has two verdicts on number ${number}` }
    found.set(number, { holds: verdict === 'yes', explanation: typeof explanation === 'string' ? explanation : '' })
  }
  if (found.size < count) return { problem: `the answer has verdicts on ${found.size} of ${count}` }
  return { answer: Array.from({ length: count }, (_, index) => found.get(index + 1)!) }
}
