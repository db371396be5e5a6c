import { once } from 'node:events'
import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

/** Stands for the project's Vitest: prints its arguments and does what one of them says. */
const vitest = {
  'node_modules/vitest/package.json':
    '{ "name": "vitest", "version": "5.1.1", "type": "module", "bin": { "vitest": "./vitest.mjs" } }',
  'node_modules/vitest/vitest.mjs': `
if (process.argv.includes('fails')) process.exitCode = 1
if (process.argv.includes('waits')) {
  const timer = setInterval(() => {}, 1000)
  process.on('SIGINT', () => {
    console.log('interrupted')
    clearInterval(timer)
    process.exitCode = 130
  })
}
console.log(JSON.stringify(process.argv.slice(2)))
`,
}

test('filters, options and the arguments of Vitest reach it in their places, and its exit code comes back', async () => {
  await using folder = new CommandFolder()
  folder.write(vitest)
  const args = 'run qa fails --limit 3 --sample-timeout 100 --no-shuffle --experiment=-x -- -t paris --bail 1'
  const { exitCode, stdout, stderr } = await folder.evals(args.split(' '))
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
  expect((JSON.parse(stdout) as string[]).join(' ')).toBe(
    'run --project evals qa fails -t paris --bail 1 -- --experiment=-x --limit=3 --no-shuffle --sample-timeout=100',
  )
})

test('another project replaces the usual one, and without options nothing stands at the end', async () => {
  await using folder = new CommandFolder()
  folder.write(vitest)
  const { exitCode, stdout } = await folder.evals(['run', '--', '--project', 'web'])
  expect({ exitCode, args: JSON.parse(stdout) as unknown }).toEqual({ exitCode: 0, args: ['run', '--project', 'web'] })
})

test('Ctrl+C is for Vitest', async () => {
  await using folder = new CommandFolder()
  folder.write(vitest)
  const child = folder.start(['run', 'waits'])
  await once(child.stdout, 'data')
  const ended = Promise.all([once(child.stdout, 'data'), once(child, 'exit')])
  child.kill('SIGINT')
  const [[output], [exitCode]] = await ended
  expect({ output: String(output), exitCode }).toEqual({ output: 'interrupted\n', exitCode: 130 })
})

test('what Vitest does not take is wrong usage', async () => {
  await using folder = new CommandFolder()
  folder.write({
    ...vitest,
    'node_modules/vitest/vitest.mjs': `
class CACError extends Error {
  name = 'CACError'
}
throw new CACError('Unknown option \`--limit\`')
`,
  })
  expect(await folder.evals(['run', '--', '--limit', '5'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `evals: Vitest does not take what stands after \`--\`: Unknown option \`--limit\`. [EVALS_USAGE_INVALID]
       \`vitest --help\` lists its options; those of \`evals run --help\` stand before the \`--\`.
`,
  })
})

test('mistakes are told before Vitest starts', async () => {
  await using folder = new CommandFolder()
  const [none, value] = await Promise.all([folder.evals(['run']), folder.evals(['run', '--limit', 'many'])])
  expect(none).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('EVALS_VITEST_MISSING') })
  expect(value).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('EVALS_OPTION_INVALID') })
  expect(value.stderr).toContain('a whole number from 1')
})
