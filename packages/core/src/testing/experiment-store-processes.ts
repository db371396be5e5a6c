import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { thisProcess } from '../store/lease-holder.ts'
import type { StoreCase } from './experiment-store-contract.ts'
import { makeEntry } from './make-entry.ts'
import { idsOf } from './stored-facts.ts'

/** How a process of its own opens the storage of a contract suite. */
export interface ChildStores {
  /** Source of an ES module that declares a function `open(writer)`. */
  readonly program: string
  /** Flags of Node that it needs. */
  readonly flags?: readonly string[]
}

/** A child process and the lines it prints. */
interface Child {
  readonly process: ChildProcess
  readonly lines: AsyncIterator<string>
}

/** Cases with several processes on one storage, some of which are killed. */
export function processCases(children: ChildStores): Readonly<Record<string, StoreCase>> {
  const start = (work: string): Child => {
    const flags = [...(children.flags ?? []), '--input-type=module-typescript', '--no-warnings', '--eval']
    const child = spawn(process.execPath, [...flags, `${children.program}\n${prelude}\n${work}`], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    return { process: child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() }
  }

  return {
    async 'processes that append at once lose nothing and keep their own order'(open, experiment) {
      const writers = ['a', 'b', 'c']
      const started = writers.map((writer) => start(appending({ experiment, writer, count: 200 })))
      const exits = await Promise.all(started.map(async (child) => (await once(child.process, 'exit')) as [number]))
      deepEqual(
        exits.map(([code]) => code),
        [0, 0, 0],
      )
      const ids = await idsOf(await open('reader'), experiment)
      equal(ids.length, 600)
      for (const writer of writers) {
        deepEqual(
          ids.filter((id) => id.startsWith(writer)),
          Array.from({ length: 200 }, (_, index) => `${writer} ${index}`),
        )
      }
    },

    async 'what a killed process had appended is there once, and its successor goes on'(open, experiment) {
      const acknowledged: string[] = []
      for (const round of ['first', 'second', 'third']) {
        const child = start(appending({ experiment, writer: 'a', ids: round, count: 1_000_000 }))
        const seen = await take(child, 50)
        child.process.kill('SIGKILL')
        acknowledged.push(...seen, ...(await rest(child)))
      }
      const store = await open('a')
      await store.append(experiment, makeEntry({ id: 'after' }))
      const ids = await idsOf(store, experiment)
      equal(new Set(ids).size, ids.length)
      const wanted = new Set([...acknowledged, 'after'])
      // A record that was written may lack its acknowledgement, but not the other way round.
      deepEqual(
        ids.filter((id) => wanted.has(id)),
        [...wanted],
      )
    },

    async 'a killed holder is succeeded at once'(open, experiment) {
      const holder = start(
        `const store = await open('main'); await store.lease(${JSON.stringify(experiment)}); print('held'); setInterval(() => {}, 1e6)`,
      )
      deepEqual(await take(holder, 1), ['held'])
      const store = await open('1')
      await rejects(store.lease(experiment), (error: Error & { details?: { pid?: number } }) => {
        equal(error.details?.pid, holder.process.pid)
        return true
      })
      holder.process.kill('SIGKILL')
      await once(holder.process, 'exit')
      await (await store.lease(experiment)).release()
    },

    async 'of processes that take an experiment at one moment a single one gets it'(open, experiment) {
      const store = await open('1')
      const rounds = Array.from({ length: 12 }, (_, index) => `${experiment} ${index}`)
      // Half of them are held by a process that is no more.
      const dead = start('')
      await once(dead.process, 'exit')
      for (const name of rounds.slice(6)) await store.lease(name, { ...thisProcess(), pid: dead.process.pid! })
      const rivals = [1, 2, 3].map(() => start(racing(rounds)))
      for (const rival of rivals) deepEqual(await take(rival, 1), ['ready'])
      const startAtMs = Date.now() + 50
      for (const rival of rivals) rival.process.stdin?.write(`${startAtMs}\n`)
      const answers = await Promise.all(rivals.map((rival) => take(rival, rounds.length)))
      for (const index of rounds.keys()) {
        const winners = rivals.filter((_, rival) => answers[rival]?.[index] === 'held')
        equal(winners.length, 1, `round ${index}: ${answers.map((lines) => lines[index]).join(', ')}`)
        for (const lines of answers) {
          ok(['held', `EVALS_EXPERIMENT_IN_USE ${winners[0]?.process.pid}`].includes(lines[index] ?? ''), lines[index])
        }
      }
      for (const rival of rivals) rival.process.kill('SIGKILL')
      await Promise.all(rivals.map((rival) => once(rival.process, 'exit')))
    },
  }
}

/** Printing is synchronous: what was printed had happened, and what happened before is known. */
const prelude = `
  import { writeSync } from 'node:fs'
  const print = (line) => writeSync(1, line + '\\n')
`

/** A program that appends records and prints the id of each as soon as the store has it. */
function appending({
  experiment,
  writer,
  ids = writer,
  count,
}: {
  experiment: string
  writer: string
  ids?: string
  count: number
}): string {
  return `
    const store = await open(${JSON.stringify(writer)})
    const { record } = ${JSON.stringify(makeEntry())}
    for (let number = 0; number < ${count}; number += 1) {
      const id = ${JSON.stringify(ids)} + ' ' + number
      await store.append(${JSON.stringify(experiment)}, { record: { ...record, id }, attachments: [] })
      print(id)
    }
    await store.close()
  `
}

/** A program that takes one experiment after the other, each at a moment that all such programs share. */
function racing(experiments: readonly string[]): string {
  return `
    const store = await open('main')
    print('ready')
    const startAtMs = await new Promise((resolve) => process.stdin.once('data', (data) => resolve(Number(data))))
    for (const [index, experiment] of ${JSON.stringify(experiments)}.entries()) {
      while (Date.now() < startAtMs + index * 30);
      try {
        await store.lease(experiment)
        print('held')
      } catch (error) {
        print(error.code + ' ' + error.details.pid)
      }
    }
  `
}

async function take({ lines }: Child, count: number): Promise<string[]> {
  const taken: string[] = []
  while (taken.length < count) {
    const line = await lines.next()
    if (line.done === true) break
    taken.push(line.value)
  }
  return taken
}

async function rest(child: Child): Promise<string[]> {
  return take(child, Infinity)
}
