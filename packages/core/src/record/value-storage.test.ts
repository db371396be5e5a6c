import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ValueStorage } from './value-storage.ts'

test('bytes become attachments, each once, and are given back', () => {
  const values = new ValueStorage()
  const bytes = new Uint8Array([1, 2, 3])
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const stored = values.store('output', { one: bytes, two: bytes.slice() })
  values.store('input', Buffer.from(bytes))
  expect(stored).toEqual({
    one: { $blob: sha256, mediaType: 'application/octet-stream', bytes: 3 },
    two: { $blob: sha256, mediaType: 'application/octet-stream', bytes: 3 },
  })
  expect(values.attachments).toEqual([{ sha256, mediaType: 'application/octet-stream', bytes }])
  bytes[0] = 9
  expect(values.restore(stored)).toEqual({ one: new Uint8Array([1, 2, 3]), two: new Uint8Array([1, 2, 3]) })
})

test('bytes of another record are not at hand', () => {
  const stored = new ValueStorage().store('output', new Uint8Array([1]))
  expect(new ValueStorage().restore(stored)).toEqual(stored)
})

test('parts that cannot be stored are told by their path', () => {
  const values = new ValueStorage()
  values.store('output', { tools: [{ execute() {} }] })
  values.store('input', Symbol('s'))
  expect(values.unserialisable).toEqual([
    { path: 'output.tools[0].execute', what: 'function execute' },
    { path: 'input', what: 'Symbol(s)' },
  ])
})

test('the keys of metadata are never taken for a tag', () => {
  const values = new ValueStorage()
  expect(values.storeRecord('metadata', { $date: '2026', when: new Date(0), f: () => {} })).toEqual({
    $date: '2026',
    when: { $date: '1970-01-01T00:00:00.000Z' },
    f: { $unserialisable: 'function f' },
  })
  expect(values.unserialisable).toEqual([{ path: 'metadata.f', what: 'function f' }])
})

test('property: what is stored and restored is equal, also through JSON', () => {
  const value = fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true, withTypedArray: true })
  fc.assert(
    fc.property(value, (given) => {
      const values = new ValueStorage()
      const stored: unknown = JSON.parse(JSON.stringify(values.store('output', given)))
      expect(values.restore(stored)).toEqual(given)
    }),
  )
})
