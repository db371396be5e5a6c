import { expect, test } from 'vitest'
import { blobsIn } from './blobs-in.ts'
import { encodeValue } from './encode-value.ts'

const blob = (digit: string) => ({ $blob: digit.repeat(64), mediaType: 'image/png', bytes: 3 })

test('each attachment is found once, wherever it is', () => {
  const stored = { a: [blob('a'), { $map: [['key', blob('b')]] }], again: blob('a') }
  expect([...blobsIn(stored)]).toEqual([blob('a').$blob, blob('b').$blob])
})

test('what a user wrote in the form of an attachment is none, the values in it may be', () => {
  const bytes = new Uint8Array([1, 2, 3])
  const [own] = blobsIn(encodeValue(bytes))
  expect([...blobsIn(encodeValue([blob('a'), { $date: 'today', $escape: blob('b') }]))]).toEqual([])
  expect([...blobsIn(encodeValue({ $escape: { $date: '2026', bytes } }))]).toEqual([own])
  expect([...blobsIn(encodeValue({ $set: [bytes] }))]).toEqual([own])
})
