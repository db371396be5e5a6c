import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evalsOf, type EvalsRun } from '../run-evals.ts'

const evals = evalsOf(import.meta.dirname)
let run: EvalsRun

beforeAll(async () => {
  run = await evals.run()
}, 60_000)

afterAll(evals.remove)

test('each combination has its own row: right answers and cost', () => {
  const rows = Object.entries(run.document.evals).map(([name, { scorers, costUsd }]) => {
    const { n, mean } = scorers['exactMatch']!
    return [name.replace('capitals.eval.ts > capitals ', ''), `${Math.round(n * mean!)} of ${n}`, costUsd!.total > 0]
  })
  expect(rows).toEqual([
    ['[model=gpt-5, prompt=plain]', '30 of 30', true],
    ['[model=gpt-5, prompt=teacher]', '30 of 30', true],
    ['[model=gpt-5-mini, prompt=plain]', '27 of 30', true],
    ['[model=gpt-5-mini, prompt=teacher]', '27 of 30', true],
    ['[model=gpt-5-nano, prompt=plain]', '12 of 30', true],
    ['[model=gpt-5-nano, prompt=teacher]', '16 of 30', true],
  ])
})

test('models are compared with each other, with each prompt', () => {
  expect(verdicts('model')).toEqual({
    'gpt-5 → gpt-5-mini, plain': 'inconclusive',
    'gpt-5 → gpt-5-nano, plain': 'worse',
    'gpt-5-mini → gpt-5-nano, plain': 'worse',
    'gpt-5 → gpt-5-mini, teacher': 'inconclusive',
    'gpt-5 → gpt-5-nano, teacher': 'worse',
    'gpt-5-mini → gpt-5-nano, teacher': 'worse',
  })
})

test('prompts are compared with each other, with each model', () => {
  expect(verdicts('prompt')).toEqual({
    'gpt-5, plain → teacher': 'inconclusive',
    'gpt-5-mini, plain → teacher': 'inconclusive',
    'gpt-5-nano, plain → teacher': 'inconclusive',
  })
})

/** What `evals compare` says of every two values of a variant. */
function verdicts(variant: string): Record<string, string> {
  const cli = join(import.meta.dirname, 'node_modules/@evals/cli/dist/bin.js')
  const args = [cli, 'compare', 'test', '--by', variant, '--json', '--storage', evals.storage]
  // It does not end with 0 where it finds something worse.
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const { scores } = JSON.parse(stdout) as { scores: readonly { variant: Record<string, string>; verdict: string }[] }
  return Object.fromEntries(scores.map((score) => [Object.values(score.variant).join(', '), score.verdict]))
}
