import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

test('experiments are listed, the newest first', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('older', [{ id: 'a' }], { createdAt: '2026-01-01T00:00:00.000Z' })
  await folder.experiment('newer one', [{ id: 'a' }, { id: 'b' }], { createdAt: '2026-02-01T10:20:30.000Z' })
  const [table, json] = await Promise.all([folder.evals(['list']), folder.json(['list'])])
  expect(table).toMatchObject({ exitCode: 0, stderr: '' })
  expect(table.stdout.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['experiment', 'status', 'evals', 'samples', 'created'],
    ['newer one', 'completed', '1', '2', '2026-02-01 10:20'],
    ['older', 'completed', '1', '1', '2026-01-01 00:00'],
    [''],
  ])
  const updatedAt = '2026-01-02T03:04:05.678Z'
  expect(json).toEqual([
    {
      experiment: 'newer one',
      status: 'completed',
      createdAt: '2026-02-01T10:20:30.000Z',
      updatedAt,
      evals: 1,
      samples: 2,
    },
    {
      experiment: 'older',
      status: 'completed',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt,
      evals: 1,
      samples: 1,
    },
  ])
})

test('an empty store is no error, and .env names another one', async () => {
  await using folder = new CommandFolder()
  folder.write({ '.env': 'EVALS_STORAGE=json://elsewhere\n' })
  const [text, json] = await Promise.all([folder.evals(['list']), folder.json(['list'])])
  expect(text).toEqual({ exitCode: 0, stdout: 'There is no experiment in json://elsewhere yet.\n', stderr: '' })
  expect(json).toEqual([])
})

test('a password in the URL of an empty store is not shown', async () => {
  await using folder = new CommandFolder()
  folder.write({
    'store.mjs': `const nothing = { list: () => [], stats: () => ({ entries: 0, bytes: 0, models: [] }), close() {} }
export const openStore = () => nothing
export const openCache = () => nothing
`,
  })
  const storage = ['--storage', 'module://./store.mjs#postgres://me:hunter2@db/evals']
  const shown = 'module://./store.mjs#postgres://me:***@db/evals'
  const [list, stats] = await Promise.all([
    folder.evals(['list', ...storage]),
    folder.evals(['cache', 'stats', ...storage]),
  ])
  expect(list).toEqual({ exitCode: 0, stdout: `There is no experiment in ${shown} yet.\n`, stderr: '' })
  expect(stats).toEqual({ exitCode: 0, stdout: `The cache of ${shown} is empty.\n`, stderr: '' })
})

test('a document that was made from the records is told, and an experiment that cannot be read', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('lost', [{ id: 'a' }])
  await folder.experiment('newer', [{ id: 'a' }])
  folder.write({
    '.evals/experiments/lost/experiment.json': '{',
    '.evals/experiments/newer/experiment.json': '{"version":2}',
  })
  const [text, json] = await Promise.all([folder.evals(['list']), folder.json(['list'])])
  expect(text.exitCode).toBe(0)
  expect(text.stdout).toMatch(/^ lost +interrupted, rebuilt +1 +1 /m)
  expect(text.stdout).not.toContain('newer')
  expect(text.stderr).toMatch(/^! .*newer.*: .*version.*\n$/)
  expect(json).toEqual([
    expect.objectContaining({ experiment: 'lost', status: 'interrupted', rebuilt: expect.any(String), samples: 1 }),
  ])
})

test('of a run that goes on what is recorded so far is counted, as `show` does', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('going', [{ id: 'a' }, { id: 'b' }], { status: 'running' })
  const [json, shown] = await Promise.all([folder.json(['list']), folder.evals(['show', 'going'])])
  expect(json).toMatchObject([{ experiment: 'going', status: 'running', evals: 1, samples: 2 }])
  expect(shown.stdout).toContain('going · 2 samples')
})
