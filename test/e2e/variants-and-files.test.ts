import { beforeAll, describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { runEvals, type EvalRun } from './harness/run-evals.ts'
import { statesOf } from './harness/vitest-report.ts'

const variants = `
import { describe } from 'vitest'
import { evalTest } from 'vitest-plugin-evals'

let made = 0
const test = evalTest.variants({
  model: { mini: async () => ({ name: 'mini', made: ++made }), big: async () => ({ name: 'big', made: ++made }) },
  prompt: { v1: 'Q: ', 'v 2': 'Question: ' },
})
const rows = [{ id: 'a', word: 'one' }, { id: 'b', word: 'two' }]
function isBig({ output, variant }) { return output.endsWith('big 2') && variant.model === 'big' }

describe('outer', () => {
  describe('inner', () => {
    test.each(rows)('ask', ({ word }, { model, prompt }) => prompt + word + ' ' + model.name + ' ' + model.made, {
      scorers: [isBig],
      thresholds: { isBig: 1 },
    })
  })
  evalTest.each([{ id: 'a' }])('ask', () => 'plain')
})
evalTest.each([{ id: 'a' }])('ask', () => 'plain')
`

/** An eval file that says in which thread it runs, and stays busy until all files have begun. */
const waiting = `
import { threadId, isMainThread } from 'node:worker_threads'
import { evalTest } from 'vitest-plugin-evals'

globalThis.filesOfThread = [...(globalThis.filesOfThread ?? []), import.meta.url.split('/').at(-1)]
evalTest.each([1, 2, 3].map((id) => ({ id, value: id })))('busy', async ({ value }) => {
  await new Promise((resolve) => setTimeout(resolve, 300))
  return { thread: threadId, isMainThread, pid: process.pid, files: globalThis.filesOfThread }
}, { scorers: [{ name: 'fine', score: () => true }] })
`

describe.each(vitestMajors)('variants on Vitest %i', (vitest) => {
  let run: EvalRun
  beforeAll(async () => {
    run = await runEvals({ vitest, files: { 'v.eval.ts': variants } })
  })

  it('run each combination as a describe of its own, with its own threshold', () => {
    const names = ['model=mini, prompt=v1', 'model=mini, prompt=v 2', 'model=big, prompt=v1', 'model=big, prompt=v 2']
    const combinations = names.flatMap((name) => {
      const parent = `v.eval.ts > outer > inner > ask > ${name} > ask › `
      return [
        [`${parent}a`, 'passed'],
        [`${parent}b`, 'passed'],
        [`${parent}isBig mean ≥ 1`, name.startsWith('model=big') ? 'passed' : 'failed'],
      ]
    })
    expect(statesOf(run.tests)).toEqual({
      ...(Object.fromEntries(combinations) as object),
      'v.eval.ts > outer > ask > ask › a': 'passed',
      'v.eval.ts > ask > ask › a': 'passed',
    })
    expect(run.exitCode).toBe(1)
  })

  it("are part of each record's key, and set each value up once", () => {
    const outputs = run.experiment.records
      .filter(({ eval: key }) => key === 'v.eval.ts > outer > inner > ask')
      .map(({ variant, id, output }) => [variant['model'], variant['prompt'], id, output])
    expect(outputs).toHaveLength(8)
    expect(outputs).toEqual(
      expect.arrayContaining([
        ['mini', 'v1', 'a', 'Q: one mini 1'],
        ['mini', 'v 2', 'a', expect.stringMatching(/^Question: one mini \d$/)],
        ['big', 'v1', 'b', expect.stringMatching(/^Q: two big \d$/)],
      ]),
    )
  })

  it('have figures of their own in experiment.json and in the table', () => {
    const { evals = {} } = run.experiment.document ?? {}
    const ask = 'v.eval.ts > outer > inner > ask'
    expect(Object.keys(evals).toSorted()).toEqual([
      'v.eval.ts > ask',
      'v.eval.ts > outer > ask',
      `${ask} [model=big, prompt=v 2]`,
      `${ask} [model=big, prompt=v1]`,
      `${ask} [model=mini, prompt=v 2]`,
      `${ask} [model=mini, prompt=v1]`,
    ])
    expect(evals[`${ask} [model=mini, prompt=v 2]`]).toMatchObject({
      eval: ask,
      variant: { model: 'mini', prompt: 'v 2' },
      samples: { total: 2, scored: 2 },
      scorers: { isBig: { n: 2, mean: 0 } },
      verdict: false,
    })
    expect(run.stderr).toMatch(/outer > inner > ask +model=mini, prompt=v1 +isBig +2 +0\.000/)
  })
})

describe.each(vitestMajors)('several eval files on Vitest %i', (vitest) => {
  it('run side by side in threads of one process that files share', async () => {
    const files = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`${name}.eval.ts`, waiting]))
    const run = await runEvals({ vitest, files, args: ['--project', 'evals', '--pool', 'forks'] })

    expect(run.exitCode).toBe(0)
    expect(Object.keys(run.experiment.document!.evals)).toEqual(Object.keys(files).map((file) => `${file} > busy`))
    expect(run.experiment.records).toHaveLength(18)
    const outputs = run.experiment.records.map(
      ({ output }) => output as { thread: number; isMainThread: boolean; pid: number; files: string[] },
    )
    expect(new Set(outputs.map(({ pid }) => pid)).size).toBe(1)
    expect(outputs.some(({ isMainThread }) => isMainThread)).toBe(false)
    // Four workers by default, so some thread runs a second file, which sees what the first left behind.
    expect(new Set(outputs.map(({ thread }) => thread)).size).toBe(4)
    expect(Math.max(...outputs.map(({ files: seen }) => seen.length))).toBeGreaterThan(1)
  })
})
