import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

async function names(folder: CommandFolder): Promise<string[]> {
  return (await (await folder.store()).list()).map(({ experiment }) => experiment)
}

test('an experiment gets another name, unless that is taken', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('a', [{}], { createdAt: '2026-01-01T00:00:00.000Z' })
  await folder.experiment('b', [{}])
  const taken = await folder.evals(['rename', 'a', 'b'])
  expect(taken).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('EVALS_EXPERIMENT_EXISTS') })
  expect(await folder.evals(['rename', 'last', 'c'])).toEqual({ exitCode: 0, stdout: 'Renamed b to c.\n', stderr: '' })
  expect(await names(folder)).toEqual(['c', 'a'])
})

test('an experiment is deleted only when somebody said yes', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('a', [{}])
  const asked = await folder.evals(['delete', 'a'])
  expect(asked).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('Add --yes to go on.') })
  expect(await names(folder)).toEqual(['a'])
  expect(await folder.evals(['delete', 'a', '--yes'])).toEqual({ exitCode: 0, stdout: 'Deleted a.\n', stderr: '' })
  expect(await names(folder)).toEqual([])
  expect(await folder.evals(['delete', 'a', '--yes'])).toMatchObject({ exitCode: 3 })
})

test('what a run holds is neither deleted nor renamed', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('a', [{}])
  const lease = await (await folder.store()).lease('a')
  for (const args of [
    ['delete', 'a', '--yes'],
    ['rename', 'a', 'b'],
  ]) {
    const { exitCode, stderr } = await folder.evals(args)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('EVALS_EXPERIMENT_IN_USE')
    expect(stderr).toContain(`process ${process.pid}`)
  }
  await lease.release()
  expect(await names(folder)).toEqual(['a'])
})
