import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadEnvFiles } from './env-files.ts'

test('a folder that has the name of an environment file is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'env-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
    delete process.env['EVALS_ENV_TEST']
  })
  mkdirSync(join(folder, '.env'))
  writeFileSync(join(folder, '.env.local'), 'EVALS_ENV_TEST=local\n')
  loadEnvFiles(folder)
  expect(process.env['EVALS_ENV_TEST']).toBe('local')
  expect(() => loadEnvFiles(join(folder, 'none'))).not.toThrow()
})
