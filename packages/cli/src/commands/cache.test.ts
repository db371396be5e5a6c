import { openCache } from '@evals/storage'
import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

test('the cache is counted by model and cleared', async () => {
  await using folder = new CommandFolder()
  const cache = await openCache('json://.evals', { root: folder.path })
  for (const [model, digit] of [
    ['openai:a', '1'],
    ['openai:a', '2'],
    ['ollama:b', '3'],
  ] as const) {
    await cache.write({ model, key: digit.repeat(64) }, { text: 'Paris' })
  }
  const stats = await cache.stats()
  expect(await folder.json(['cache', 'stats'])).toEqual(stats)
  const table = await folder.evals(['cache', 'stats'])
  expect(table.stdout.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['model', 'answers', 'size'],
    ['openai:a', '2', '34 B'],
    ['ollama:b', '1', '17 B'],
    ['all', '3', '51 B'],
    [''],
  ])
  expect(await folder.evals(['cache', 'clear'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--yes'),
  })
  expect(await folder.evals(['cache', 'clear', '--yes'])).toEqual({
    exitCode: 0,
    stdout: 'Removed 3 answers.\n',
    stderr: '',
  })
  expect((await cache.stats()).entries).toBe(0)
})
