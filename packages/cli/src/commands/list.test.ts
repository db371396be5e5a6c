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
