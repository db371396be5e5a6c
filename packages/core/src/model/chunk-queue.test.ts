import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ChunkQueue } from './chunk-queue.ts'
import { createModelResponse, type ModelChunk } from './language-model.ts'

const response = (text: string): Extract<ModelChunk, { type: 'response' }> => ({
  type: 'response',
  response: createModelResponse({ text, model: 'fake:m' }),
})
const text = (piece: string): ModelChunk => ({ type: 'text', text: piece })

test('pieces are read in order, whether they come before the reader or after', async () => {
  const queue = new ChunkQueue()
  queue.push(text('a'))
  const chunks = Array.fromAsync(queue)
  await setImmediate()
  queue.push(text('b'))
  queue.push(text('c'))
  await setImmediate()
  queue.push(text('d'))
  queue.end(response('abcd'))
  expect(await chunks).toEqual([text('a'), text('b'), text('c'), text('d'), response('abcd')])
})

test('an answer that did not come in pieces is one piece; an empty one none', async () => {
  const [whole, empty] = [new ChunkQueue(), new ChunkQueue()]
  whole.end(response('all'))
  empty.end(response(''))
  expect(await Array.fromAsync(whole)).toEqual([text('all'), response('all')])
  expect(await Array.fromAsync(empty)).toEqual([response('')])
})

test('a restart drops what nobody has read, and tells who has read some', async () => {
  const queue = new ChunkQueue()
  queue.push(text('a'))
  const read: ModelChunk[] = []
  const reading = (async () => {
    for await (const chunk of queue) read.push(chunk)
  })()
  await setImmediate()
  queue.push(text('b'))
  queue.restart()
  queue.push(text('c'))
  queue.restart()
  queue.push(text('d'))
  queue.end(response('d'))
  await reading
  expect(read).toEqual([text('a'), { type: 'restart' }, text('d'), response('d')])
})

test('a restart before anything came is none', async () => {
  const queue = new ChunkQueue()
  queue.restart()
  queue.restart()
  queue.end(response('all'))
  expect(await Array.fromAsync(queue)).toEqual([text('all'), response('all')])
})

test('after a restart an answer may come whole', async () => {
  const queue = new ChunkQueue()
  queue.push(text('a'))
  queue.restart()
  queue.end(response('all'))
  expect(await Array.fromAsync(queue)).toEqual([{ type: 'restart' }, text('all'), response('all')])
})

test('a failure comes after the pieces before it', async () => {
  const queue = new ChunkQueue()
  queue.push(text('a'))
  queue.fail(new TypeError('broken'))
  const read: ModelChunk[] = []
  const reading = (async () => {
    for await (const chunk of queue) read.push(chunk)
  })()
  await expect(reading).rejects.toThrow(new TypeError('broken'))
  expect(read).toEqual([text('a')])
  const waiting = new ChunkQueue()
  const chunks = Array.fromAsync(waiting)
  await setImmediate()
  waiting.fail(undefined)
  await expect(chunks).rejects.toBeUndefined()
})
