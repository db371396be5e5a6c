import { vitestFiles } from './vitest-files.ts'

/**
 * A program that does one piece of work on a store and writes what it took to a file:
 * `node experiments.js WORK URL COUNT RESULT`.
 */
const program = `
import { writeFileSync, openSync, writeSync, closeSync } from 'node:fs'
import { evaluate } from '@evals/core'
import { openStore } from '@evals/storage'
import { makeDocument, makeEntry, makeRecord } from '@evals/core/testing'

const [work, url, countText, resultFile] = process.argv.slice(2)
const count = Number(countText)
const entryOf = (index) => makeEntry({ id: String(index), output: 'x'.repeat(500) })

const works = {
  // What a loop costs that only makes the lines and writes each with one call.
  async bare() {
    const descriptor = openSync('bare.jsonl', 'a')
    const startedMs = performance.now()
    for (let index = 0; index < count; index += 1) {
      writeSync(descriptor, JSON.stringify(makeRecord({ id: String(index), output: 'x'.repeat(500) })) + '\\n')
    }
    const ms = performance.now() - startedMs
    closeSync(descriptor)
    return ms
  },
  // As a worker does: a hundred samples in progress, each of which waits for its record.
  async append(store) {
    let index = 0
    const appendOn = async () => {
      while (index < count) await store.append('exp', entryOf(index++))
    }
    const startedMs = performance.now()
    await Promise.all(Array.from({ length: 100 }, appendOn))
    return performance.now() - startedMs
  },
  async scan(store) {
    let records = 0
    const startedMs = performance.now()
    for await (const _ of store.scan('exp')) records += 1
    if (records !== count) throw new Error(records + ' records')
    return performance.now() - startedMs
  },
  // The first time it runs all samples, then none.
  async evaluate(store) {
    function* rows() {
      for (let index = 0; index < count; index += 1) yield { id: String(index), question: 'x'.repeat(200), expected: 'y' }
    }
    const startedMs = performance.now()
    const { summary } = await evaluate({
      name: 'letters',
      data: rows(),
      task: () => 'y'.repeat(500),
      scorers: [{ name: 'equal', version: '1', score: ({ output, expected }) => output === expected }],
      version: '1',
      store,
      experiment: 'exp',
    })
    if (summary.samples.scored !== count) throw new Error(summary.samples.scored + ' scored')
    return performance.now() - startedMs
  },
  async create(store) {
    const document = await summarized()
    for (let index = 0; index < count; index += 1) {
      const createdAt = new Date(1e12 + index * 1e6).toISOString()
      await store.writeDocument({ ...document, experiment: 'experiment ' + index, createdAt })
    }
  },
  async list(store) {
    const startedMs = performance.now()
    const listings = await store.list()
    if (listings.length !== count) throw new Error(listings.length + ' experiments')
    return performance.now() - startedMs
  },
}

// A document as a run with five evals leaves it.
async function summarized() {
  const store = await openStore('memory://', { root: '.', writer: '1' })
  for (let index = 0; index < 50; index += 1) store.append('exp', makeEntry({ id: String(index), eval: 'eval ' + (index % 5) }))
  const { evals } = await store.readDocument('exp')
  return makeDocument('exp', { evals })
}

const store = await openStore(url, { root: process.cwd(), writer: '1' })
const ms = await works[work](store)
await store.close()
writeFileSync(resultFile, JSON.stringify({ ms }))
`

/** The files of the project that is measured. */
export const files: Readonly<Record<string, string>> = { 'experiments.js': program, ...vitestFiles }
