import { expect, test } from 'vitest'
import { resumeCommand } from './resume-command.ts'

const run = { project: 'evals', experiment: 'prod', overrides: {} }

test('the least is the project and the experiment', () => {
  expect(resumeCommand(run)).toBe('interrupted; go on with: vitest run --project evals -- --experiment prod')
})

test('files, the pattern of names, the shard and the options are those of the run', () => {
  const command = resumeCommand({
    ...run,
    files: ['qa.eval.ts', 'my evals'],
    testNamePattern: new RegExp("qa › a/b's$"),
    shard: { index: 1, count: 3 },
    overrides: {
      experiment: 'last',
      sampleTimeout: 1000,
      shuffle: true,
      tags: ['billing', '!slow'],
      models: { judge: 'openai:gpt-5', writer: 'fake:b' },
    },
  })
  expect(command.split(' -- ')).toEqual([
    String.raw`interrupted; go on with: vitest run qa.eval.ts 'my evals' --project evals -t 'qa › a/b'\''s$' --shard 1/3`,
    "--experiment prod --sample-timeout 1000 --shuffle --tags 'billing,!slow' --models judge=openai:gpt-5,writer=fake:b",
  ])
})

test('what is off is said so; `never` and `restart` would not go on', () => {
  const end = (overrides: object): string | undefined =>
    resumeCommand({ ...run, overrides })
      .split('--experiment prod')
      .at(-1)
  expect(end({ shuffle: false })).toBe(' --no-shuffle')
  expect(end({ baseline: { experiment: 'main' } })).toBe(' --baseline main')
  expect(['never', 'restart', 'missing'].map((resume) => end({ resume }))).toEqual(['', '', ' --resume missing'])
})

test('a storage whose URL has a password has to be given again', () => {
  const command = (storage: string): string => resumeCommand({ ...run, overrides: { storage, limit: 5 } })
  expect(command('sqlite://evals.sqlite')).toMatch(/ --storage sqlite:\/\/evals\.sqlite --limit 5$/)
  expect(command('module://pg#postgres://me:hunter2@db')).toBe(
    'interrupted; go on with the same `storage`, whose URL has a secret, and: vitest run --project evals -- --experiment prod --limit 5',
  )
})
