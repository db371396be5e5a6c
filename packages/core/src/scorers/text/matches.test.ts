import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, valueOf } from '../judge.test-support.ts'
import { matches } from './matches.ts'

test('declares how its values are read, and needs expected only without a pattern', () => {
  expect(matches(/x/)).toMatchObject({
    name: 'matches',
    kind: 'binary',
    range: [0, 1],
    direction: 'higher',
    needsExpected: false,
  })
  expect(matches()).toMatchObject({ needsExpected: true })
  expect(matches(/x/, { name: 'dated' }).name).toBe('dated')
})

test.for([
  [/^\d{4}-\d{2}$/, '2026-08', { value: 1 }],
  [/^\d{4}-\d{2}$/, 'in 2026-08', { value: 0, explanation: String.raw`no match for /^\d{4}-\d{2}$/` }],
  [/paris/i, 'It is PARIS', { value: 1 }],
  ['P[ai]+ris', 'Paris', { value: 1 }],
  [/^\p{Emoji}$/u, '😀', { value: 1 }],
  [/^4/, 42, { value: 1 }],
  [/x/, null, { value: 0, explanation: 'the output is null' }],
] as const)('%s on %j', async ([pattern, output, details]) => {
  expect(await judge(matches(pattern), output)).toEqual(details)
})

test.for([
  ['a+b', 'xaab', 1],
  ['a+b', 'xaa', 0],
  [/A+B/i, 'xaab', 1],
  [4, '42', 1],
] as const)('the pattern %s of the row on %j', async ([expected, output, value]) => {
  expect(await valueOf(matches(), output, expected)).toBe(value)
})

test('global and sticky expressions carry no state from one output to the next', async () => {
  const global = /a/g
  global.lastIndex = 3
  const scorer = matches(global)
  for (let time = 0; time < 3; time++) expect(await valueOf(scorer, 'a')).toBe(1)
  expect(global.lastIndex).toBe(3)
  expect(await valueOf(matches(/a/y), 'ba')).toBe(0)
  expect(await valueOf(matches(/a/y), 'ab')).toBe(1)
})

test('a pattern that backtracks without end is the scorer error, and the next match works', async () => {
  const scorer = matches(/^(a+)+$/, { timeoutMs: 200 })
  const start = performance.now()
  await expect(async () => judge(scorer, `${'a'.repeat(50)}b`)).rejects.toMatchObject({
    code: 'EVALS_SCORER_FAILED',
    message: expect.stringContaining('/^(a+)+$/ needed more than 200 ms on an output of 51 characters'),
    details: { scorer: 'matches', pattern: '^(a+)+$', flags: '', timeoutMs: 200, outputLength: 51 },
  })
  expect(performance.now() - start).toBeLessThan(2000)
  expect(await valueOf(scorer, 'aaa')).toBe(1)
})

test.for([
  ['(', /Unterminated group/],
  ['', /empty pattern/],
  [{ a: 1 }, /expected must be text/],
] as const)('the row pattern %j cannot be used', async ([expected, message]) => {
  await expect(async () => judge(matches(), 'text', expected)).rejects.toMatchObject({
    code: 'EVALS_SCORER_FAILED',
    message: expect.stringMatching(message),
  })
})

test('a row without a pattern is an error', async () => {
  await expect(async () => judge(matches(), 'text')).rejects.toMatchObject({ code: 'EVALS_EXPECTED_MISSING' })
})

test.for([
  [() => matches('('), /Unterminated group/],
  [() => matches(''), /empty pattern/],
  // @ts-expect-error options are the second parameter
  [() => matches({ name: 'x' }), /options come second/],
  [() => matches(/x/, { timeoutMs: 0 }), /timeoutMs/],
] as const)('refuses wrong arguments %#', ([build, message]) => {
  expect(build).toThrow(expect.objectContaining({ code: 'EVALS_SCORER_OPTION_INVALID' }))
  expect(build).toThrow(message)
})

test('agrees with RegExp.prototype.test', async () => {
  const pattern = fc.stringMatching(/^[abc.]{1,4}[+*?]?$/)
  await fc.assert(
    fc.asyncProperty(pattern, fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n') }), async (source, text) => {
      expect(await valueOf(matches(), text, source)).toBe(new RegExp(source).test(text) ? 1 : 0)
    }),
  )
})
