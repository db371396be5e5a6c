import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import type { TestProject, Vitest } from 'vitest/node'
import { keepCompiled } from './keep-compiled.ts'

/** What workers get as environment. */
function environment(coverage: Partial<Vitest['config']['coverage']>, own: Record<string, string> = {}) {
  const project = { config: { env: own } }
  keepCompiled({ config: { coverage } } as Vitest, project as unknown as TestProject)
  return project.config.env
}

test("V8's coverage, and one that nobody knows, go without", () => {
  const provided = [{ enabled: true, provider: 'v8' } as const, { enabled: true, provider: 'custom' } as const]
  expect(provided.map((coverage) => environment(coverage, { OWN: '1' }))).toEqual([{ OWN: '1' }, { OWN: '1' }])
})

test('workers of all projects use one folder, that of the main process, or their own', () => {
  const env = environment({ enabled: false }, { OWN: '1' })
  expect(env).toEqual({ OWN: '1', NODE_COMPILE_CACHE: expect.stringMatching(/./) })
  // Node keeps what each of its versions compiles apart.
  expect(dirname(getCompileCacheDir()!)).toBe(env['NODE_COMPILE_CACHE'])
  expect(environment({ enabled: false }, { OWN: '1' })).toEqual(env)
  const own = { NODE_COMPILE_CACHE: 'mine' }
  expect(environment({ enabled: true, provider: 'istanbul' }, own)).toEqual(own)
})
