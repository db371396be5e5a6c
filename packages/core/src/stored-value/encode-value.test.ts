import { createHash } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeValue } from './encode-value.ts'
import type { EncodeOptions } from './encode-value.ts'

/** The stored form and the parts that could not be stored. */
function encode(value: unknown, options: EncodeOptions = {}): { stored: unknown; lost: [string, string][] } {
  const lost: [string, string][] = []
  const stored = encodeValue(value, {
    path: 'output',
    onUnserialisable: (path, what) => void lost.push([path, what]),
    ...options,
  })
  return { stored, lost }
}

describe('plain JSON', () => {
  test('stays itself and shares nothing', () => {
    const value = { a: [1, 'x', true, null, { b: {} }], $schema: 'x', $ref: '#/definitions/a' }
    const stored = encodeValue(value)
    expect(stored).toStrictEqual(value)
    expect(stored).not.toBe(value)
    value.a.push(2)
    expect(stored).not.toEqual(value)
  })

  test('keeps a key named __proto__ as a key', () => {
    const stored = encodeValue(JSON.parse('{"__proto__":{"a":1}}'))
    expect(JSON.stringify(stored)).toBe('{"__proto__":{"a":1}}')
    expect(Object.getPrototypeOf(stored)).toBe(Object.prototype)
  })

  test('property: of any JSON value the text is unchanged, unless it looks like a tag', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as unknown
        expect(JSON.stringify(encodeValue(json))).toBe(JSON.stringify(json))
      }),
    )
  })
})

describe('values JSON lacks', () => {
  test.for([
    [12n, { $bigint: '12' }],
    [new Date('2026-01-02T03:04:05.678Z'), { $date: '2026-01-02T03:04:05.678Z' }],
    [new Date(Number.NaN), { $date: 'Invalid Date' }],
    [undefined, { $undefined: true }],
    [Number.NaN, { $number: 'NaN' }],
    [-Infinity, { $number: '-Infinity' }],
    [-0, { $number: '-0' }],
    [/a\/b/gi, { $regexp: ['a\\/b', 'gi'] }],
    [new URL('https://example.com/a?b'), { $url: 'https://example.com/a?b' }],
    [new Map<unknown, unknown>([[{ k: 1n }, new Set([1])]]), { $map: [[{ k: { $bigint: '1' } }, { $set: [1] }]] }],
    [Array(1), [{ $undefined: true }]],
    [Object('text'), 'text'],
    [runInNewContext('new Map([[1, new Date(0)]])'), { $map: [[1, { $date: '1970-01-01T00:00:00.000Z' }]] }],
  ] as const)('%o', ([value, form]) => {
    expect(encode(value)).toStrictEqual({ stored: form, lost: [] })
  })

  test('an error, with cause and own properties', () => {
    const cause = new RangeError('inner')
    const error = Object.assign(new TypeError('outer', { cause }), { status: 429 })
    expect(encodeValue(error)).toStrictEqual({
      $error: {
        name: 'TypeError',
        message: 'outer',
        stack: error.stack,
        cause: { $error: { name: 'RangeError', message: 'inner', stack: cause.stack } },
        status: 429,
      },
    })
    expect(encodeValue(new AggregateError([1], 'all'))).toMatchObject({ $error: { message: 'all', errors: [1] } })
    expect(encodeValue(new DOMException('late', 'TimeoutError'))).toMatchObject({ $error: { name: 'TimeoutError' } })
  })

  test('binary data goes to onBlob as a copy; the default keeps only its description', () => {
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
    const sha256 = createHash('sha256').update(png).digest('hex')
    const kept: [Uint8Array, string][] = []
    const { stored } = encode([png, new Float32Array([1]), new ArrayBuffer(2), new Uint8Array(png).subarray(8)], {
      onBlob: (bytes, mediaType) => {
        kept.push([bytes, mediaType])
        return { $blob: String(kept.length), mediaType, bytes: bytes.length }
      },
    })
    expect(stored).toStrictEqual([
      { $blob: '1', mediaType: 'image/png', bytes: 10, view: 'Buffer' },
      { $blob: '2', mediaType: 'application/octet-stream', bytes: 4, view: 'Float32Array' },
      { $blob: '3', mediaType: 'application/octet-stream', bytes: 2, view: 'ArrayBuffer' },
      { $blob: '4', mediaType: 'application/octet-stream', bytes: 2 },
    ])
    png.fill(0)
    expect(Buffer.from(kept[0]![0]).toString('hex')).toBe('89504e470d0a1a0a0000')
    expect(kept[3]![0]).toStrictEqual(new Uint8Array(2))
    expect(encodeValue(kept[0]![0])).toStrictEqual({ $blob: sha256, mediaType: 'image/png', bytes: 10 })
  })

  test('an instance is its toJSON, else its own properties', () => {
    class Point {
      readonly x = 1
      readonly #hidden = 2
      get sum(): number {
        return this.x + this.#hidden
      }
    }
    const money = { toJSON: () => ({ amount: 5n }) }
    const itself = { a: 1, toJSON: (): unknown => itself }
    expect(encode([new Point(), money])).toStrictEqual({ stored: [{ x: 1 }, { amount: { $bigint: '5' } }], lost: [] })
    expect(encode(itself).lost).toStrictEqual([['output.toJSON', 'function toJSON']])
  })
})

