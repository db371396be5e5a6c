import { expect, test } from 'vitest'
import { summarizeEval } from '../summary/summarize-eval.ts'
import { makeDocument } from '../testing/make-entry.ts'
import { parseDocument } from './parse-document.ts'

const failing = { eval: 'qa', variant: {}, error: { name: 'EvalsError', message: 'no dataset' } }

test('evals that could not be declared are read, and what is none is no document', () => {
  const document = makeDocument('exp', { undeclared: [failing] })
  expect(parseDocument(JSON.stringify(document), 'exp')).toEqual(document)
  for (const undeclared of [
    {},
    [null],
    [{ ...failing, eval: 1 }],
    [{ ...failing, variant: 1 }],
    [{ ...failing, error: {} }],
  ]) {
    const text = JSON.stringify({ ...document, undeclared })
    expect(parseDocument(text, 'exp')).toBe('no experiment document: `undeclared` is not what it should be')
  }
})

test('evals are found by their keys, also where an earlier version had their dimensions in another order', async () => {
  const summary = await summarizeEval(
    { eval: 'qa', variant: { prompt: 'v1', model: 'mini' }, planned: 0, scorers: [] },
    [],
  )
  const document = makeDocument('exp', { evals: { 'qa [prompt=v1, model=mini]': summary } })
  const { evals } = parseDocument(JSON.stringify(document), 'exp') as typeof document
  expect(Object.keys(evals)).toEqual(['qa [model=mini, prompt=v1]'])
})
