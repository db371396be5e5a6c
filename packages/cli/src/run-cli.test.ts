import { expect, test } from 'vitest'
import { CommandFolder } from './evals-command.test-support.ts'

test.concurrent.for<[command: string, what: string, next: RegExp]>([
  ['shw', `Unknown command 'shw'.`, /^Did you mean show\? `evals --help` /],
  ['help shw', `Unknown command 'shw'.`, /^Did you mean show\? `evals --help` /],
  ['--nope', `Unknown option '--nope'.`, /^`evals --help` /],
  ['cache foo', `Unknown command 'foo'.`, /^`evals cache --help` /],
  ['show', `Missing required argument 'experiment'.`, /^`evals show --help` /],
  ['list extra', `Too many arguments for 'list'. Expected 0 arguments but got 1: extra.`, /^`evals list --help` /],
  ['list --jsn', `Unknown option '--jsn'.`, /^Did you mean --json\? /],
  ['export x --format xml', `Option '--format <format>' argument 'xml' is invalid. Allowed`, /^`evals export --help` /],
  ['run --limt 3', `Unknown option '--limt'.`, /Vitest's own options go after `--`\.$/],
])('%s is wrong usage', async ([command, what, next]) => {
  await using folder = new CommandFolder()
  const { exitCode, stdout, stderr } = await folder.evals(command.split(' '))
  const [first, second, ...rest] = stderr.split('\n')
  expect({ exitCode, stdout, rest }).toEqual({ exitCode: 2, stdout: '', rest: [''] })
  expect(first).toContain(`evals: ${what}`)
  expect(first).toMatch(/\[EVALS_USAGE_INVALID\]$/)
  expect(second?.trim()).toMatch(next)
})

test('without a command the help goes to standard error', async () => {
  await using folder = new CommandFolder()
  const [none, asked, ofCommand] = await Promise.all([
    folder.evals([]),
    folder.evals(['--help']),
    folder.evals(['help', 'show']),
  ])
  expect(none).toEqual({ exitCode: 2, stdout: '', stderr: asked.stdout })
  expect(asked).toMatchObject({ exitCode: 0, stderr: '' })
  expect(asked.stdout).toMatch(/^Usage: evals /)
  expect(ofCommand).toMatchObject({ exitCode: 0, stderr: '' })
  expect(ofCommand.stdout).toContain('--sample <id>')
})

test('the help loads neither a store nor Vitest nor the plugin', async () => {
  await using folder = new CommandFolder()
  const { exitCode, stderr } = await folder.evals(['--help'], { NODE_DEBUG: 'esm' })
  expect(exitCode).toBe(0)
  const loaded = stderr.split('\n').filter((line) => line.includes('file://'))
  expect(loaded.filter((line) => line.includes('commander'))).not.toEqual([])
  expect(
    loaded.filter((line) => /packages\/(storage|providers|vitest-plugin-evals)|node_modules\/vitest\//.test(line)),
  ).toEqual([])
})

test('a storage that does not exist is a wrong configuration', async () => {
  await using folder = new CommandFolder()
  const [option, variable] = await Promise.all([
    folder.evals(['list', '--storage', 'mysql://db']),
    folder.evals(['list'], { EVALS_STORAGE: 'mysql://db' }),
  ])
  expect(option).toMatchObject({ exitCode: 2, stdout: '' })
  expect(option.stderr).toMatch(
    /^evals: There is no storage "mysql:\/\/db"\. \[EVALS_STORAGE_UNKNOWN\]\n {7}Known: json:/,
  )
  expect(variable).toEqual(option)
})
