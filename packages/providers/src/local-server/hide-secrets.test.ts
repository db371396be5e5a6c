import { expect, test } from 'vitest'
import { hideSecrets, secretsOf } from './hide-secrets.ts'

test('values whose names say so are hidden, the longest first', () => {
  const secrets = secretsOf(
    {
      env: { HF_TOKEN: 'hf_abcdef', CUDA_VISIBLE_DEVICES: '0,1,2,3' },
      args: [
        'serve',
        'Qwen/Qwen3',
        '--tokenizer',
        'Qwen/other',
        '--max-num-batched-tokens',
        '8192000',
        '--api-key',
        'hf_abcdefgh',
        '--hf-token=secret-1',
      ],
    },
    { OPENAI_API_KEY: 'sk-inherited', HOME: '/home/me', EMPTY_KEY: '', SHORT_KEY: '12345', GONE_KEY: undefined },
  )
  expect(secrets).toEqual(
    ['sk-inherited', 'hf_abcdefgh', 'hf_abcdef', 'secret-1'].toSorted((a, b) => b.length - a.length),
  )
  expect(hideSecrets('key hf_abcdefgh of hf_abcdef, sk-inherited, serve Qwen/Qwen3', secrets)).toBe(
    'key [hidden] of [hidden], [hidden], serve Qwen/Qwen3',
  )
})

test('without secrets a text stays', () => {
  expect(hideSecrets('as it is', secretsOf({}, {}))).toBe('as it is')
})
