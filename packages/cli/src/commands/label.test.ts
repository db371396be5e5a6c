import { openLabels } from '@evals/storage'
import { expect, test } from 'vitest'
import { makeEntry } from '@evals/core/testing'
import { CommandFolder } from '../evals-command.test-support.ts'

const { eval: name } = makeEntry({}).record
const key = { eval: name, variant: {}, epoch: 0 }
const at = '2026-01-02T03:04:05.000Z'

test('people’s labels come with the answers they were given to, the newest of each sample', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', [
    { id: 'a', output: 'A' },
    { id: 'b', output: 'B' },
    { id: 'c', output: 'C' },
  ])
  const labels = await openLabels('json://.evals', { root: folder.path, experiment: 'exp' })
  await labels?.append({ ...key, id: 'a', label: 'bad', note: '', at })
  await labels?.append({ ...key, id: 'a', label: 'good', note: 'on second thought', at })
  await labels?.append({ ...key, id: 'b', label: 'bad', note: '', at })
  await labels?.append({ ...key, id: 'b', label: null, note: '', at })
  expect(await folder.json(['label', 'exp'])).toEqual([
    expect.objectContaining({ ...key, id: 'a', label: 'good', note: 'on second thought', output: 'A' }),
  ])
  const { exitCode, stdout } = await folder.evals(['label', 'last'])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/ a +good +on second thought/)
})

test('without a label it says where to give one; of an unknown experiment nothing', async () => {
  await using folder = new CommandFolder()
  await folder.experiment('exp', [{ id: 'a' }])
  expect(await folder.evals(['label', 'exp'])).toMatchObject({
    exitCode: 0,
    stdout: 'No sample of exp has a label. Give them on the pages of evals view.\n',
  })
  expect(await folder.evals(['label', 'other'])).toMatchObject({ exitCode: 3, stdout: '' })
})
