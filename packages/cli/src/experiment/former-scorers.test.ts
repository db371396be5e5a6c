import { evaluate, type ExperimentDocument } from '@evals/core'
import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

const key = 'a'
const binary = (name: string, value: number) => ({ name, kind: 'binary' as const, score: () => value })

/** The base is polite, the other is not; then the eval has that scorer no longer. */
async function removeScorer(folder: CommandFolder): Promise<void> {
  const data = Array.from({ length: 10 }, (_, index) => ({ id: `${index}` }))
  const of = { name: key, data, task: () => 'yes', store: await folder.store() }
  await evaluate({ ...of, scorers: [binary('right', 1), binary('polite', 1)], experiment: 'base' })
  await evaluate({ ...of, scorers: [binary('right', 1), binary('polite', 0)], experiment: 'exp' })
  await evaluate({ ...of, scorers: [binary('right', 1)], experiment: 'exp' })
}

async function scorersOf(folder: CommandFolder, experiment: string): Promise<string[]> {
  const { evals } = (await folder.json(['show', experiment])) as ExperimentDocument
  return Object.keys(evals[key]!.scorers)
}

test('a scorer that the eval has no longer comes back in no comparison, rescoring or merge', async () => {
  await using folder = new CommandFolder()
  await removeScorer(folder)
  expect(await scorersOf(folder, 'exp')).toEqual(['right'])

  const compared = await folder.evals(['compare', 'base', 'exp', '--json'])
  const { scores } = JSON.parse(compared.stdout) as { scores: object[] }
  expect(scores).toMatchObject([
    { scorer: 'right', tests: 1 },
    { scorer: 'polite', scored: { base: 10, other: 0 }, verdict: 'inconclusive' },
  ])
  expect(compared.exitCode).toBe(0)

  folder.write({ 'scorers.ts': `export default [{ name: 'brief', kind: 'binary', score: () => 1 }]` })
  expect((await folder.evals(['rescore', 'exp', '--scorers', 'scorers.ts'])).exitCode).toBe(0)
  expect(await scorersOf(folder, 'exp')).toEqual(['right', 'brief'])

  expect((await folder.evals(['merge', 'merged', 'exp'])).exitCode).toBe(0)
  expect(await scorersOf(folder, 'merged')).toEqual(['right', 'brief'])
  // What one of the experiments still counts does count.
  expect((await folder.evals(['merge', 'merged', 'base'])).exitCode).toBe(0)
  expect(await scorersOf(folder, 'merged')).toContain('polite')
})
