import { expect, test } from 'vitest'
import { makeResult } from '../summary/sample-result.test-support.ts'
import { summarizeEval } from '../summary/summarize-eval.ts'
import { makeDocument } from '../testing/make-entry.ts'
import { declaredScorers, scorerFingerprints } from './declared-scorers.ts'

test('a document tells what its scorers declared; those without a score declared nothing that counts', async () => {
  const scorers = [
    { name: 'graded', kind: 'graded', range: [0, Infinity], direction: 'lower' },
    { name: 'binary', kind: 'binary' },
    { name: 'unasked', direction: 'lower' },
  ] as const
  const facts = { eval: 'e', variant: { model: 'mini' }, planned: 1, scorers }
  const summary = await summarizeEval(facts, [makeResult({ scores: { graded: 3, binary: 1 } })])
  const document = makeDocument('x', { evals: { 'e [model=mini]': summary, 'e [model=big]': summary } })
  // As it comes back from the disk.
  const stored = JSON.parse(JSON.stringify(document)) as typeof document
  expect(declaredScorers(stored)).toEqual({
    e: [
      { name: 'graded', kind: 'graded', direction: 'lower', range: [0, Infinity] },
      { name: 'binary', kind: 'binary', direction: 'higher', range: [0, 1] },
    ],
  })
  expect(declaredScorers({ ...stored, rebuilt: 'it was damaged' })).toEqual({})
})

test('a document tells what its scorers were, by eval and variant, where that was kept', async () => {
  const known = await summarizeEval({ eval: 'e', variant: { model: 'mini' }, planned: 0, scorers: [] }, [])
  const fingerprint = { revision: 0, scorers: { exact: 'f1' } }
  const document = makeDocument('x', { evals: { 'e [model=mini]': { ...known, fingerprint }, e: known } })
  expect(scorerFingerprints(document)).toEqual({ 'e [model=mini]': { exact: 'f1' } })
})
