import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, valueOf } from '../judge.test-support.ts'
import { validJson } from './valid-json.ts'

const schema = { type: 'object', properties: { a: { type: 'number' }, b: { type: 'string' } }, required: ['a'] }

test('declares how its values are read', () => {
  expect(validJson()).toMatchObject({
    name: 'validJson',
    kind: 'binary',
    range: [0, 1],
    direction: 'higher',
    needsExpected: false,
  })
})

test.for(['{ "a": 1 }', '[]', ' null ', '42', '"s"', 'true', { a: 1 }, [1], 42, false])(
  '%j is JSON',
  async (output) => {
    expect(await judge(validJson(), output)).toEqual({ value: 1 })
  },
)

test.for([
  ['', 'not JSON: Unexpected end of JSON input'],
  ['[{ "a": 1 }', /^not JSON: .* at position 11/],
  ['{ mapping: 1 }', /^not JSON: .* at position 2/],
  ['{"a": undefined}', /^not JSON: Unexpected token 'u'/],
  ["{'a': 1}", /^not JSON/],
  ['{"a": 1,}', /at position 8/],
  ['NaN', /^not JSON/],
  ['```json\n{}\n```', /^not JSON/],
  [null, 'the output is null'],
  [undefined, 'the output is undefined'],
  [Number.NaN, 'NaN has no JSON form'],
  [Symbol('x'), 'a symbol has no JSON form'],
  [10n, /^not JSON: .*BigInt/],
] as const)('%s is not JSON: %s', async ([output, explanation]) => {
  const { value, explanation: why } = await judge(validJson(), output)
  expect(value).toBe(0)
  expect(why).toMatch(explanation)
})

test('a circular value is not JSON', async () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  expect(await judge(validJson(), circular)).toMatchObject({
    value: 0,
    explanation: expect.stringContaining('circular'),
  })
})

test.for([
  ['{"a": 1, "b": "x"}', undefined],
  [{ a: 1 }, undefined],
  ['{"a": "1"}', 'does not satisfy the schema: /a must be number (#/properties/a/type)'],
  ['{"b": 1}', /the value must have required property 'a' \(#\/required\); \/b must be string/],
  ['5', 'does not satisfy the schema: the value must be object (#/type)'],
] as const)('%j under a schema: %s', async ([output, explanation]) => {
  const { value, explanation: why } = await judge(validJson({ schema }), output)
  expect(value).toBe(explanation === undefined ? 1 : 0)
  if (explanation === undefined) expect(why).toBeUndefined()
  else expect(why).toMatch(explanation)
})

test('shows five violations and counts the rest', async () => {
  const scorer = validJson({ schema: { items: { type: 'number' } } })
  const { explanation } = await judge(scorer, JSON.stringify(Array.from('abcdefg')))
  expect(explanation).toContain('/4 must be number')
  expect(explanation).toMatch(/; and 2 more$/)
})

test('knows the 2020-12 dialect and takes format as an annotation', async () => {
  expect(await valueOf(validJson({ schema: { prefixItems: [{ const: 1 }], items: false } }), '[1]')).toBe(1)
  expect(await valueOf(validJson({ schema: { prefixItems: [{ const: 1 }], items: false } }), '[1, 2]')).toBe(0)
  expect(await valueOf(validJson({ schema: { type: 'string', format: 'date' } }), '"soon"')).toBe(1)
  expect(await valueOf(validJson({ schema: false }), '1')).toBe(0)
})

test.for([
  [{ type: 'objekt' }, /must be equal to one of the allowed values/],
  [{ requierd: ['a'] }, /unknown keyword: "requierd"/],
  [{ $ref: '#/$defs/missing' }, /missing/],
  [{ $schema: 'http://json-schema.org/draft-07/schema#' }, /draft-07/],
] as const)('the schema %j is refused at its first use, and again', async ([broken, message]) => {
  const scorer = validJson({ schema: broken })
  for (const output of ['{}', 'not JSON', null]) {
    await expect(judge(scorer, output)).rejects.toMatchObject({
      code: 'EVALS_SCORER_OPTION_INVALID',
      message: expect.stringMatching(message),
      details: { scorer: 'validJson', option: 'schema' },
    })
  }
})

test.for([{ pattern: '^(a+)+$' }, { patternProperties: { '^(a+)+$': false } }] as const)(
  'an output on which %j backtracks without end is the scorer’s error',
  async (slow) => {
    const scorer = validJson({ schema: slow })
    const text = `${'a'.repeat(50)}!`
    await expect(judge(scorer, JSON.stringify('pattern' in slow ? text : { [text]: 1 }))).rejects.toMatchObject({
      code: 'EVALS_SCORER_FAILED',
      message: expect.stringContaining('the patterns of the schema needed more than 1000 ms'),
    })
    expect(await valueOf(scorer, JSON.stringify('pattern' in slow ? 'aaa' : { b: 1 }))).toBe(1)
    expect(await valueOf(scorer, JSON.stringify('pattern' in slow ? 'b' : { aaa: 1 }))).toBe(0)
  },
)

test('refuses a schema that is none at once', () => {
  expect(() => validJson({ schema: 'object' as never })).toThrow(/option "schema" must be a JSON Schema/)
})

test.for(['```json\n{"a": 1}\n```', '```\n{"a": 1}```', '\n```JSON5  \r\n{"a": 1}\r\n```\n', '{"a": 1}'])(
  'takes the contents of the fence in %j',
  async (output) => {
    expect(await valueOf(validJson({ stripFences: true, schema }), output)).toBe(1)
  },
)

test.for(['Here: ```json\n{}\n```', '```json\n{}', '```json\n{}\n``` done'])('%j is not one fence', async (output) => {
  expect(await valueOf(validJson({ stripFences: true }), output)).toBe(0)
})

test('what JSON.stringify writes is valid, a piece of it is judged as JSON.parse judges it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.nat(), async (value, cut) => {
      const text = JSON.stringify(value)
      expect(await valueOf(validJson(), text)).toBe(1)
      const piece = text.slice(0, cut % (text.length + 1))
      expect(await valueOf(validJson(), piece)).toBe(parses(piece) ? 1 : 0)
    }),
  )
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
