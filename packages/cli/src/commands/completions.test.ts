import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

test.concurrent.for(['bash', 'zsh', 'fish'])('%s gets a script that calls the command', async (shell) => {
  await using folder = new CommandFolder()
  const { exitCode, stdout, stderr } = await folder.evals(['completions', shell])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toContain('evals complete -- ')
})

test.concurrent.for<[words: string[], expected: RegExp]>([
  [['sh'], /^show\tshow the figures/],
  [['show', ''], /^last\t.*\nmy exp\t.*\n:4\n$/],
  [['run', 'x', '--sample-'], /^--sample-timeout\t/],
  [['export', 'x', '--format', ''], /^json\t.*\njsonl\t.*\ncsv\t.*\njunit\t.*\nmarkdown\t/],
  [['cache', ''], /^stats\t.*\nclear\t/],
])('%j is completed', async ([words, expected]) => {
  await using folder = new CommandFolder()
  await folder.experiment('my exp', [{}])
  const { exitCode, stdout, stderr } = await folder.evals(['complete', '--', ...words])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatch(expected)
})

test('no script for a shell nobody knows', async () => {
  await using folder = new CommandFolder()
  const { exitCode, stdout, stderr } = await folder.evals(['completions', 'tcsh'])
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain('Allowed choices are zsh, bash, fish, powershell.')
})
