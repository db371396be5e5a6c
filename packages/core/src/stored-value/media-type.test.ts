import { expect, test } from 'vitest'
import { mediaTypeOf } from './media-type.ts'

test.for([
  ['89504e470d0a1a0a0000000d', 'image/png'],
  ['ffd8ffe000104a464946', 'image/jpeg'],
  ['474946383961', 'image/gif'],
  ['474946383761', 'image/gif'],
  ['524946460a00000057454250', 'image/webp'],
  ['524946462400000057415645', 'audio/wav'],
  ['524946462400000041564920', 'application/octet-stream'],
  ['255044462d312e37', 'application/pdf'],
  ['49443304', 'audio/mpeg'],
  ['fffb9064', 'audio/mpeg'],
  ['fff15080', 'application/octet-stream'],
  ['89504e47', 'application/octet-stream'],
  ['', 'application/octet-stream'],
] as const)('%s is %s', ([hex, mediaType]) => {
  expect(mediaTypeOf(Buffer.from(hex, 'hex'))).toBe(mediaType)
})
