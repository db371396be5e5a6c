import { spawnSync } from 'node:child_process'
import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

function suite(name: string, tests: Record<string, string>, status = 'passed', message = '') {
  const assertionResults = Object.entries(tests).map(([fullName, result]) => ({ fullName, status: result }))
  return { name, status, message, assertionResults }
}

function count(reports: Record<string, object[]>, failedSteps: string[] = []) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'evals-ci-count-'))
  for (const [name, testResults] of Object.entries(reports)) {
    writeFileSync(join(folder.path, `${name}.json`), JSON.stringify({ testResults }))
  }
  const script = join(import.meta.dirname, 'ci-count.ts')
  const { status, stdout } = spawnSync(process.execPath, [script, folder.path, ...failedSteps], { encoding: 'utf8' })
  return { status, lines: stdout.trimEnd().split('\n') }
}

test('the tests of all reports are added up', () => {
  const reports = {
    test: [suite('a', { x: 'passed', y: 'passed' }), suite('b', { z: 'passed' })],
    evals: [suite('c', { x: 'passed' })],
  }
  expect(count(reports)).toEqual({ status: 0, lines: ['4 passed, 0 failed'] })
})

test('failed and skipped tests, and files that did not load, are named and counted', () => {
  const reports = {
    test: [
      suite('a', { x: 'passed', y: 'failed', z: 'skipped', w: 'todo' }, 'failed'),
      suite('b', {}, 'failed', 'no b.ts'),
    ],
  }
  expect(count(reports, ['test'])).toEqual({
    status: 1,
    lines: ['failed: a > y', 'skipped: a > z', 'skipped: a > w', 'failed: b: no b.ts', '1 passed, 4 failed'],
  })
})

test('a failed step without a failed test counts as one failure', () => {
  expect(count({ test: [suite('a', { x: 'passed' })] }, ['lint', 'test', 'lint'])).toEqual({
    status: 1,
    lines: ['failed: the step lint', 'failed: the step test', '1 passed, 2 failed'],
  })
})

test('no test at all is a failure', () => {
  expect(count({})).toEqual({ status: 1, lines: ['failed: no test ran', '0 passed, 1 failed'] })
})
