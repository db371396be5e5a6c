import { expect, test } from 'vitest'
import { makeResult } from '../summary/sample-result.test-support.ts'
import { summarizeEval } from '../summary/summarize-eval.ts'
import { makeDocument } from '../testing/make-entry.ts'
import { compare } from './compare.ts'
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

test('a kind that was guessed is not declared: a scorer of passes and grades is compared with itself', async () => {
  const ids = ['a', 'b', 'c', 'd']
  const variants = { mini: ids.map(() => true), big: ids.map((_id, index) => index % 2 === 0 || 0.5) }
  const sides = Object.entries(variants).map(([model, scores]) => ({
    facts: { eval: 'e', variant: { model }, planned: 4, scorers: [{ name: 'mixed' }] },
    results: scores.map((score, index) => makeResult({ id: ids[index]!, scores: { mixed: score } })),
  }))
  const summaries = await Promise.all(sides.map(({ facts, results }) => summarizeEval(facts, results)))
  expect(summaries.map(({ scorers }) => scorers['mixed'])).toMatchObject([
    { kind: 'binary', kindGuessed: true },
    { kind: 'graded', kindGuessed: true },
  ])
  const scorers = declaredScorers(makeDocument('x', { evals: { mini: summaries[0]!, big: summaries[1]! } }))
  expect(scorers).toEqual({ e: [{ name: 'mixed', direction: 'higher' }] })
  const results = sides.flatMap(({ facts, results: own }) => own.map((result) => ({ ...result, ...facts })))
  const { scores } = await compare({ results, scorers }, { results, scorers })
  expect(scores.map(({ kind }) => kind)).toEqual(['binary', 'graded'])
})

test('a document tells what its scorers were, by eval and variant, where that was kept', async () => {
  const known = await summarizeEval({ eval: 'e', variant: { model: 'mini' }, planned: 0, scorers: [] }, [])
  const fingerprint = { revision: 0, scorers: { exact: 'f1' } }
  const document = makeDocument('x', { evals: { 'e [model=mini]': { ...known, fingerprint }, e: known } })
  expect(scorerFingerprints(document)).toEqual({ 'e [model=mini]': { exact: 'f1' } })
})
