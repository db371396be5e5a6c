import { expect, test } from 'vitest'
import { WriteTurn } from './write-turn.ts'

test('what is added within one turn is one write', async () => {
  const writes: (readonly string[])[] = []
  const turn = new WriteTurn<string>((items) => void writes.push(items))
  await Promise.all(['a', 'b'].map((item) => turn.add(item)))
  await turn.add('c')
  turn.flush()
  expect(writes).toEqual([['a', 'b'], ['c']])
})

test('a write that fails rejects all it was for, also if it was hurried, and none after it', async () => {
  let full = true
  const written: string[] = []
  const turn = new WriteTurn<string>((items) => {
    if (full) throw new RangeError('full')
    written.push(...items)
  })
  const added = Promise.allSettled(['a', 'b'].map((item) => turn.add(item)))
  turn.flush()
  full = false
  await turn.add('c')
  expect(await added).toMatchObject([{ reason: { message: 'full' } }, { reason: { message: 'full' } }])
  expect(written).toEqual(['c'])
})
