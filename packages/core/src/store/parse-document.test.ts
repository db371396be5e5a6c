import { expect, test } from 'vitest'
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
