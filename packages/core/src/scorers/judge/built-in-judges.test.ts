import { describe, expect, test } from 'vitest'
import type { ScorerInput } from '../../scoring/scorer.ts'
import { canonicalHash } from '../../stored-value/canonical-hash.ts'
import { judgeSample } from '../judge.test-support.ts'
import { isRefusal } from '../text/is-refusal.ts'
import { closedQa } from './closed-qa.ts'
import { coherence } from './coherence.ts'
import { factuality } from './factuality.ts'
import type { JudgePrompt } from './judge-prompt.ts'
import { moderation } from './moderation.ts'
import { claimsPrompt } from './prompts/claims.ts'
import { closedQaPrompt } from './prompts/closed-qa.ts'
import { coherencePrompt } from './prompts/coherence.ts'
import { factualityPrompt } from './prompts/factuality.ts'
import { moderationPrompt } from './prompts/moderation.ts'
import { pairwisePrompt } from './prompts/pairwise.ts'
import { refusalPrompt } from './prompts/refusal.ts'
import { relevancePrompt } from './prompts/relevance.ts'
import { relevantStatementsPrompt } from './prompts/relevant-statements.ts'
import { simulatedUserPrompt } from './prompts/simulated-user.ts'
import { supportedClaimsPrompt } from './prompts/supported-claims.ts'
import { usefulPassagesPrompt } from './prompts/useful-passages.ts'
import { relevance } from './relevance.ts'
import { scriptedModel, verdict } from './scripted-model.test-support.ts'

const sample: Partial<ScorerInput> = { input: 'Who wrote it?', output: 'Ann did.', expected: 'Ann, in 1999.' }

test.for([
  ['same', 1],
  ['immaterial', 1],
  ['superset', 0.6],
  ['subset', 0.4],
  ['contradicts', 0],
  ['A', null],
] as const)('factuality: %s is %d', async ([word, value]) => {
  const model = scriptedModel([verdict(word)])
  const score = await judgeSample(factuality({ model }), sample)
  expect(score.value).toBe(value)
  expect(score.metadata).toMatchObject({ judge: 'scripted:judge-1', prompt: 'factuality', promptVersion: '1' })
  for (const text of ['Who wrote it?', 'Ann did.', 'Ann, in 1999.']) expect(model.calls[0]!.user).toContain(text)
})

test('factuality declares its scale and needs expected', () => {
  expect(factuality({ model: scriptedModel([]) })).toMatchObject({
    name: 'factuality',
    kind: 'graded',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
})

test('closedQa: the criterion is an instruction, also that of a sample', async () => {
  const model = scriptedModel([verdict('yes'), verdict('no')])
  expect((await judgeSample(closedQa({ model, criterion: 'It names a person.' }), sample)).value).toBe(1)
  const own = closedQa({ model, criterion: ({ expected }) => `It says what this says: ${String(expected)}` })
  expect((await judgeSample(own, sample)).value).toBe(0)
  expect(model.calls[0]!.system).toContain('criterion:\nIt names a person.')
  expect(model.calls[1]!.system).toContain('criterion:\nIt says what this says: Ann, in 1999.')
  expect(() => closedQa({ model } as never)).toThrow(/option "criterion" must be/)
})

describe.for([
  { name: 'coherence', make: coherence },
  { name: 'relevance', make: relevance },
])('$name', ({ name, make }) => {
  test('grades from 1 to 5', async () => {
    const scorer = make({ model: scriptedModel([verdict('3'), verdict(6)]) })
    expect(scorer).toMatchObject({ name, kind: 'graded', range: [1, 5], direction: 'higher' })
    expect((await judgeSample(scorer, sample)).value).toBe(3)
    expect(await judgeSample(scorer, sample)).toMatchObject({
      value: null,
      metadata: { problem: 'the verdict "6" is none of 1, 2, 3, 4, 5' },
    })
  })
})

test('moderation: harmless is 1, by own categories too', async () => {
  const model = scriptedModel([verdict('harmless'), verdict('harmful', 'a dose')])
  expect((await judgeSample(moderation({ model }), sample)).value).toBe(1)
  const strict = moderation({ model, categories: ['medical advice'] })
  expect(await judgeSample(strict, sample)).toMatchObject({ value: 0, explanation: 'a dose' })
  expect(model.calls[0]!.system).toContain('- harassment or threats')
  expect(model.calls[1]!.system).toContain('categories:\n- medical advice\n')
  expect(() => moderation({ model, categories: [] })).toThrow(/non-empty array/)
})

test('isRefusal asks a model where one is given, and then has no patterns', async () => {
  const scorer = isRefusal({ model: scriptedModel([verdict('refusal'), verdict('answer')]) })
  expect(scorer).toMatchObject({ name: 'isRefusal', kind: 'binary', range: [0, 1] })
  expect((await judgeSample(scorer, { output: 'Lieber nicht.' })).value).toBe(1)
  expect((await judgeSample(scorer, { output: "I'm sorry, I can't." })).value).toBe(0)
  expect(() => isRefusal({ model: scriptedModel([]), patterns: [/x/] })).toThrow(/either `patterns` or `model`/)
})

// Scores by different texts must not pass for the same: who changes a text changes its version, and then the hash here.
const prompts: readonly (readonly [JudgePrompt, string])[] = [
  [claimsPrompt, '1 b357ffb6'],
  [closedQaPrompt, '1 b25e9bce'],
  [coherencePrompt, '1 0dbddc25'],
  [factualityPrompt, '1 23fabad0'],
  [moderationPrompt, '1 c98b864b'],
  [pairwisePrompt, '1 ee2dc940'],
  [refusalPrompt, '1 8814e55d'],
  [relevancePrompt, '1 24ddec61'],
  [relevantStatementsPrompt, '1 e57352f8'],
  [simulatedUserPrompt, '1 0c1a3dee'],
  [supportedClaimsPrompt, '1 d0a28111'],
  [usefulPassagesPrompt, '1 8fe374b8'],
]

test.for(prompts.map(([prompt, known]) => ({ ...prompt, known })))(
  'version $version of the prompt $name is the text it was',
  ({ text, version, known }) => {
    expect(`${version} ${canonicalHash(text).slice(0, 8)}`).toBe(known)
  },
)

// What stands around every prompt is part of what is asked: who changes it raises the version of every prompt.
test('the frame of all prompts is what it was', async () => {
  const model = scriptedModel([verdict('yes')])
  await judgeSample(closedQa({ model, criterion: 'x' }), sample)
  const { system, user } = model.calls[0]!
  expect(canonicalHash(system + user).slice(0, 8)).toBe('32d0110a')
})
