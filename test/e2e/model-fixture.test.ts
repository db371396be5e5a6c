import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject } from './harness/run-evals.ts'

/** Stands for a model server: tells its process id, and of each start. */
const server = `
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
appendFileSync('started', process.pid + '\\n')
if (process.env.BROKEN) {
  console.error('CUDA out of memory')
  process.exit(3)
}
process.on('SIGTERM', () => process.exit(0))
createServer((request, response) => response.end(String(process.pid))).listen(Number(process.argv[2]), '127.0.0.1')
`

const files = ['a', 'b', 'c', 'd']
const evals = `
import { appendFileSync } from 'node:fs'
import { evalTest, modelFixture } from 'vitest-plugin-evals'
import { functionModel } from '@evals/providers'
import { localServer } from '@evals/providers/local-server'

const spec = {
  command: process.execPath,
  args: ['server.mjs', '{port}'],
  readiness: { path: '/', intervalMs: 20 },
  modelId: 'pid',
}
const connect = ({ baseURL, modelId }) =>
  functionModel({ modelId, generate: async () => (await fetch(baseURL)).text() })
const test = evalTest.extend('model', { scope: 'worker' }, modelFixture(localServer, spec, connect))

test.each([{ id: 'x' }, { id: 'y' }])('asks', async ({ id }, { model }) => {
  const { text } = await model.generate('?')
  if (process.env.HOLDS && id === 'y') {
    appendFileSync('holding', text + '\\n')
    await new Promise(() => {})
  }
  return text
}, { scorers: [{ name: 'fine', score: () => true }] })
`

/** What a user writes: a provider in a file of its own, with TypeScript that Node alone does not understand. */
const cloud = `
import { appendFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { defineModelProvider } from '@evals/core'
import { functionModel } from '@evals/providers'

enum Size { Large = 'large' }
export const cloud = defineModelProvider<{ readonly replicas: number }>({
  name: 'cloud',
  module: import.meta.url,
  async setup({ replicas }) {
    appendFileSync('cloud', 'set up in ' + (isMainThread ? 'main' : 'worker') + '\\n')
    const endpoints = Array.from({ length: replicas }, (_, n) => ({ baseURL: 'http://' + Size.Large + n }))
    return { endpoints, dispose: () => appendFileSync('cloud', 'disposed\\n') }
  },
  connect: ({ baseURL }) => functionModel({ modelId: 'cloud', generate: () => baseURL }),
})
`

const cloudEvals = `
import { evalTest, endpointsFixture, modelFixture } from 'vitest-plugin-evals'
import { cloud } from './cloud.ts'

const test = evalTest
  .extend('model', { scope: 'worker' }, modelFixture(cloud, { replicas: 2 }))
  .extend('endpoints', { scope: 'worker' }, endpointsFixture(cloud, { replicas: 2 }))
test.each([{ id: 'x' }, { id: 'y' }])('asks', async (row, { model, endpoints }) =>
  [(await model.generate('?')).text, endpoints.length], { scorers: [{ name: 'fine', score: () => true }], concurrency: 1 })
`

const withEvals = (source: string): Record<string, string> =>
  Object.fromEntries(files.map((name) => [`${name}.eval.ts`, source]))

function linesOf(project: EvalProject, path: string): string[] {
  const absolute = join(project.folder, path)
  return existsSync(absolute) ? readFileSync(absolute, 'utf8').split('\n').slice(0, -1) : []
}

/** True while a process runs; one that has ended and was not collected does not. */
function isRunning(pid: string): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false
  }
}

async function isGone(pid: string): Promise<boolean> {
  for (let poll = 0; poll < 250 && isRunning(pid); poll += 1) await sleep(20)
  return !isRunning(pid)
}

describe.each(vitestMajors)('model servers on Vitest %i', (vitest) => {
  it('start once for all files and workers, and end with the run', async () => {
    using project = new EvalProject({ vitest, files: { 'server.mjs': server, ...withEvals(evals) } })
    const run = await project.run()
    expect(run.exitCode).toBe(0)
    const [pid = '', ...others] = linesOf(project, 'started')
    expect(others).toEqual([])
    expect(run.experiment.records.map(({ output }) => output)).toEqual(Array.from({ length: 8 }, () => pid))
    expect(isRunning(pid)).toBe(false)
  })

  it('that fail to start fail once, with what they printed', async () => {
    using project = new EvalProject({ vitest, files: { 'server.mjs': server, ...withEvals(evals) } })
    const run = await project.run({ env: { BROKEN: '1' } })
    expect(run.exitCode).toBe(1)
    expect(linesOf(project, 'started')).toHaveLength(1)
    const { records } = run.experiment
    expect(records).toHaveLength(8)
    for (const { outcome, error } of records) {
      expect(outcome).toBe('error')
      expect(error?.message).toMatch(/ended with exit code 3\..*CUDA out of memory/s)
    }
  })

  it.each([
    ['SIGINT', 130],
    ['SIGKILL', null],
  ] as const)('end when the run gets %s', async (signal, exitCode) => {
    using project = new EvalProject({ vitest, files: { 'server.mjs': server, ...withEvals(evals) } })
    using started = project.start({ env: { HOLDS: '1' } })
    await started.until(() => linesOf(project, 'holding').length === files.length)
    const [pid = ''] = linesOf(project, 'started')
    expect(isRunning(pid)).toBe(true)
    started.kill(signal)
    expect(await started.ended).toMatchObject({ exitCode })
    expect(await isGone(pid)).toBe(true)
    expect(linesOf(project, 'started')).toEqual([pid])
  })

  it('may be those of a provider that the user wrote', async () => {
    using project = new EvalProject({ vitest, files: { 'cloud.ts': cloud, ...withEvals(cloudEvals) } })
    const run = await project.run()
    expect(run.exitCode).toBe(0)
    expect(linesOf(project, 'cloud')).toEqual(['set up in main', 'disposed'])
    const outputs = run.experiment.records.map(({ output }) => JSON.stringify(output))
    expect(outputs).toHaveLength(8)
    // A file's two calls go to the two replicas in turn.
    expect(new Set(outputs)).toEqual(new Set(['["http://large0",2]', '["http://large1",2]']))
  })
})
