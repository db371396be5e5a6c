import { describe, expect, it } from 'vitest'
import { vitestMajors } from './harness/installed-packages.ts'
import { EvalProject, type EvalRun } from './harness/run-evals.ts'

const source = `
import { evalTest } from 'vitest-plugin-evals'
import { fromJsonl } from 'vitest-plugin-evals/datasets'

let read = 0
function* counted() { for (let n = 1; n <= 1000; n++) { read = n; yield { id: 'n' + n, tags: [n % 2 ? 'odd' : 'even', ...(n % 3 ? [] : ['third'])] } } }
async function* endless() { for (let n = 1; ; n++) yield { id: 'n' + n } }

evalTest.each(counted)('counted', () => read, { epochs: 2 })
evalTest.each(fromJsonl('data/rows.jsonl'))('file', ({ word }) => word)
evalTest.each(() => Promise.resolve(new Set(['one', 'two', 'three'])))('texts', (row, { sample }) => [row, sample.input])
if (process.env.ENDLESS) evalTest.each(endless)('endless', ({ id }) => id)
`

const lines = [1, 2, 3].map((n) => JSON.stringify({ id: n, word: `w${n}` }))
const files = { 'sel.eval.ts': source, 'data/rows.jsonl': `${lines.join('\n')}\n\n{ torn` }

/** `id` or `id #epoch` of what an eval recorded. */
function idsOf(run: EvalRun, name: string): string[] {
  return run.experiment.records
    .filter((record) => record.eval === `sel.eval.ts > ${name}`)
    .map(({ id, epoch }) => (epoch === 0 ? id : `${id} #${epoch + 1}`))
}

describe.each(vitestMajors)('samples are selected on Vitest %i', (vitest) => {
  it('by `limit`, which reads no further, even of what has no end or is broken later', async () => {
    using project = new EvalProject({ vitest, files })
    const run = await project.run({ options: ['--limit=3'], env: { ENDLESS: '1' } })
    expect(idsOf(run, 'counted')).toEqual(['n1', 'n1 #2', 'n2', 'n2 #2', 'n3', 'n3 #2'])
    expect(run.experiment.records[0]?.output).toBe(3)
    expect(idsOf(run, 'file')).toEqual(['1', '2', '3'])
    expect(idsOf(run, 'endless')).toEqual(['n1', 'n2', 'n3'])
    expect(idsOf(run, 'texts')).toHaveLength(3)
    expect(run.experiment.records.find(({ output }) => Array.isArray(output))).toMatchObject({
      input: 'one',
      output: ['one', 'one'],
    })
    expect(run.experiment.document?.status).toBe('completed')
    expect(run.experiment.document?.evals['sel.eval.ts > counted']?.samples).toMatchObject({ total: 6, scored: 6 })
    expect(run.exitCode).toBe(0)
  })

  it('each on its own, however alike their ids look', async () => {
    const ids = ['a', 'a #2', 'b c', 'b  c', 'b\nc', 'b\\nc']
    const alike = `
import { evalTest } from 'vitest-plugin-evals'
evalTest.each(${JSON.stringify(ids)}.map((id) => ({ id })))('alike', ({ id }, { sample }) => [id, sample.id], { epochs: 2 })
`
    using project = new EvalProject({ vitest, files: { 'sel.eval.ts': alike } })
    const run = await project.run()
    const outputs = run.experiment.records.map(({ id, epoch, output }) => [id, epoch, output])
    expect(outputs).toEqual(ids.flatMap((id) => [0, 1].map((epoch) => [id, epoch, [id, id]])))
    expect(Object.keys(run.tests)).toHaveLength(12)
    expect(run.experiment.document?.evals['sel.eval.ts > alike']?.samples).toMatchObject({ total: 12, scored: 12 })
    expect(run.exitCode).toBe(0)
  })

  it('by `ids` and `tags`, whose empty results are named', async () => {
    using project = new EvalProject({ vitest, files })
    const run = await project.run({ options: ['--ids', 'n1?,n999', '--epochs', '1', '--tags', 'even,!third'] })
    expect(idsOf(run, 'counted')).toEqual(['n10', 'n14', 'n16'])
    expect(run.tests['sel.eval.ts > texts > texts › 0 samples']?.state).toBe('skipped')
    expect(run.tests['sel.eval.ts > file > file › declaration']?.failures[0]).toMatch(
      /rows\.jsonl:5: expected a line of JSON/,
    )
    expect(run.exitCode).toBe(1)
    const none = await project.run({ args: ['--project', 'evals', '-t', 'texts'], options: ['--tags', 'nowhere'] })
    expect([none.exitCode, none.stdout + none.stderr]).toEqual([1, expect.stringContaining('No verdict: none of')])
  })

  it('by `shuffle` with `seed`, the same way each time and before `limit`', async () => {
    using project = new EvalProject({ vitest, files })
    const shuffled = (seed: string): Promise<EvalRun> =>
      project.run({
        args: ['--project', 'evals', '-t', 'counted'],
        options: [
          '--shuffle',
          '--seed',
          seed,
          '--limit',
          '4',
          '--epochs',
          '1',
          '--experiment',
          `seed ${seed} ${Math.random()}`,
        ],
      })
    const [first, again, other] = [await shuffled('7'), await shuffled('7'), await shuffled('8')]
    expect(idsOf(first, 'counted')).toHaveLength(4)
    expect(new Set(idsOf(first, 'counted')).size).toBe(4)
    expect(idsOf(first, 'counted')).not.toEqual(['n1', 'n2', 'n3', 'n4'])
    expect(idsOf(again, 'counted')).toEqual(idsOf(first, 'counted'))
    expect(idsOf(other, 'counted')).not.toEqual(idsOf(first, 'counted'))
    expect(first.exitCode).toBe(0)
  })
})
