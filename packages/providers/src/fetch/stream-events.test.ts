import { expect, test } from 'vitest'
import { StreamEvents } from './stream-events.ts'

const events =
  ': a comment\n\nevent: one\ndata: {"text":"é🦉"}\n\ndata:{"b":\ndata: 2}\r\n\r\nid: 7\n\ndata: [DONE]\n\ndata: {"late":1}'
const eventValues = [{ text: 'é🦉' }, { b: 2 }, '[DONE]', { late: 1 }]
const lines = '{"text":"é🦉"}\r\n\n{"b":2}\nbroken\n{"late":1}'
const lineValues = [{ text: 'é🦉' }, { b: 2 }, 'broken', { late: 1 }]

test.for([
  ['server-sent events', 'text/event-stream; charset=utf-8', events, eventValues],
  ['lines of JSON', 'application/x-ndjson', lines, lineValues],
] as const)('%s are found wherever the pieces are cut', ([, mediaType, text, values]) => {
  const bytes = new TextEncoder().encode(text)
  for (const size of [1, 2, 3, 7, bytes.length]) {
    const stream = new StreamEvents(mediaType)
    const found: unknown[] = []
    for (let at = 0; at < bytes.length; at += size) found.push(...stream.push(bytes.subarray(at, at + size)))
    expect([...found, ...stream.end()]).toEqual(values)
  }
})

test('a line of many pieces is read in no more time than it takes to come', () => {
  const pieces = 500
  const piece = new TextEncoder().encode('x'.repeat(16_384))
  const stream = new StreamEvents('text/event-stream')
  stream.push(new TextEncoder().encode('data: "'))
  const startedAt = performance.now()
  for (let index = 0; index < pieces; index += 1) stream.push(piece)
  expect(stream.push(new TextEncoder().encode('"\n\n'))).toEqual(['x'.repeat(pieces * piece.length)])
  expect(performance.now() - startedAt).toBeLessThan(1000)
})

test('a value is there as soon as it is complete', () => {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  const stream = new StreamEvents('text/event-stream')
  expect(stream.push(encode('data: {"a":1}\n'))).toEqual([])
  expect(stream.push(encode('\n'))).toEqual([{ a: 1 }])
  expect(stream.end()).toEqual([])
})
