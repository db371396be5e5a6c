import { afterEach, expect, test, vi } from 'vitest'
import { useRequestEngine } from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { anthropic } from '../anthropic.ts'
import { fetch } from '../fetch/fetch.ts'
import { openaiCompatible } from '../openai-compatible.ts'
import { openai } from '../openai.ts'
import { recordOf } from './record-of.test-support.ts'
import { checkedAddress } from './checked-address.ts'

const address = 'http://ann:s3cret-pass@127.0.0.1:9/v1'
const apiKey = 'k-1234567890'

afterEach(() => void vi.unstubAllEnvs())

test.each(['https://host/v1', 'http://[::1]:8000', 'HTTPS://host/a@b'])('%j is one', (plain) => {
  expect(checkedAddress(plain, 'm')).toBe(plain)
})

test.each(['localhost:8000/v1', 'host/a@b?key=s3cret', 'file:///v1', 'http://', 'not an address', ''])(
  '%j is none',
  async (wrong) => {
    const invalid = { code: 'EVALS_OPTION_INVALID', message: expect.stringMatching(/^The address of mine is no URL/) }
    expect(() => checkedAddress(wrong, 'mine')).toThrow(expect.objectContaining(invalid))
    if (wrong === '') return
    const model = openaiCompatible('m', { provider: 'mine', baseURL: wrong })
    await expect(model.generate('q')).rejects.toMatchObject(invalid)
  },
)

test.each([address, 'https://s3cret@host', 'https://:s3cret@host/', 'ann:s3cret@host:8000'])(
  '%s holds some, which are not told',
  (secret) => {
    expect(() => checkedAddress(secret, 'mine')).toThrow(
      expect.objectContaining({
        code: 'EVALS_OPTION_INVALID',
        message: expect.not.stringContaining('s3cret'),
        details: { target: 'mine' },
      }),
    )
  },
)

const body = JSON.stringify({ model: 'm', messages: [] })
const local = { provider: 'mine', baseURL: address, apiKey }

test.for<[string, () => Promise<unknown>]>([
  ['openai', () => openai('m', { apiKey }).generate('q')],
  ['openai.responses', () => openai.responses('m', { apiKey, baseURL: address }).generate('q')],
  ['openaiCompatible', () => openaiCompatible('m', local).generate('q')],
  ['embeddings', () => openaiCompatible.embeddings('m', local).embed(['q'])],
  ['anthropic', () => anthropic('m', { apiKey }).generate('q')],
  ['fetch', () => fetch(`${address}/chat/completions`, { method: 'POST', body })],
])('no record shows those of an address that %s is given', async ([, call]) => {
  useRequestEngine({ limiter: unlimited, random: () => 0 })
  vi.stubEnv('OPENAI_BASE_URL', address)
  vi.stubEnv('ANTHROPIC_BASE_URL', address)
  const record = await recordOf(call)
  expect(record).toMatchObject({ outcome: 'error', error: { code: 'EVALS_OPTION_INVALID' } })
  expect(JSON.stringify(record)).not.toMatch(/s3cret/)
})
