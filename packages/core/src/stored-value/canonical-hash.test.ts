import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalHash, sampleIdOf } from './canonical-hash.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The same value with every object's keys in reverse order and no shared parts. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  )
}

describe('canonicalHash', () => {
  test('is SHA-256 over canonical JSON', () => {
    expect(canonicalHash({ b: 1, a: ['é', 1e21, true] })).toBe(sha256('{"a":["é",1e+21,true],"b":1}'))
    expect(canonicalHash('text')).toBe(sha256('"text"'))
    expect(canonicalHash(undefined)).toBe(sha256('{"$undefined":true}'))
  })

  test('property: is SHA-256 over RFC 8785 for objects of plain values', () => {
    const plain = fc.oneof(fc.string({ unit: 'grapheme' }), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null))
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), plain, { noNullPrototype: true }), (value) => {
        const hasTags = Object.entries(value).some(([key, member]) => {
          return key.startsWith('$') || Object.is(member, -0) || Math.abs(Number(member)) === Number.POSITIVE_INFINITY
        })
        fc.pre(!hasTags)
        expect(canonicalHash(value)).toBe(sha256(canonicalize(value)!))
      }),
    )
  })

  test('reads a getter once at most, and takes a hidden key for no member', () => {
    let reads = 0
    const row = Object.defineProperty({ a: 1 }, 'b', { enumerable: true, get: () => ++reads })
    expect(canonicalHash(row)).toBe(sha256('{"a":1,"b":1}'))
    expect(canonicalHash(Object.defineProperty({ a: 1 }, 'c', { value: 2 }))).toBe(sha256('{"a":1}'))
  })

  test('property: does not depend on the order of keys nor on sharing', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true, withMap: true, withBigInt: true }), (value) => {
        expect(canonicalHash([reversed(value), reversed(value)])).toBe(canonicalHash([value, value]))
      }),
    )
  })

  test('leaves out undefined members, and nothing else', () => {
    expect(canonicalHash({ a: 1, b: undefined })).toBe(canonicalHash({ a: 1 }))
    expect(canonicalHash([undefined])).not.toBe(canonicalHash([]))
    expect(canonicalHash({ a: null })).not.toBe(canonicalHash({}))
    expect(canonicalHash({ b: { $undefined: true } })).not.toBe(canonicalHash({}))
  })

  test('tells values apart that JSON does not', () => {
    const values = [
      1n,
      1,
      '1',
      new Date(1),
      new Map([[1, 1]]),
      new Set([1]),
      [1],
      Uint8Array.of(1),
      Uint8Array.of(2),
      null,
    ]
    expect(new Set(values.map(canonicalHash)).size).toBe(values.length)
  })

  test('property: never throws, also for lone surrogates and what cannot be stored', () => {
    const text = fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 })).map((units) => String.fromCharCode(...units))
    fc.assert(
      fc.property(fc.dictionary(text, fc.oneof(text, fc.func(fc.nat()))), (value) => {
        expect(canonicalHash(value)).toMatch(/^[0-9a-f]{64}$/)
      }),
    )
  })
})

describe('sampleIdOf', () => {
  test('is stable: these ids are in stored experiments', () => {
    expect(sampleIdOf({ question: 'What is the capital of France?' })).toBe('2cf1977cdee15720')
    expect(sampleIdOf('What is the capital of France?')).toBe('1b997d5ad21df831')
  })
})
