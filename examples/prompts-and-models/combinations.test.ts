import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'prompts-and-models-'))
const storage = ['--storage', `json://${folder}`]

beforeAll(() => {
  run('vitest/vitest.mjs', 'run', '--project', 'evals', '--', ...storage, '--experiment', 'test')
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true }))

test('each combination has its own row: right answers and cost', () => {
  const { evals } = JSON.parse(readFileSync(join(folder, 'experiments/test/experiment.json'), 'utf8')) as {
    evals: Record<string, { scorers: { exactMatch: { n: number; mean: number } }; costUsd: { total: number } }>
  }
  const rows = Object.entries(evals).map(([name, { scorers, costUsd }]) => {
    const { n, mean } = scorers.exactMatch
    return [name.replace('capitals.eval.ts > capitals ', ''), `${Math.round(n * mean)} of ${n}`, costUsd.total > 0]
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
  const { scores } = JSON.parse(
    run('@evals/cli/dist/bin.js', 'compare', 'test', '--by', variant, '--json', ...storage),
  ) as { scores: readonly { variant: Record<string, string>; verdict: string }[] }
  return Object.fromEntries(scores.map((score) => [Object.values(score.variant).join(', '), score.verdict]))
}

/** Not every program here ends with 0: a comparison that finds something worse does not. */
function run(program: string, ...args: string[]): string {
  const path = join(import.meta.dirname, 'node_modules', program)
  const env = { ...process.env, LIVE: '0' }
  return spawnSync(process.execPath, [path, ...args], { cwd: import.meta.dirname, env, encoding: 'utf8' }).stdout
}
