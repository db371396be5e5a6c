import { expect, test } from 'vitest'
import { isStrictSchema } from './strict-schema.ts'

const closed = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false }

test.for([
  ['a closed object', closed, true],
  ['an empty closed object', { type: 'object', additionalProperties: false }, true],
  ['an open object', { ...closed, additionalProperties: undefined }, false],
  ['an optional property', { ...closed, required: [] }, false],
  ['no list of what is required', { ...closed, required: undefined }, false],
  ['an open object in a property', { ...closed, properties: { a: { type: 'object' } } }, false],
  ['an open object in a list', { ...closed, properties: { a: { type: 'array', items: { properties: {} } } } }, false],
  ['an open object in a choice', { ...closed, properties: { a: { anyOf: [closed, { type: 'object' }] } } }, false],
  ['an open object in a definition', { ...closed, $defs: { b: { type: 'object' } } }, false],
  ['closed objects everywhere', { ...closed, properties: { a: { anyOf: [closed, { type: 'null' }] } } }, true],
  [
    'a property that is called properties',
    { ...closed, properties: { properties: closed }, required: ['properties'] },
    true,
  ],
] as const)('%s', ([, schema, expected]) => {
  expect(isStrictSchema(schema)).toBe(expected)
})
