import { makeRecord } from '@evals/core/testing'
import type { RecordEntry, SampleRecord } from '@evals/core'
import { expect, test } from 'vitest'
import { createRedact } from './redact.ts'

const sha256 = 'a'.repeat(64)
const secret: RecordEntry = {
  record: makeRecord({
    input: { email: 'ann@example.com' },
    output: { $blob: sha256, mediaType: 'image/png', bytes: 3 },
    trace: [{ type: 'log', atMs: 0, values: ['ann'] }],
    tags: ['ann'],
    cluster: 'ann',
    metadata: { name: 'Ann' },
    model: 'fake:ann',
    failure: { message: 'ann' },
  }),
  attachments: [{ sha256, mediaType: 'image/png', bytes: new Uint8Array([1, 2, 3]) }],
}
const redactWith = (source: string | ((record: SampleRecord) => unknown)) => createRedact(String(source))(secret)

test('without a redaction the entry stays as it is', () => {
  expect(createRedact(undefined)(secret)).toBe(secret)
})

test('the record is what the function returns; the original is not touched', () => {
  const { record, thrown } = redactWith((own) => Object.assign(own, { input: null }))
  expect(thrown).toBeUndefined()
  expect(record).toEqual({ ...secret.record, input: null })
  expect(secret.record.input).toEqual({ email: 'ann@example.com' })
})

test('what a test fails with is redacted too, and what identifies a record stays', () => {
  const redact = createRedact('(record) => ({ ...record, id: "x", outcome: "error", failure: { message: "hidden" } })')
  const { record, thrown } = redact({ ...secret, thrown: new TypeError('ann') })
  expect(record).toMatchObject({ id: secret.record.id, outcome: secret.record.outcome })
  expect(thrown).toMatchObject({ message: 'hidden', stack: '' })
})

test('attachments stay as long as the record refers to them', () => {
  expect(redactWith((record) => record).attachments).toEqual(secret.attachments)
  expect(redactWith((record) => ({ ...record, output: null })).attachments).toEqual([])
})

test.for<[string, string, RegExp]>([
  ['throws', '() => { throw new Error("no") }', /`redact` failed: no\. It runs in a worker/],
  ['uses what is outside its body', '(record) => ({ ...record, input: mask(record.input) })', /mask is not defined/],
  ['returns nothing', '() => {}', /it returned no record/],
  ['returns null', '() => null', /it returned no record/],
  ['returns a promise', 'async (record) => record', /it returned no record/],
  ['leaves out a field', '({ startedAt, ...record }) => record', /it returned no record: `startedAt` is not text/],
  [
    'empties a score',
    '(record) => ({ ...record, scores: { exactMatch: null } })',
    /`scores` is not an object of scores/,
  ],
  ['returns what is no JSON', '(record) => ({ ...record, input: 1n })', /BigInt/],
])('one that %s leaves nothing of what the sample held', ([, source, message]) => {
  const { record, attachments, thrown } = redactWith(source)
  expect(thrown).toMatchObject({ code: 'EVALS_REDACT_FAILED', message: expect.stringMatching(message) })
  expect(record).toMatchObject({
    id: 'france',
    epoch: 0,
    outcome: 'error',
    passed: null,
    error: { code: 'EVALS_REDACT_FAILED' },
  })
  expect(attachments).toEqual([])
  expect(JSON.stringify(record)).not.toMatch(/\bann\b|Paris|Capital of/i)
})
