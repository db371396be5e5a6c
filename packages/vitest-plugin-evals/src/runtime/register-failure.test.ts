import { expect, test } from 'vitest'
import { redactError } from './register-failure.ts'

const error = {
  name: 'EvalsError',
  code: 'EVALS_DATASET_ID_DUPLICATE',
  message: 'two rows "ann@example.com"',
  stack: 'at',
}
const failed = { eval: 'qa.eval.ts > capitals', variant: {}, error }

test('the error of an eval goes through the redaction as that of a sample', () => {
  const source = String((record: { eval: string; error: { message: string } }) => ({
    ...record,
    error: { ...record.error, message: `${record.eval}: ${record.error.message.replace(/[\w.]+@[\w.]+/, '…')}` },
  }))
  expect(redactError(source, failed)).toEqual({
    name: 'EvalsError',
    code: 'EVALS_DATASET_ID_DUPLICATE',
    message: 'qa.eval.ts > capitals: two rows "…"',
  })
})

test('without a redaction it stays, without where it happened', () => {
  expect(redactError(undefined, failed)).toEqual({ name: error.name, code: error.code, message: error.message })
})

test('of a redaction that fails, or leaves no error, nothing is kept', () => {
  expect(redactError('(record) => record.input.email.length', failed)).toMatchObject({ code: 'EVALS_REDACT_FAILED' })
  for (const nothing of ['undefined', 'null']) {
    const redacted = redactError(`(record) => ({ ...record, error: ${nothing} })`, failed)
    expect(redacted).toEqual({ name: 'Error', message: 'why is redacted' })
  }
})

test('what a redaction leaves is text, which a document has to have', () => {
  const source = '(record) => ({ ...record, error: { name: 1, message: null } })'
  expect(redactError(source, failed)).toMatchObject({
    name: 'EvalsError',
    code: 'EVALS_REDACT_FAILED',
    message: expect.stringContaining('`error` is not an error with name and message'),
  })
})
