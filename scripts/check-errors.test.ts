import { expect, test } from 'vitest'
import { runOnTree } from './test-tree.ts'

const errors = `export type EvalsErrorCode =\n  | 'EVALS_A'\n  | 'EVALS_B'`

test('codes and headings that agree pass', () => {
  const run = runOnTree('check-errors.ts', {
    'packages/core/src/errors.ts': errors,
    'packages/core/src/a.test.ts': `throw new Error('in a test')`,
    'docs/errors.md': '# Errors\n\n## EVALS_A\n\ntext\n\n### `EVALS_B`\n',
  })
  expect(run).toEqual({ exitCode: 0, stdout: ['checked 2 error codes, 2 headings and 1 files'], stderr: [] })
})

test('undocumented, unknown and repeated codes and plain throws fail', () => {
  const run = runOnTree('check-errors.ts', {
    'packages/core/src/errors.ts': errors,
    'packages/core/src/a.ts': `\nthrow new Error('x')\nthrow Error('y')\nthrow new EvalsError('EVALS_A', 'z')`,
    'docs/errors.md': '## EVALS_A\n## EVALS_A\n## EVALS_C\nEVALS_B\n',
  })
  expect(run).toEqual({
    exitCode: 1,
    stdout: ['checked 2 error codes, 3 headings and 2 files'],
    stderr: [
      'docs/errors.md: no heading EVALS_B',
      'docs/errors.md: EVALS_C is not an EvalsErrorCode',
      'docs/errors.md: EVALS_A stands there twice',
      'packages/core/src/a.ts:2: throws a plain Error: use EvalsError with a code',
      'packages/core/src/a.ts:3: throws a plain Error: use EvalsError with a code',
    ],
  })
})

test('finding no code is a failure', () => {
  const run = runOnTree('check-errors.ts', { 'docs/errors.md': '' })
  expect(run).toEqual({
    exitCode: 1,
    stdout: ['checked 0 error codes, 0 headings and 0 files'],
    stderr: ['packages/core/src/errors.ts: no EvalsErrorCode found'],
  })
})
