import { afterEach, expect, test, vi } from 'vitest'
import { apiKeyOf, findApiKey } from './api-key.ts'

afterEach(() => vi.unstubAllEnvs())

test('the option goes before the variable, which is read when it is asked for', () => {
  const source = { provider: 'vendor', apiKey: undefined, variable: 'VENDOR_API_KEY' }
  vi.stubEnv('VENDOR_API_KEY', ' sk-variable\n')
  expect(apiKeyOf(source)).toBe('sk-variable')
  expect(apiKeyOf({ ...source, apiKey: 'sk-option' })).toBe('sk-option')
})

test.each([undefined, '', ' '])('without a key the error names the variable (%j)', (value) => {
  vi.stubEnv('VENDOR_API_KEY', value)
  const source = { provider: 'vendor', apiKey: undefined, variable: 'VENDOR_API_KEY' }
  expect(findApiKey(source)).toBeUndefined()
  expect(() => apiKeyOf(source)).toThrow(
    expect.objectContaining({
      code: 'EVALS_MODEL_KEY_MISSING',
      message: expect.stringContaining('VENDOR_API_KEY is not set'),
      details: { provider: 'vendor', variable: 'VENDOR_API_KEY' },
    }),
  )
})
