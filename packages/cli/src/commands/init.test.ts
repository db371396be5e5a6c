import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CommandFolder } from '../evals-command.test-support.ts'

const manifest = '{\n\t"name": "app",\n\t"type": "module",\n\t"devDependencies": { "vitest": "^5" }\n}\n'
const read = (folder: CommandFolder, path: string): string => readFileSync(join(folder.path, path), 'utf8')

test('a project without a config gets one, an example and a script', async () => {
  await using folder = new CommandFolder()
  folder.write({ 'package.json': manifest })
  expect(await folder.evals(['init', '--yes'])).toEqual({
    exitCode: 0,
    stdout: `Created vitest.config.ts
Created evals/capitals.eval.ts
Changed package.json
Still to install: npm install --save-dev vitest-plugin-evals
Run the evals: npm run evals
`,
    stderr: '',
  })
  expect(read(folder, 'vitest.config.ts')).toContain('plugins: [evals()]')
  expect(read(folder, 'evals/capitals.eval.ts')).toContain(`evalTest.each(questions)('capitals'`)
  expect(read(folder, 'package.json')).toBe(
    '{\n\t"name": "app",\n\t"type": "module",\n\t"devDependencies": {\n\t\t"vitest": "^5"\n\t},\n\t"scripts": {\n\t\t"evals": "vitest run --project evals"\n\t}\n}\n',
  )
  const again = await folder.evals(['init', '--yes'])
  expect(again).toMatchObject({ exitCode: 0, stderr: '' })
  expect(again.stdout).toMatch(
    /^vitest\.config\.ts has the plugin already\.\n[^]*exists already\.\n[^]*"evals" already: /,
  )
})

test('the config of a CommonJS project is an ES module by its name', async () => {
  await using folder = new CommandFolder()
  folder.write({ 'package.json': '{ "devDependencies": { "vitest": "^5", "vitest-plugin-evals": "^0.1" } }' })
  const created = 'Created vitest.config.mts\nCreated evals/capitals.eval.ts\nChanged package.json\n'
  expect((await folder.evals(['init', '--yes'])).stdout).toBe(`${created}Run the evals: npm run evals\n`)
  expect((await folder.evals(['init', '--yes'])).stdout).toContain('vitest.config.mts has the plugin already.\n')
})

test('a package.json with a byte order mark is read', async () => {
  await using folder = new CommandFolder()
  folder.write({ 'package.json': `\uFEFF${manifest}` })
  expect(await folder.evals(['init', '--yes'])).toMatchObject({ exitCode: 0, stderr: '' })
  expect(JSON.parse(read(folder, 'package.json'))).toMatchObject({ scripts: { evals: 'vitest run --project evals' } })
})

test('a config that cannot be changed is left alone, and what to add is told', async () => {
  await using folder = new CommandFolder()
  const config = 'export default defineConfig(() => ({}))\n'
  folder.write({ 'package.json': manifest, 'vite.config.mts': config })
  const { exitCode, stdout } = await folder.evals(['init', '--yes'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('vite.config.mts cannot be changed safely.')
  expect(stdout).toContain('plugins: [evals()]')
  expect(read(folder, 'vite.config.mts')).toBe(config)
})

test('nothing is written where nobody can be asked, and outside of a project', async () => {
  await using folder = new CommandFolder()
  expect(await folder.evals(['init', '--yes'])).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('There is no package.json'),
  })
  folder.write({ 'package.json': manifest })
  const { exitCode, stdout, stderr } = await folder.evals(['init'])
  expect(exitCode).toBe(2)
  expect(stdout).toContain('  |   plugins: [evals()],\n')
  expect(stderr).toContain('Add --yes to go on.')
  expect(existsSync(join(folder.path, 'vitest.config.ts'))).toBe(false)
  expect(read(folder, 'package.json')).toBe(manifest)
})
