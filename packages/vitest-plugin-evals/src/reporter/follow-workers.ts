import type { Worker } from 'node:worker_threads'

/**
 * Tells when a worker thread starts from now on, and when it has ended, in order or by a crash. Vitest itself tells
 * plugins of neither, but Node tells of each thread that starts.
 * @param onEnd gets the thread's id
 * @returns stops it
 */
export function followWorkers(onEnd: (worker: number) => void, onStart: () => void = () => {}): () => void {
  let stopped = false
  const follow = (worker: Worker): void => {
    // Afterwards it is -1.
    const { threadId } = worker
    onStart()
    worker.once('exit', () => {
      if (!stopped) onEnd(threadId)
    })
  }
  process.on('worker', follow)
  return () => {
    stopped = true
    process.off('worker', follow)
  }
}
