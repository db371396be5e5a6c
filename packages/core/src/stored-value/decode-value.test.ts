import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeValue } from './decode-value.ts'
import { encodeValue } from './encode-value.ts'

/** What a reader of the record gets. */
function roundTrip(value: unknown): unknown {
  const blobs = new Map<string, Uint8Array>()
  const stored = encodeValue(value, {
    onBlob: (bytes, mediaType) => {
      const $blob = blobs.size.toString(16).padStart(64, '0')
      blobs.set($blob, bytes)
      return { $blob, mediaType, bytes: bytes.length }
    },
  })
  return decodeValue(JSON.parse(JSON.stringify(stored)), { readBlob: ({ $blob }) => blobs.get($blob) })
}

const looksLikeTag = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(1, 'a'.repeat(64), '1', 'NaN', true, undefined, 1n, 'https://example.com', '#/a'),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(
      fc.constantFrom(
        '$bigint',
        '$date',
        '$error',
        '$escape',
        '$map',
        '$number',
        '$ref',
        '$regexp',
        '$set',
        '$url',
        '$undefined',
        '$unserialisable',
        '$blob',
        'mediaType',
        'bytes',
        'name',
        'message',
        '__proto__',
      ),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value

function expectSame(value: unknown): void {
  expect(roundTrip(value)).toStrictEqual(value)
}

describe('decodeValue', () => {
  test('property: gives back any value', () => {
    const anything = fc.anything({
      key: fc.oneof(fc.string(), fc.constantFrom('$date', '$map', '$escape', '__proto__', 'toString')),
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withObjectString: true,
    })
    fc.assert(fc.property(anything, expectSame), { numRuns: 1_000 })
  })

  test('property: gives back what looks like a tag', () => {
    fc.assert(fc.property(looksLikeTag, expectSame), { numRuns: 2_000 })
  })

  test('gives back the other values', () => {
    const bytes = Buffer.from('bytes')
    const value = [
      /a/gi,
      new URL('https://example.com/'),
      bytes,
      bytes.buffer.slice(0, 8),
      new DataView(new ArrayBuffer(3)),
    ]
    expect(roundTrip(value)).toStrictEqual(value)
    expect(roundTrip(bytes)).toBeInstanceOf(Buffer)
    expect(roundTrip(new Date(Number.NaN))).toStrictEqual(new Date(Number.NaN))
  })

  test.runIf('Float16Array' in globalThis)('gives back a Float16Array', () => {
    const value = new Float16Array([0.5, 2])
    expect(roundTrip(value)).toStrictEqual(value)
  })

  test('gives back errors as Error, with their names', () => {
    const error = Object.assign(new TypeError('outer', { cause: new Error('inner') }), { status: 429 })
    const read = roundTrip(error) as Error & { status: number }
    expect(read).toBeInstanceOf(Error)
    expect(String(read)).toBe('TypeError: outer')
    expect(read.stack).toBe(error.stack)
    expect(read.cause).toStrictEqual(new Error('inner'))
    expect(Object.keys(read)).toStrictEqual(['status'])
  })

  test('ties cycles again, through every kind of container and an escape', () => {
    const node: Record<string, unknown> = { tag: { $date: '2026' } }
    const error = new Error('e', { cause: node })
    node['$set'] = [node]
    Object.assign(node, { map: new Map([[node, new Set([node])]]), error })
    const only: Record<string, unknown> = {}
    only['$set'] = [only]
    const read = roundTrip({ node, only }) as { node: Record<string, unknown>; only: Record<string, unknown> }
    const [[key, set] = []] = read.node['map'] as Map<unknown, Set<unknown>>
    expect(key).toBe(read.node)
    expect(set?.has(read.node)).toBe(true)
    expect((read.node['error'] as Error).cause).toBe(read.node)
    expect(read.node['tag']).toStrictEqual({ $date: '2026' })
    expect((read.only['$set'] as unknown[])[0]).toBe(read.only)
  })

  test('restores shared parts that were cut to references', () => {
    const shared = { a: 1 }
    const value = Array.from({ length: 20_000 }, () => shared)
    expect(encodeValue(value)).toContainEqual({ $ref: [10_000] })
    expect(roundTrip(value)).toStrictEqual(value)
  })

  test.for<[string, object, unknown]>([
    ['a date', new Date(0), new Date(0)],
    ['a pattern', /a/g, /a/g],
    ['bytes', Buffer.from('bytes'), Buffer.from('bytes')],
    ['what gives itself as text', { toJSON: () => 'text' }, 'text'],
    ['a number in an object', Object(-0) as object, -0],
  ])('restores %s that was cut to references', ([, shared, expected]) => {
    const value = Array.from({ length: 10_002 }, () => shared)
    expect((encodeValue(value) as unknown[]).at(-1)).toEqual({ $ref: [10_000] })
    expect((roundTrip(value) as unknown[]).at(-1)).toStrictEqual(expected)
  })

  test('leaves bytes that are not at hand, what was lost and references to nowhere as they are', () => {
    const stored = [
      { $blob: 'a'.repeat(64), mediaType: 'image/png', bytes: 3, view: 'Buffer' },
      { $unserialisable: 'function f' },
      { $ref: ['absent'] },
      { $ref: ['constructor'] },
      { $ref: [4] },
    ]
    expect(decodeValue(stored)).toStrictEqual(stored)
    expect(decodeValue(stored, { readBlob: () => undefined })).toStrictEqual(stored)
  })

  test('gives bytes of a class it does not know, or that do not fit, as Uint8Array', () => {
    const blob = { $blob: 'a'.repeat(64), mediaType: 'x/y', bytes: 3 }
    const readBlob = (): Uint8Array => Buffer.from([1, 2, 3])
    for (const view of ['Future8Array', 'Float64Array', 'constructor']) {
      expect(decodeValue({ ...blob, view }, { readBlob })).toStrictEqual(Uint8Array.of(1, 2, 3))
    }
  })

  test('does not change what it reads', () => {
    const stored = JSON.parse('{"a":[{"$map":[[1,{"$set":[]}]]}]}') as unknown
    const before = structuredClone(stored)
    decodeValue(stored)
    expect(stored).toStrictEqual(before)
  })
})
