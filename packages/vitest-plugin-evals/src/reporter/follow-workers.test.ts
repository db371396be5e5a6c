import { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { followWorkers } from './follow-workers.ts'

let stop = (): void => {}
afterEach(() => stop())

const run = async (source: string): Promise<number> => {
  const worker = new Worker(source, { eval: true })
  // Vitest itself would hear of it otherwise.
  worker.on('error', () => {})
  const { threadId } = worker
  const { promise, resolve } = Promise.withResolvers<number>()
  worker.once('exit', () => resolve(threadId))
  return promise
}

test('the start and the end of each worker are told, however it came about', async () => {
  const ended: number[] = []
  let starts = 0
  stop = followWorkers(
    (worker) => ended.push(worker),
    () => (starts += 1),
  )
  const started = [await run(''), await run('process.exit(3)'), await run('throw 1')]
  expect(ended).toEqual(started)
  expect(starts).toBe(3)
  expect(started.every((id) => id > 0)).toBe(true)
})

test('nothing is told after the stop', async () => {
  const ended: number[] = []
  stop = followWorkers((worker) => ended.push(worker))
  stop()
  const before = process.listenerCount('worker')
  await run('')
  expect(ended).toEqual([])
  expect(process.listenerCount('worker')).toBe(before)
})
