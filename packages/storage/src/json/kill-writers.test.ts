import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { StoreProblem } from '@evals/core'
import { makeEntry } from '@evals/core/testing'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { JsonStore } from './json-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'kill-writers-'))
afterAll(() => rm(folder, { recursive: true }))

// One file of JavaScript: a child starts in a fraction of the time that the sources take.
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, resolve: { conditions: ['@evals/source'] } },
    build: { ssr: join(import.meta.dirname, 'json-store.ts'), outDir: join(folder, 'built') },
  })
})

/**
 * Appends records of up to 120 kB without end, ten in progress, and prints each id when the store has the record. Such
 * writes are long enough that a kill can hit the middle of one.
 */
function appending(writer: string, round: number): string {
  return `
    import { writeSync } from 'node:fs'
    import { JsonStore } from '${pathToFileURL(join(folder, 'built/json-store.js')).href}'
    const store = new JsonStore({ folder: ${JSON.stringify(folder)}, writer: '${writer}' })
    const { record } = ${JSON.stringify(makeEntry())}
    let number = 0
    const appendOn = async () => {
      for (;;) {
        number += 1
        const id = '${writer} ${round} ' + number
        const output = 'é'.repeat((number * 7919) % 60_000)
        await store.append('exp', { record: { ...record, id, output }, attachments: [] })
        writeSync(1, id + '\\n')
      }
    }
    for (let index = 0; index < 10; index += 1) void appendOn()
  `
}

/** Kills an appending process up to 11 ms after its first record; returns the ids of the records it was sure of. */
async function killOnce(writer: string, round: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', appending(writer, round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (printed === '') setTimeout(() => child.kill('SIGKILL'), round % 12)
    printed += text
  })
  await once(child, 'close')
  expect(child.signalCode).toBe('SIGKILL')
  return printed.split('\n').filter(Boolean)
}

test(
  '200 killed writers lose no record they were sure of, and no torn line breaks a reader',
  {
    timeout: 300_000,
  },
  async () => {
    // Two at a time, each going on with the file of the one that was killed before it.
    const acknowledged = await Promise.all(
      ['1', '2'].map(async (writer) => {
        const ids: string[] = []
        for (let round = 1; round <= 100; round += 1) ids.push(...(await killOnce(writer, round)))
        return ids
      }),
    )
    const store = new JsonStore({ folder, writer: '1' })
    await store.append('exp', makeEntry({ id: 'the last' }))
    await store.close()
    const problems: StoreProblem[] = []
    const records = store.scan('exp', { onProblem: (problem) => void problems.push(problem) })
    const ids = (await Array.fromAsync(records)).map(({ id }) => id)
    const found = new Set(ids)
    expect(ids).toHaveLength(found.size)
    expect([...acknowledged.flat(), 'the last'].filter((id) => !found.has(id))).toEqual([])
    expect(acknowledged.flat().length).toBeGreaterThanOrEqual(200)
    expect(problems.filter(({ what }) => what !== 'a torn line, which is no JSON')).toEqual([])
    expect(problems.length).toBeLessThanOrEqual(200)
  },
)