describe('tags of the user', () => {
  test.for([
    [{ $date: '2026' }],
    [{ $bigint: '1' }],
    [{ $undefined: true }],
    [{ $map: [] }],
    [{ $escape: {} }],
    [{ $ref: [] }],
    [{ $unserialisable: 'x' }],
    [{ $blob: 'a'.repeat(64), mediaType: 'image/png', bytes: 1 }],
  ] as const)('%j is escaped', ([value]) => {
    expect(encodeValue(value)).toStrictEqual({ $escape: value })
  })

  test.for([[{ $date: 1 }], [{ $date: '2026', a: 1 }], [{ $bigint: 'x' }], [{ $url: 'x' }], [{ $regexp: ['(', ''] }]])(
    '%j is none and stays',
    ([value]) => {
      expect(encodeValue(value)).toStrictEqual(value)
    },
  )
})

describe('cycles and sharing', () => {
  test('a cycle is a path from the top', () => {
    const node: Record<string, unknown> = { name: 'a' }
    node['list'] = [new Map([['self', node]])]
    expect(encodeValue({ node })).toStrictEqual({
      node: { name: 'a', list: [{ $map: [['self', { $ref: ['node'] }]] }] },
    })
  })

  test('a shared object is repeated, so that equal values have equal forms', () => {
    const shared = { a: 1 }
    expect(encodeValue([shared, shared])).toStrictEqual([{ a: 1 }, { a: 1 }])
  })

  test('a value that would grow without end is cut to references', () => {
    let value: unknown = { leaf: true }
    for (let level = 0; level < 60; level++) value = [value, value]
    expect(JSON.stringify(encodeValue(value)).length).toBeLessThan(10_000_000)
  })
})

describe('what cannot be stored', () => {
  test('is named with its path, and the rest is kept', () => {
    const value = {
      tools: [{ name: 'search', execute() {} }],
      'two words': Symbol('s'),
      get late(): string {
        throw new RangeError('not yet')
      },
      pending: Promise.resolve(),
      cache: new Map([['weak', new WeakMap()]]),
      blob: new Blob(['x']),
      headers: new Headers(),
      anonymous: (() => () => {})(),
    }
    expect(encode(value)).toStrictEqual({
      stored: {
        tools: [{ name: 'search', execute: { $unserialisable: 'function execute' } }],
        'two words': { $unserialisable: 'Symbol(s)' },
        late: { $unserialisable: 'a value that threw when read: not yet' },
        pending: { $unserialisable: 'Promise' },
        cache: { $map: [['weak', { $unserialisable: 'WeakMap' }]] },
        blob: { $unserialisable: 'Blob' },
        headers: { $unserialisable: 'Headers' },
        anonymous: { $unserialisable: 'anonymous function' },
      },
      lost: [
        ['output.tools[0].execute', 'function execute'],
        ['output["two words"]', 'Symbol(s)'],
        ['output.late', 'a value that threw when read: not yet'],
        ['output.pending', 'Promise'],
        ['output.cache.$map[0][1]', 'WeakMap'],
        ['output.blob', 'Blob'],
        ['output.headers', 'Headers'],
        ['output.anonymous', 'anonymous function'],
      ],
    })
  })

  test.for<[string, () => unknown]>([
    [
      'a revoked proxy',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {})
        revoke()
        return proxy
      },
    ],
    [
      'a proxy that throws what is no error',
      () =>
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw Object.create(null) // oxlint-disable-line typescript/only-throw-error
            },
          },
        ),
    ],
    [
      'toJSON that throws',
      () => ({
        toJSON: () => {
          throw new Error('no')
        },
      }),
    ],
    [
      'a function whose name throws',
      () =>
        Object.defineProperty(() => {}, 'name', {
          get: () => {
            throw new Error('no')
          },
        }),
    ],
    ['a huge sparse array', () => Object.assign([], { length: 4_000_000_000 })],
  ])('%s', ([, make]) => {
    expect(encode(make()).stored).toStrictEqual({ $unserialisable: expect.any(String) })
    expect(encode(make()).lost).toStrictEqual([['output', expect.any(String)]])
  })

  test('onBlob that throws costs only its value', () => {
    const onBlob = (): never => {
      throw new Error('disk full')
    }
    expect(encode({ a: 1, b: new Uint8Array(1) }, { onBlob }).lost).toStrictEqual([
      ['output.b', 'a value that threw when read: disk full'],
    ])
  })

  test('depth is bounded, also where toJSON goes on for ever', () => {
    let deep: unknown = 'bottom'
    for (let level = 0; level < 100_000; level++) deep = [deep]
    expect(encode(deep).lost).toStrictEqual([[`output${'[0]'.repeat(501)}`, 'a value nested deeper than 500 levels']])
    class Endless {
      toJSON(): unknown {
        return new Endless()
      }
    }
    expect(encode(new Endless()).stored).toStrictEqual({ $unserialisable: 'a value nested deeper than 500 levels' })
  })

  test('property: nothing throws, and the form is JSON', () => {
    const odd = fc.oneof(
      fc.func(fc.nat()),
      fc.string().map((name) => Symbol(name)),
      fc.constantFrom(
        new WeakSet(),
        new WeakRef({}),
        Promise.resolve(),
        Symbol.iterator,
        new Proxy([], {}),
        globalThis,
      ),
      fc.anything({ withNullPrototype: true, withSparseArray: true, withBoxedValues: true, withBigInt: true }),
    )
    fc.assert(
      fc.property(fc.oneof(odd, fc.array(odd), fc.dictionary(fc.string(), odd)), (value) => {
        const stored = encodeValue(value)
        expect(JSON.parse(JSON.stringify(stored))).toStrictEqual(stored)
      }),
    )
  })
})
