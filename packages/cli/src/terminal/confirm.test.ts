import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { confirm } from './confirm.ts'

function terminal(answer: string, isTTY: boolean) {
  return { input: Object.assign(new PassThrough().end(answer), { isTTY }), output: new PassThrough() }
}

test.for([
  ['y\n', true],
  ['YES\n', true],
  ['n\n', false],
  ['\n', false],
  ['yellow\n', false],
  ['', false],
] as const)('%j', async ([answer, expected]) => {
  const asked = terminal(answer, true)
  expect(await confirm('Sure?', false, asked)).toBe(expected)
  expect(String(asked.output.read())).toContain('Sure? [y/N] ')
})

test('--yes asks nobody, and without a terminal nobody can be asked', async () => {
  const asked = terminal('n\n', false)
  expect(await confirm('Sure?', true, asked)).toBe(true)
  await expect(confirm('Sure?', false, asked)).rejects.toMatchObject({ code: 'EVALS_USAGE_INVALID' })
  expect(asked.output.read()).toBeNull()
})
