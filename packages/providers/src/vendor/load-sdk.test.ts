import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { loadSdk } from './load-sdk.ts'

const load = (name: string) => async (): Promise<unknown> => createRequire(import.meta.url)(name) as unknown

test('gives what it loads', async () => {
  expect(await loadSdk('node:path', load('node:path'))).toHaveProperty('join')
})

test('a missing package is named with the command that installs it', async () => {
  await expect(loadSdk('@evals/no-such-sdk', load('@evals/no-such-sdk'))).rejects.toMatchObject({
    code: 'EVALS_MODEL_SDK_MISSING',
    message: expect.stringMatching(/npm install --save-dev @evals\/no-such-sdk$/),
    details: { package: '@evals/no-such-sdk' },
    cause: { code: 'MODULE_NOT_FOUND' },
  })
})

test('a package that is there but broken keeps its own error', async () => {
  await expect(loadSdk('sdk', load('@evals/part-of-sdk'))).rejects.toMatchObject({ code: 'MODULE_NOT_FOUND' })
  const failure = new SyntaxError('broken')
  await expect(loadSdk('sdk', () => Promise.reject(failure))).rejects.toBe(failure)
})
