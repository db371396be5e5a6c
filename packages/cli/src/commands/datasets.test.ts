import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

// As the modules of a project would import it; the temporary folder has nothing installed.
const library = new URL('../../../core/src/datasets.ts', import.meta.url).href
const capitals = `
import { defineDataset } from '${library}'
const unread = (): never => { throw new Error('it was loaded') }
export const capitals = defineDataset({
  name: 'capitals', splits: ['easy', 'hard'], columns: ['question', 'expected'], revision: '2', description: 'Of countries.', load: unread,
})
`
const sums = `import { defineDataset } from '${library}'\ndefineDataset({ name: 'sums', load: () => [] })\n`

test('datasets of the project are listed without being loaded', async () => {
  await using folder = new CommandFolder()
  folder.write({
    'evals/capitals.dataset.ts': capitals,
    'sums.dataset.mjs': sums,
    'node_modules/a/b.dataset.mjs': 'x(',
  })
  const [table, verbose, part, json] = await Promise.all([
    folder.evals(['datasets']),
    folder.evals(['datasets', '-v']),
    folder.evals(['datasets', '-n', 'sum']),
    folder.json(['datasets', '--name', 'cap']),
  ])
  expect(table).toMatchObject({ exitCode: 0, stderr: '' })
  expect(table.stdout.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['dataset', 'splits', 'columns'],
    ['capitals', 'easy, hard', '2'],
    ['sums', '–'],
    [''],
  ])
  expect(verbose.stdout).toBe(` capitals
   Of countries.
   splits    easy (read unless another is named), hard
   columns   question, expected
   revision  2

 sums
`)
  expect(part.stdout).toMatch(/^ dataset .*\n sums +–\n$/)
  expect(json).toEqual([
    {
      name: 'capitals',
      splits: ['easy', 'hard'],
      split: 'easy',
      columns: ['question', 'expected'],
      revision: '2',
      description: 'Of countries.',
    },
  ])
})

test('modules can be named, and it is told why there is none', async () => {
  await using folder = new CommandFolder()
  folder.write({ 'sums.mjs': sums, 'empty.mjs': '', 'broken.mjs': 'x(' })
  const [named, none, empty, other, broken] = await Promise.all([
    folder.evals(['datasets', '--file', 'sums.mjs', 'empty.mjs']),
    folder.evals(['datasets']),
    folder.evals(['datasets', '--file', 'empty.mjs']),
    folder.evals(['datasets', '--file', 'sums.mjs', '-n', 'cap']),
    folder.evals(['datasets', '--file', 'broken.mjs']),
  ])
  expect(named.stdout).toContain('sums')
  expect(none).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('There is no file **/*.dataset.') })
  expect(empty).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('define no dataset') })
  expect(other).toMatchObject({ exitCode: 0, stdout: 'None of 1 datasets has "cap" in its name.\n' })
  expect(broken).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('[EVALS_MODULE_UNREADABLE]') })
})
