import { expect, test } from 'vitest'
import type { Finding } from '../doctor/finding.ts'
import { CommandFolder } from '../evals-command.test-support.ts'

const project = {
  'node_modules/vitest/package.json': '{ "version": "4.1.0" }',
  'node_modules/vitest-plugin-evals/package.json': '{ "version": "0.1.0" }',
  'vitest.config.ts': `import { evals } from 'vitest-plugin-evals/config'`,
  '.env': 'MISTRAL_API_KEY=secret-of-mistral\n',
}

test('a project that has all it needs', async () => {
  await using folder = new CommandFolder()
  folder.write(project)
  const { exitCode, stdout, stderr } = await folder.evals(['doctor', '--json'], { OPENAI_API_KEY: 'secret-of-openai' })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  const findings = JSON.parse(stdout) as Finding[]
  expect(findings.map(({ check, state }) => [check, state])).toEqual(
    ['node', 'vitest', 'plugin', 'config', 'keys', 'folder', 'storage'].map((check) => [check, 'ok']),
  )
  expect(findings.find(({ check }) => check === 'keys')?.message).toMatch(
    /^set: MISTRAL_API_KEY, OPENAI_API_KEY; not set: ANTHROPIC_API_KEY, /,
  )
  expect(stdout).not.toContain('secret')
})

test('what is missing is told with what to do', async () => {
  await using folder = new CommandFolder()
  folder.write({ ...project, 'node_modules/vitest/package.json': '{ "version": "3.2.4" }', 'vitest.config.ts': '' })
  folder.write({ '.env': '' })
  const { exitCode, stdout } = await folder.evals(['doctor', '--storage', 'mysql://db'])
  expect(exitCode).toBe(2)
  for (const line of [
    /✗ vitest +Vitest 3\.2\.4\n +Install Vitest 4\.1 or later\./,
    /! config +vitest\.config\.ts does not name vitest-plugin-evals\/config\n +`evals init` adds the plugin\./,
    /! keys +set: none; not set: .*\n +For models of a provider set its variable/,
    /✗ storage +There is no storage "mysql:\/\/db"/,
  ]) {
    expect(stdout).toMatch(line)
  }
})

test('the folder of a database is tried, not the database', async () => {
  await using folder = new CommandFolder()
  folder.write({ ...project, 'data/evals.db': '' })
  const findings = (await folder.json(['doctor', '--storage', 'sqlite://data/evals.db'])) as Finding[]
  expect(findings.filter(({ check }) => check === 'folder')).toEqual([
    { check: 'folder', state: 'ok', message: expect.stringMatching(/[\\/]data can be written$/) },
  ])
})

test('runs that go on and runs that were killed are told apart', async () => {
  await using folder = new CommandFolder()
  folder.write(project)
  await folder.experiment('alive', [{}], { status: 'running' })
  await folder.experiment('dead', [{}], { status: 'running', createdAt: '2026-01-01T00:00:00.000Z' })
  const lease = await (await folder.store()).lease('alive')
  const findings = (await folder.json(['doctor'])) as Finding[]
  expect(findings.filter(({ check }) => check === 'lease')).toMatchObject([
    { state: 'ok', message: expect.stringContaining(`in use by process ${process.pid}`) },
    {
      state: 'warning',
      message: 'the last run of dead was killed',
      next: '`evals run --experiment dead` goes on with it.',
    },
  ])
  await lease.release()
})

test('lines that cannot be read are counted by experiment', async () => {
  await using folder = new CommandFolder()
  folder.write(project)
  for (const name of ['whole', 'torn']) await folder.experiment(name, [{}])
  folder.write({ '.evals/experiments/torn/records/other-1.jsonl': '{"v":1\nno record\n' })
  const findings = (await folder.json(['doctor'])) as Finding[]
  expect(findings.filter(({ check }) => check === 'records')).toEqual([
    {
      check: 'records',
      state: 'warning',
      message: expect.stringMatching(/^torn: 2 lines cannot be read, the first: .*other-1\.jsonl:1: /),
      next: 'Each costs only itself; a run that goes on with the experiment runs its sample again.',
    },
  ])
})
