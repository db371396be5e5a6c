import { expect, test } from 'vitest'
import type { EvalMeta } from '../protocol.ts'
import { undeclaredRoles } from './undeclared-roles.ts'

const dataset = { revision: '1', samples: 1 }
const fingerprint = { revision: 0, scorers: {} }
const meta: EvalMeta = { eval: 'e', variant: {}, experiment: 'x', planned: 1, scorers: [], dataset, fingerprint }
const entries = [{ meta }, { meta: { ...meta, roles: ['judge', 'writer'] } }, { meta: { ...meta, roles: ['judge'] } }]

test('a role that no eval declared is a warning with those that are', () => {
  expect(undeclaredRoles({ jugde: 'openai:gpt-5', writer: 'openai:gpt-5', default: 'ollama:llama3' }, entries)).toEqual(
    [
      'The option `models` lets openai:gpt-5 play the role "jugde", which no eval of this run declared. Did you mean "judge"? Declared: judge, writer.',
    ],
  )
})

test('without any role even the default plays none', () => {
  expect(undeclaredRoles({ default: 'ollama:llama3' }, [{ meta }])).toEqual([
    "The option `models` lets ollama:llama3 play the role \"default\", which no eval of this run declared. None declares a role: that is done by model('judge', 'openai:gpt-5').",
  ])
  expect(undeclaredRoles(undefined, entries)).toEqual([])
})
